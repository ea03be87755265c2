import SimulationKernel

/// The moving capacity of a world before its run begins.
struct CapacityParts {
  /// Whether any deployment's capacity can change.
  let isElastic: Bool
  /// By pool; empty where none is elastic.
  var elastic: [ElasticState] = []
  /// By replica of the fleet; empty where none is elastic.
  var replicas: [ReplicaState] = []
  /// Of endpoints whose units can change, by id.
  var units: [UnitState] = []
  var markets: [MarketState] = []
  var scalers: [ScalerState] = []
  var jobs: [TrainingState] = []
  private let spotMarkets: [Bool]

  init(_ world: World, at now: Int64) {
    isElastic = world.isElastic
    spotMarkets = world.markets.map { $0.kind == .spot }
    guard isElastic else { return }
    precondition(now == 0, "the parts of a run whose capacity moves are not independent")
    markets = zip(world.markets, world.marketEntities).map { market, entity in
      MarketState(market, entity: entity, seed: world.seed)
    }
    jobs = world.trainingEntities.map { TrainingState(entity: $0, seed: world.seed) }
    let entities = world.deploymentEntities
    var first = 0
    for (id, pool) in world.pools.enumerated() {
      let spec = pool.elastic ?? ElasticPool(minimum: pool.replicas, maximum: pool.replicas)
      let state = ElasticState(
        spec, entity: entities[id], first: first, places: pool.places, initial: pool.replicas,
        seed: world.seed,
        replicasPerInstance: world.billing?.machines[id]?.replicasPerInstance ?? 1,
        markets: world.markets)
      elastic.append(state)
      for (place, market) in spec.markets.enumerated() {
        guard let price = markets[market].price else { continue }
        elastic[id].priceMillionths[place + 1] = price.millionths
      }
      for place in 0..<pool.places {
        var replica = ReplicaState()
        if pool.elastic != nil { replica.pool = Int32(truncatingIfNeeded: id) }
        if place < pool.replicas { begin(&replica, pool, id) }
        replicas.append(replica)
      }
      first += pool.places
    }
    let poolCount = world.pools.count
    units = world.endpoints.indices.compactMap {
      UnitState(world, endpoint: $0, entity: entities[poolCount + $0])
    }
    // They were taken before the run, and are kept whatever the market has now.
    for state in units {
      if let market = state.spec.market { markets[market].held += state.units }
    }
    scalers = world.scaling.map { ScalerState($0, world) }
    for scaler in scalers {
      for pool in scaler.group.pools where scaler.readsFirstTokens {
        elastic[pool].firstTokenLimit = scaler.group.settings.firstTokenLimit.nanoseconds
      }
    }
  }

  /// A replica that is there when the run begins, from the first market that has it.
  private mutating func begin(_ replica: inout ReplicaState, _ pool: Pool, _ id: Int) {
    replica.phase = .ready
    if let spot = elastic[id].spec.spot {
      let machines = elastic[id].machines
      let base = spot.fallback >= 0 ? machines[spot.zones.count + 1] : 0
      let held = spot.zones.indices.map { machines[$0 + 1] }
      var refused: [Int] = []
      while base >= spot.baseOnDemand,
        let zone = elastic[id].placement?.zoneForNext(held: held, refused: refused)
      {
        if take(spot.zones[zone], place: zone + 1, &replica, pool, id) { return }
        refused.append(zone)
        elastic[id].placement?.noteFailed(zone)
      }
      if spot.fallback >= 0,
        take(spot.fallback, place: spot.zones.count + 1, &replica, pool, id)
      {
        return
      }
    }
    for (place, market) in elastic[id].spec.markets.enumerated()
    where take(market, place: place + 1, &replica, pool, id) {
      return
    }
    // Found nowhere: it is there all the same, as machines of one's own are.
    elastic[id].machines[0] += 1
  }

  /// Gives a replica a machine of a market at a place of its pool's, counted from 1, where there is one.
  private mutating func take(
    _ market: Int, place: Int, _ replica: inout ReplicaState, _ pool: Pool, _ id: Int
  ) -> Bool {
    guard markets[market].obtainable >= pool.acceleratorsPerReplica else { return false }
    markets[market].held += pool.acceleratorsPerReplica
    replica.market = Int32(truncatingIfNeeded: place)
    elastic[id].machines[place] += 1
    if spotMarkets[market] { elastic[id].spotServing += 1 }
    return true
  }
}
