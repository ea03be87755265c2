import Multicloud

/// Names of one kind of things that an incident may befall.
public struct IncidentNames: Hashable, Sendable {
  /// The kind, as the key in a scenario's `incidents`.
  public var kind: String
  /// The names, in the order of their ids.
  public var names: [String]
}

extension WorldBuilder {
  /// What an incident may befall, from the largest to the smallest.
  var incidentNames: [IncidentNames] {
    [
      IncidentNames(kind: "cloud", names: clouds.map(\.name)),
      IncidentNames(kind: "region", names: regionNames),
      IncidentNames(kind: "zone", names: zones),
      IncidentNames(kind: "account", names: accounts),
      IncidentNames(kind: "provider", names: providers),
      IncidentNames(kind: "deployment", names: deploymentNames),
      IncidentNames(kind: "quota", names: quotaNames),
    ]
  }
}
