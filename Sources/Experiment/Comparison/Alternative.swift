import Multicloud

/// One of the things compared: a name and its replications.
public struct Alternative: Sendable {
  /// What a person calls it.
  public var name: String
  /// Its runs, in the order of their seeds.
  public var runs: [RunFigures]

  /// Names replications.
  public init(name: String, runs: [RunFigures]) {
    self.name = name
    self.runs = runs
  }

  /// The seeds of the runs.
  var seeds: [UInt64] { runs.map(\.seed) }
}
