/// Why an engine cannot be fitted to its logs, and what to do about it.
public struct CalibrationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was found and what was expected.
  public var problem: String

  /// Creates an error.
  public init(_ problem: String) { self.problem = problem }

  /// The problem.
  public var description: String { problem }
}
