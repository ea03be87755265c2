import Multicloud
import Tables

extension World {
  /// What whoever reads an estimate or a plan must know of elastic pools and of adapters; `nil` where there
  /// are none.
  ///
  /// Matrices know one number of replicas of each pool: that of the start. O(pools).
  public var elasticNote: String? {
    let notes = [autoscalingNote, adapterNote].compactMap { $0 }
    return notes.isEmpty ? nil : notes.joined(separator: "; ")
  }

  /// Adapters are left out: their loads, what they add to steps, and waits for a place in a batch.
  private var adapterNote: String? {
    guard workloads.contains(where: { $0.adapters != nil }) else { return nil }
    return
      "adapters are not estimated: neither what they add to steps nor their loads and the limit of "
      + "different ones in a batch; plimsoll run plays them"
  }

  private var autoscalingNote: String? {
    let ids = pools.indices.filter { pools[$0].elastic != nil }
    if ids.isEmpty { return nil }
    let named = ids.prefix(Self.mostElasticNamed).map(elasticWords).joined(separator: ", ")
    let more = ids.count - Self.mostElasticNamed
    return "not autoscaled: elastic pools count with the replicas they start with: \(named)"
      + (more > 0 ? " and \(more) more" : "") + "; plimsoll run moves them"
  }

  /// Pools named in the note.
  private static let mostElasticNamed = 4

  /// `azure/eastus2/chat 2 (1 to 12, target-rate, 6 requests/s a replica)`.
  private func elasticWords(_ id: Int) -> String {
    guard let elastic = pools[id].elastic else { return poolName(id) }
    let settings = scaling.first { $0.pools.contains(id) }?.settings
    var words = ["\(elastic.minimum) to \(elastic.maximum)"]
    if let settings {
      words.append(settings.policy)
      if settings.policy == "target-rate", let rate = RealText.shortest(settings.target) {
        words.append("\(rate) requests/s a replica")
      }
    }
    return "\(poolName(id)) \(pools[id].replicas) (\(words.joined(separator: ", ")))"
  }
}
