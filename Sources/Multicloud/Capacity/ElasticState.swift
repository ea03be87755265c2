import SimulationKernel

/// An elastic pool while it is simulated.
struct ElasticState: Sendable {
  let spec: ElasticPool
  let first: Int
  let places: Int
  /// Replicas wanted by the autoscaler, or those of the start.
  var wanted: Int
  /// Replicas of blocks that are in service.
  var blockReplicas = 0
  /// Replicas by phase.
  var counts = [Int](repeating: 0, count: ReplicaPhase.allCases.count)
  /// Spot replicas that serve.
  var spotServing = 0
  /// Replicas whose machine is paid for, by market; those of no market first.
  var machines: [Int]
  /// Replicas asked for so far: numbers their draws.
  var starts: UInt64 = 0
  /// Faults drawn so far.
  var faults: UInt64 = 0
  let life: KeyedStream
  let faultStream: KeyedStream
  var isRetryScheduled = false
  /// By place in `spec.spot.zones`; `nil` where the pool does not place.
  var placement: SpotPlacement?

  // What is summed over time.
  var statistics = CapacityStatistics()
  var measuredBase = CapacityStatistics()
  var minuteBase = CapacityStatistics()
  var sampleBase = CapacityStatistics()
  var lastChange: Int64 = 0
  /// Machine time whose energy has been counted.
  var poweredTime: Int128 = 0
  let replicasPerInstance: Int
  /// By market, in order of `spec.markets`, those of no market first: share of the list price, millionths.
  var priceMillionths: [Int64]
  /// By market: instances × nanoseconds, and × their share of the list price, millionths.
  var instanceTimes: [Int128]
  var pricedTimes: [Int128]
  /// What of it has been billed: instance-seconds, and priced ones.
  var billed: [MachineUse]

  // Requests that wait for a replica: slots and tickets in order of coming, from `heldHead` on.
  var held: [(slot: Int32, ticket: UInt64)] = []
  var heldHead = 0
  var heldCount = 0
  var heldTime: Int128 = 0

  // Counts of minutes that are over, beside those of the minute under way.
  var past = RequestCounts()
  var sampleCounts = RequestCounts()
  var sampleWork = PoolMinute()
  var sampleHeldTime: Int128 = 0
  var firstTokenLimit = Int64.max

  struct RequestCounts: Sendable {
    var arrivals: Int64 = 0
    var completions: Int64 = 0
    var rejections: Int64 = 0
    var promptTokens: Int64 = 0
    var firstTokens: Int64 = 0
    var firstTokensInTime: Int64 = 0
  }

  init(
    _ spec: ElasticPool, entity: UInt32, first: Int, places: Int, initial: Int, seed: UInt64,
    replicasPerInstance: Int, markets: [Market]
  ) {
    self.spec = spec
    self.first = first
    self.places = places
    self.replicasPerInstance = replicasPerInstance
    wanted = initial
    counts[Int(ReplicaPhase.ready.rawValue)] = initial
    counts[Int(ReplicaPhase.gone.rawValue)] = places - initial
    machines = [Int](repeating: 0, count: spec.markets.count + 1)
    priceMillionths = [1_000_000] + spec.markets.map { markets[$0].priceMillionths }
    instanceTimes = [Int128](repeating: 0, count: machines.count)
    pricedTimes = instanceTimes
    billed = [MachineUse](repeating: MachineUse(), count: machines.count)
    placement = spec.spot.map { spot in
      SpotPlacement(settings: spot, zonePrices: spot.zones.map { markets[$0].priceMillionths })
    }
    life = KeyedStream(seed: seed, entity: entity, purpose: 720)
    faultStream = KeyedStream(seed: seed, entity: entity, purpose: 721)
  }

  func count(_ phase: ReplicaPhase) -> Int { counts[Int(phase.rawValue)] }

  var ready: Int { count(.ready) }
  var starting: Int { count(.provisioning) + count(.loading) + count(.warming) }
  /// Replicas that count as there: a failed machine of one's own is waited for.
  var committed: Int { ready + starting + (spec.markets.isEmpty ? count(.failed) : 0) }
  /// All that shall be there.
  var goal: Int { min(wanted + blockReplicas, places) }

  /// Brings the sums up to now. O(markets).
  mutating func integrate(to now: Int64) {
    let elapsed = Int128(now - lastChange)
    if elapsed == 0 { return }
    lastChange = now
    statistics.readyTime += elapsed * Int128(ready)
    statistics.servingTime += elapsed * Int128(ready + count(.draining))
    statistics.startingTime += elapsed * Int128(starting)
    statistics.failedTime += elapsed * Int128(count(.failed))
    statistics.wantedTime += elapsed * Int128(goal)
    statistics.gapTime += elapsed * Int128(max(0, goal - ready))
    statistics.spotTime += elapsed * Int128(spotServing)
    heldTime += elapsed * Int128(heldCount)
    statistics.extremes.take(ready: ready, wanted: goal, machines: machines.reduce(0, +))
    for (place, replicas) in machines.enumerated() where replicas > 0 {
      let instances = (replicas + replicasPerInstance - 1) / replicasPerInstance
      statistics.machineTime += elapsed * Int128(replicas)
      statistics.instanceTime += elapsed * Int128(instances)
      instanceTimes[place] += elapsed * Int128(instances)
      let priced = elapsed * Int128(instances) * Int128(priceMillionths[place])
      pricedTimes[place] += priced
      statistics.pricedTime += priced
    }
  }
}

extension ElasticState {
  /// The machines used since the last call, in whole seconds; what was begun counts. Parts are counted from the
  /// run's start, so that the sum over periods is that of the whole.
  mutating func takeMachineUse(isSpot: [Bool]) -> [MachineUse] {
    instanceTimes.indices.map { place in
      let seconds = Int64((instanceTimes[place] + 999_999_999) / 1_000_000_000)
      let priced = (pricedTimes[place] + 999_999_999) / 1_000_000_000
      var use = MachineUse()
      use.instanceSeconds = seconds - billed[place].instanceSeconds
      use.pricedSeconds = priced - billed[place].pricedSeconds
      use.isSpot = isSpot[place]
      billed[place].instanceSeconds = seconds
      billed[place].pricedSeconds = priced
      return use
    }
  }
}

/// A replica of an elastic pool while it is simulated.
struct ReplicaState: Sendable {
  var phase = ReplicaPhase.gone
  /// Id of its pool; -1 where the pool is not elastic.
  var pool: Int32 = -1
  /// Place of its market among the pool's, counted from 1; 0 for none.
  var market: Int32 = 0
  /// Told apart from what was scheduled for it before.
  var serial: UInt32 = 0
  /// Number of its start: names its draws.
  var start: UInt64 = 0
  /// When it was asked for.
  var requested: Int64 = 0
  /// Whether its going is the market's doing, so that it cannot stay.
  var isNoticed = false
  /// Whether it was bought for a time.
  var block: Int32 = -1
}
