import SimulationKernel

/// What is wrong with a trace file, and where.
public struct TraceError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Name of the file, as the caller gave it.
  public var file: String
  /// Line in the file from 1; `nil` where the file as a whole is meant.
  public var line: Int?
  /// What was found and what was expected.
  public var problem: String

  /// Creates an error.
  public init(file: String, line: Int? = nil, problem: String) {
    self.file = file
    self.line = line
    self.problem = problem
  }

  /// `file:line: problem`.
  public var description: String {
    Excerpt.message(line.map { "\(file):\($0): \(problem)" } ?? "\(file): \(problem)")
  }
}
