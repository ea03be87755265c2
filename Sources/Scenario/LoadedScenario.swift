import Multicloud

/// A scenario resolved to a world, and what it was made from.
public struct LoadedScenario: Sendable {
  /// What to simulate.
  public var world: World
  /// Files and tables that went into it besides the scenario, for the run's manifest.
  public var inputs: [Input]
  /// Lines for people about where the demand comes from.
  public var notes: [String]
  /// What must hold of a run, in the order of the file.
  public var assertions: [Assertion]
  /// How runs are checked against a baseline.
  public var check: CheckSettings
  /// Real time at which the run begins, seconds since 1970; `nil` where the scenario does not say.
  public var starts: Int64?
  /// What an incident may befall, by kind.
  public var incidentNames: [IncidentNames]

  /// Something a world was made from.
  public struct Input: Sendable {
    /// Its name: a path, or `bundled:` and the name of a table.
    public var name: String
    /// Its bytes.
    public var contents: [UInt8]
  }
}
