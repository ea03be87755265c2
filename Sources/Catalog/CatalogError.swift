import SimulationKernel

/// What is wrong with a catalog table, and where.
public struct CatalogError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Name of the table's file, or of the folder.
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
