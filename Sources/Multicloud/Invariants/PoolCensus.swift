import ServingEngine

/// A pool's requests as they stand, counted one by one.
struct PoolCensus {
  /// Requests at its replicas.
  var present = 0
  /// Requests that it prefilled and that decode elsewhere.
  var elsewhere = 0
  /// Output tokens that its replicas have counted for those present.
  var tokens: Int64 = 0
  /// Prompt tokens with which those present came, as far as they are to be computed here.
  var prompts: Int64 = 0
  /// Nanoseconds that those present have spent neither waiting nor running.
  var apart: Int64 = 0
}

extension Simulation {
  /// Counts the requests of every pool. O(slots).
  func census() -> [PoolCensus] {
    var pools = [PoolCensus](repeating: PoolCensus(), count: world.pools.count)
    for slot in 0..<fleet.slotBound where fleet.isAtReplica(slot) {
      let pool = isDisaggregated ? poolNow(slot) : Int(records[slot].deployment)
      pools[pool].present += 1
      if isDisaggregated {
        pools[pool].tokens += Int64(
          fleet.countedTokens(slot, at: replicaNow(slot)) - broughtTokens(slot))
        pools[pool].apart += apartTime(slot)
        if pool != Int(records[slot].deployment) {
          pools[Int(records[slot].deployment)].elsewhere += 1
          continue
        }
      } else {
        let replica = self.pools[pool].firstReplica + Int(records[slot].replica)
        pools[pool].tokens += Int64(fleet.countedTokens(slot, at: replica))
      }
      pools[pool].prompts += Int64(fleet.promptTokens(slot))
    }
    return pools
  }
}
