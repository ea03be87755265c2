import Multicloud
import ServingEngine
import SimulationKernel
import Workload

/// A pool of 2n replicas served in turn is two pools of n served in turn.
///
/// The draft lends its workloads' rates, shapes and engines; the topology is the law's own, for only
/// where requests go strictly in turn is the split exact: request k of the pool goes to replica k mod 2n,
/// and of the split to pool k mod 2, replica ⌊k / 2⌋ mod n, so that every replica meets the same requests.
struct PoolSplits: Law {
  let name = "pool-splits"
  let statement = "a pool served in turn and its two halves served in turn give the same run"

  func broken(by draft: Draft, _ seen: Observation, _ player: Player) throws -> String? {
    let world = try player.world(draft.yaml)
    guard var pool = world.pools.first(where: { $0.role == .whole && !$0.scheduler.prefixCache })
    else {
      throw LawSkipped(why: "no pool that stands alone")
    }
    guard let workload = world.workloads.first(where: { $0.chain == nil && !$0.isCalled }) else {
      throw LawSkipped(why: "only chains")
    }
    pool.elastic = nil
    pool.queueLimit = nil
    pool.routing = ReplicaRouting(policy: "round-robin")
    var whole = world
    whole.reduceToOne(pool, workload)
    whole.pools[0].replicas = 4
    var split = whole
    split.pools[0].replicas = 2
    split.pools[0].name = "first"
    split.pools.append(split.pools[0])
    split.pools[1].name = "second"
    split.gateway = Gateway(policy: "round-robin")
    let one = try player.play(whole)
    let two = try player.play(split)
    for (key, request) in one.requests.sorted(by: { $0.key < $1.key }) {
      let other = two.requests[key]
      if other?.times != request.times || other?.status != request.status {
        return
          "request \(key.index): \(request) in one pool, \(other.map { "\($0)" } ?? "none") in two"
      }
    }
    return nil
  }
}

/// A world in which everything takes twice as long does the same, twice as slowly.
///
/// Exact but for the rounding of times to a nanosecond, which can turn who comes first where two
/// moments fall together: a world in which one request in a hundred differs breaks the law.
struct TimeScales: Law {
  let name = "time-scales"
  let statement = "a world twice as slow does the same in twice the time"

  func broken(by draft: Draft, _ seen: Observation, _ player: Player) throws -> String? {
    let world = try player.world(draft.yaml)
    guard let pool = world.pools.first(where: { $0.role == .whole && !$0.scheduler.prefixCache })
    else {
      throw LawSkipped(why: "no pool that stands alone")
    }
    guard
      let workload = world.workloads.first(where: {
        guard $0.chain == nil, !$0.isCalled, $0.spec.course == DemandCourse(),
          $0.spec.sessions == nil
        else { return false }
        if case .poisson = $0.spec.arrivals { return true }
        // Wilder ones come in heaps within a nanosecond, whose order is that of rounding.
        if case .gamma(_, let variation) = $0.spec.arrivals { return variation <= 1 }
        return false
      })
    else { throw LawSkipped(why: "no arrivals at one rate") }
    var fast = world
    fast.reduceToOne(pool, workload)
    fast.pools[0].elastic = nil
    fast.horizon = .seconds(60)
    let slow = fast.slowed()
    let one = try player.play(fast)
    let two = try player.play(slow)
    var strays = 0
    for (key, request) in one.requests {
      guard let other = two.requests[key], other.status == request.status else {
        strays += 1
        continue
      }
      let isTwice = zip(request.times, other.times).allSatisfy { a, b in
        a < 0 ? b == a : abs(b - 2 * a) <= 10_000 + a / 1_000_000
      }
      if !isTwice { strays += 1 }
    }
    let total = max(one.requests.count, two.requests.count)
    strays += total - one.requests.count
    return strays * 100 > total + 300
      ? "\(strays) of \(total) requests do not take twice as long" : nil
  }
}

extension World {
  /// One pool and one workload, with nothing around them.
  fileprivate mutating func reduceToOne(_ pool: Pool, _ demand: Demand) {
    pools = [pool]
    // Ways of several lengths would let requests overtake each other between the gateway and the pool.
    pools[0].frontEnd = FrontEnd()
    workloads = [demand]
    workloads[0].spec.origins = Array(demand.spec.origins.prefix(1))
    workloads[0].model = pool.model
    workloads[0].alternatives = []
    workloads[0].residency = .anywhere
    workloads[0].preferredRegions = []
    workloads[0].tenant = -1
    workloads[0].adapters = nil
    workloads[0].promptCache = nil
    workloads[0].patience = nil
    workloads[0].timeout = nil
    workloads[0].clientRetry = RetryPolicy(attempts: 1)
    endpoints = []
    quotas = []
    tenants = []
    incidents = []
    failureProcesses = []
    markets = []
    training = []
    scaling = []
    billing = nil
    gateway = Gateway(policy: "nearest")
  }

  /// Everything takes twice as long.
  fileprivate func slowed() -> World {
    var world = self
    world.horizon = Duration(nanoseconds: 2 * horizon.nanoseconds)
    world.warmup = Duration(nanoseconds: 2 * warmup.nanoseconds)
    func twice(_ delays: [Duration]) -> [Duration] {
      delays.map { Duration(nanoseconds: 2 * $0.nanoseconds) }
    }
    world.network.originToRegion = twice(network.originToRegion)
    world.network.regionToRegion = twice(network.regionToRegion)
    world.pools[0].stepTime = pools[0].stepTime.scaled(by: 2)
    let spec = workloads[0].spec
    world.workloads[0].spec.start = Duration(nanoseconds: 2 * spec.start.nanoseconds)
    world.workloads[0].spec.end = spec.end.map { Duration(nanoseconds: 2 * $0.nanoseconds) }
    switch spec.arrivals {
    case .poisson(let rate): world.workloads[0].spec.arrivals = .poisson(rate: rate / 2)
    case .gamma(let rate, let variation):
      world.workloads[0].spec.arrivals = .gamma(
        rate: rate / 2, coefficientOfVariation: variation)
    default: preconditionFailure("only one rate is scaled")
    }
    return world
  }
}
