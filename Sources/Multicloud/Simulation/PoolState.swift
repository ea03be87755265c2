import ServingEngine
import SimulationKernel

/// A pool while it is simulated.
struct PoolState: ~Copyable {
  let firstReplica: Int
  /// Places for replicas; all taken where the pool is not elastic.
  let replicas: Int
  /// Requests outstanding at which new ones are turned away.
  var admissionLimit: Int
  var router: any ReplicaRouter
  var loads: ReplicaLoads
  var outstanding = 0
  /// Its books by requests.
  var ledger = PoolLedger()
  var statistics = PoolStatistics()
  /// Counts of the minute under way; sums over replicas are filled in at its end.
  var minute = PoolMinute()
  /// Sums over replicas at the last end of a minute, and at the end of the warm-up.
  var minuteBase = PoolMinute()
  var measuredBase = PoolMinute()

  init(
    _ pool: Pool, slots: Int, firstReplica: Int, router: any ReplicaRouter.Type
  ) {
    self.firstReplica = firstReplica
    replicas = pool.places
    admissionLimit = pool.queueLimit.map { slots + $0 } ?? Int.max
    self.router = router.init(replicas: pool.places, weights: pool.routing.weights)
    loads = ReplicaLoads(
      count: pool.places, available: pool.replicas, rankedBy: router.rankedBy,
      isStale: pool.routing.staleness > .zero)
  }
}

extension PoolMinute {
  /// Adds what one replica has done since the start.
  mutating func add(_ totals: ReplicaTotals) {
    preemptions += totals.preemptions
    prefillTokens += totals.prefillTokens
    lookedUpTokens += totals.lookedUpTokens
    hitTokens += totals.hitTokens
    loadedTokens += totals.loadedTokens
    outputTokens += totals.outputTokens
    busy += Int128(totals.busyNanoseconds)
    runningIntegral += totals.runningIntegral
    waitingIntegral += totals.waitingIntegral
    doubledBlockIntegral += totals.doubledBlockIntegral
    peakWaiting = max(peakWaiting, totals.peakWaiting)
    peakBlocks = max(peakBlocks, totals.peakBlocks)
  }

  /// Takes the replicas' sums of this less those of an earlier moment; peaks are those of this.
  mutating func takeWork(_ now: PoolMinute, since base: PoolMinute) {
    preemptions = now.preemptions - base.preemptions
    prefillTokens = now.prefillTokens - base.prefillTokens
    lookedUpTokens = now.lookedUpTokens - base.lookedUpTokens
    hitTokens = now.hitTokens - base.hitTokens
    loadedTokens = now.loadedTokens - base.loadedTokens
    outputTokens = now.outputTokens - base.outputTokens
    busy = now.busy - base.busy
    runningIntegral = now.runningIntegral - base.runningIntegral
    waitingIntegral = now.waitingIntegral - base.waitingIntegral
    doubledBlockIntegral = now.doubledBlockIntegral - base.doubledBlockIntegral
    peakWaiting = now.peakWaiting
    peakBlocks = now.peakBlocks
  }
}
