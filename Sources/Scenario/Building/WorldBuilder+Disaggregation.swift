import Multicloud
import ServingEngine
import SimulationKernel

/// Pools whose prompts and output are computed by different replicas.
extension WorldBuilder {
  private static let suffix = "-decode"
  /// What the replicas that decode do not take from the pool: it is about its requests, or about both.
  private static let ownKeys = ["elastic", "autoscale", "disaggregated", "queue-limit", "routing"]

  /// Where the pool that was built last is disaggregated, adds the pool that decodes for it.
  mutating func addDecodePool(of entry: Item.Entry) {
    guard let item = entry.item["disaggregated"] else { return }
    for key in ["elastic", "autoscale"] where entry.item[key] != nil {
      diagnostics.report(
        item.mark,
        "pool '\(entry.key)' is disaggregated and has \(key): replicas that hold caches for each other cannot "
          + "come and go yet; leave out \(key) or disaggregated")
      return
    }
    let id = pools.count - 1
    if pools[id].replicas == 0 {
      diagnostics.report(
        entry.item.required("replicas").mark,
        "pool '\(entry.key)' is disaggregated and has no replicas for prompts: expected 1 or more")
      return
    }
    let decode = Self.merged(entry, item.required("decode"))
    let name = decode.key
    let isTaken = root.required("clouds").entries.contains { cloud in
      cloud.item.required("regions").entries.contains { region in
        let pools = region.item.required("pools").entries
        return pools.contains { $0.mark == entry.mark && $0.key == entry.key }
          && (pools + region.item.required("endpoints").entries).contains { $0.key == name }
      }
    }
    if isTaken {
      diagnostics.report(
        entry.mark,
        "pool '\(entry.key)': its replicas that decode go by '\(name)', which is another's name here"
      )
      return
    }
    guard var pool = buildPool(decode, region: pools[id].region) else {
      hasWrongDeployments = true
      return
    }
    guard pool.scheduler.blockTokens == pools[id].scheduler.blockTokens else {
      diagnostics.report(
        item.mark,
        "pool '\(entry.key)': KV blocks hold \(pools[id].scheduler.blockTokens) tokens where prompts are computed "
          + "and \(pool.scheduler.blockTokens) where output is: give both the same block-tokens")
      return
    }
    guard let bytes = cacheBytesPerToken(item, decode) else { return }
    let link = item.required("link")
    pools[id].role = .prefill(
      Disaggregation(
        decodePool: pools.count,
        link: CacheLink(
          bytesPerSecond: link.required("bandwidth").whole,
          latency: link.required("latency").duration),
        blockBytes: Int64((bytes * Double(pool.scheduler.blockTokens)).rounded(.up)),
        firstToken: Disaggregation.FirstToken(rawValue: item.required("first-token").text)
          ?? .prefill))
    pools[id].scheduler.transfersCaches = true
    pool.role = .decode(of: id)
    pool.scheduler.transfersCaches = true
    pools.append(pool)
    poolEntries.append(decode)
  }

  /// The pool that decodes, as if it had been written out.
  private static func merged(_ entry: Item.Entry, _ changes: Item) -> Item.Entry {
    var whole = entry.item
    var keys = whole.entries.filter { !ownKeys.contains($0.key) }
    for change in changes.entries where change.key != "engine" {
      keys.removeAll { $0.key == change.key }
      keys.append(change)
    }
    for change in changes.required("engine").entries {
      guard let place = keys.firstIndex(where: { $0.key == "engine" }) else { continue }
      var engine = keys[place].item.entries.filter { $0.key != change.key }
      engine.append(change)
      keys[place].item.content = .mapping(engine)
    }
    whole.content = .mapping(keys)
    return Item.Entry(key: entry.key + suffix, mark: entry.mark, item: whole)
  }

  private mutating func cacheBytesPerToken(_ item: Item, _ decode: Item.Entry) -> Double? {
    let link = item.required("link")
    if let given = link["kv-bytes-per-token"] {
      if given.integer > 0 { return Double(given.integer) }
      diagnostics.report(given.mark, "kv-bytes-per-token is zero: expected 1 B or more")
      return nil
    }
    let known = engineConfiguration(
      decode.item, decode.item.required("engine"), pool: decode)?.kvBytesPerToken
    if known == nil {
      diagnostics.report(
        link.mark,
        "pool '\(decode.key)': explicit step times say nothing of the cache's size; give "
          + "link.kv-bytes-per-token, such as 128 KiB")
    }
    return known
  }

  /// What befalls a disaggregated pool befalls both kinds of its replicas: nothing names one of them.
  func checkDecodeTargets(_ incidents: [Incident], _ failures: [FailureProcess]) {
    let places = [
      (incidents.map(\.target), root["incidents"]), (failures.map(\.target), root["failures"]),
    ]
    for (targets, item) in places {
      for case .deployment(let id) in targets where id < pools.count {
        guard case .decode(let whole) = pools[id].role else { continue }
        diagnostics.report(
          item?.mark ?? root.mark,
          "'\(deploymentNames[id])' is a part of a disaggregated pool: name '\(deploymentNames[whole])', and "
            + "it befalls both parts")
      }
    }
  }
}
