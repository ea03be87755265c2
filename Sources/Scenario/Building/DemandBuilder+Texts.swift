import Workload

/// Prompts that begin alike.
extension DemandBuilder {
  func prefix(_ item: Item?) -> SharedPrefix? {
    guard let item else { return nil }
    return SharedPrefix(
      groups: item.items.map {
        SharedPrefix.Group(
          tokens: $0.required("tokens").integer, count: $0.required("count").integer,
          weight: $0.required("weight").number)
      })
  }

  func sessions(_ item: Item, traces: inout TraceLibrary) -> Sessions? {
    guard let turns = length(item.required("turns")) else { return nil }
    var sessions = Sessions(turns: turns, thinkTime: item.required("think").duration)
    sessions.contextTokens = item["context"]?.integer
    if let written = item["follow-up"] {
      guard let shape = shapeSpec(written, traces: &traces) else { return nil }
      sessions.followUp = shape
    }
    return sessions
  }
}
