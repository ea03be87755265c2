/// What is wrong with a workload, in words that name the field and the fix.
public struct WorkloadError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Name of the workload.
  public var workload: String
  /// The field, by its path in the specification, such as `arrivals.gamma.rate`.
  public var field: String
  /// What was found and what was expected.
  public var problem: String

  /// Creates an error.
  public init(workload: String, field: String, problem: String) {
    self.workload = workload
    self.field = field
    self.problem = problem
  }

  /// `workload "name": field: problem`.
  public var description: String { "workload \"\(workload)\": \(field): \(problem)" }
}
