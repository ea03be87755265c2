import Foundation
import Multicloud
import ServingEngine
import SimulationKernel
import Testing
import Workload

/// Random worlds with disaggregated pools, struck by incidents, with clients and gateways that give up in every
/// stage: nothing may be lost or come twice, and no block may stay taken.
@Suite("Random disaggregated worlds")
struct RandomDisaggregationTests {
  /// How many worlds; `PLIMSOLL_SPLIT_WORLDS` asks for more.
  static let count =
    ProcessInfo.processInfo.environment["PLIMSOLL_SPLIT_WORLDS"].flatMap(Int.init) ?? 200
  static let firstSeed =
    ProcessInfo.processInfo.environment["PLIMSOLL_SPLIT_SEED"].flatMap(UInt64.init) ?? 200_001

  @Test("conservation, whole answers, and no block left, in every world")
  func conservation() throws {
    var copies: Int64 = 0
    var emptied = 0
    var preempted = 0
    var abandoned: Int64 = 0
    for seed in Self.firstSeed..<(Self.firstSeed + UInt64(Self.count)) {
      var dice = Dice(seed: seed)
      let world = dice.splitWorld()
      let audit = AuditKeeper()
      var simulation = try Simulation(world, recorder: audit)
      // The run itself asserts totals by workload and by deployment, and residency.
      let result = simulation.run()
      #expect(Set(audit.requests.map(\.number)).count == Int(result.requests), "seed \(seed)")
      #expect(audit.requests.count == Int(result.requests), "seed \(seed)")
      #expect(
        audit.attempts.map(\.decision).sorted() == audit.decisions.map(\.number), "seed \(seed)")
      for request in audit.requests where request.status == .completed && request.deployment >= 0 {
        #expect(request.endToEnd >= request.timeToFirstToken && request.timeToFirstToken > 0)
        guard let pool = pool(request, world), pool.disaggregation != nil else { continue }
        #expect(request.started >= request.reachedDeployment, "seed \(seed)")
        #expect(request.firstToken > request.started && request.ended >= request.firstToken)
        #expect(request.deliveredTokens == answer(request, pool, world), "seed \(seed)")
      }
      for attempt in audit.attempts where Int(attempt.deployment) < world.pools.count {
        #expect(!world.pools[Int(attempt.deployment)].isDecodeRole, "seed \(seed)")
      }
      for (id, pool) in world.pools.enumerated() {
        guard let join = pool.disaggregation else { continue }
        copies += result.pools[id].transfers?.copies ?? 0
        preempted += Int(result.pools[join.decodePool].work.preemptions)
        abandoned += result.pools[join.decodePool].cancelled
      }
      guard result.totals.reduce(0, { $0 + $1.inFlight }) == 0 else { continue }
      emptied += 1
      for id in world.pools.indices {
        guard let last = audit.poolMinutes.last(where: { $0.pool == id }) else { continue }
        #expect(last.doubledBlockIntegral == 0 && last.runningIntegral == 0, "seed \(seed)")
        #expect(last.waitingIntegral == 0, "seed \(seed)")
      }
    }
    // The worlds are wild enough to see all of it.
    #expect(copies > 50 * Int64(Self.count) && emptied > Self.count / 3, "\(copies) \(emptied)")
    #expect(preempted > Self.count && abandoned > Int64(Self.count), "\(preempted) \(abandoned)")
  }

  @Test("the same world is the same run, and looking changes nothing")
  func determinism() throws {
    for seed in Self.firstSeed..<(Self.firstSeed + 25) {
      var dice = Dice(seed: seed)
      let world = dice.splitWorld()
      var loud = try Simulation(world, recorder: AuditKeeper())
      var quiet = try Simulation(world)
      #expect(loud.run().fingerprint == quiet.run().fingerprint, "seed \(seed)")
    }
  }

  private func pool(_ request: RequestRecord, _ world: World) -> Pool? {
    let id = Int(request.deployment)
    return id >= 0 && id < world.pools.count ? world.pools[id] : nil
  }

  /// Tokens of a whole answer: as many as were asked for and the engines have room for.
  private func answer(_ request: RequestRecord, _ pool: Pool, _ world: World) -> Int32 {
    guard let join = pool.disaggregation else { return 0 }
    let room = world.pools[join.decodePool].scheduler.maxModelTokens - Int(request.promptTokens)
    let workload = world.workloads[Int(request.workload)]
    let most = workload.maximumOutputTokens ?? Int.max
    return Int32(min(Int(request.outputTokens), room, most))
  }
}

extension Dice {
  /// A random world, struck, most of whose pools are split; requests stop coming after fifty seconds.
  mutating func splitWorld() -> World {
    var world = struckWorld()
    if world.pools.isEmpty { world.pools = [ControlWorlds.pool("p", region: below(4))] }
    for id in world.pools.indices {
      world.pools[id].model = below(2)
      guard chance(80) else { continue }
      split(id, &world)
    }
    world.horizon = .seconds(300)
    for id in world.workloads.indices where !world.workloads[id].isCalled {
      world.workloads[id].spec.end = .seconds(50)
      if chance(50) { world.workloads[id].timeout = .milliseconds(Int64(300 + below(3000))) }
    }
    return world
  }

  private mutating func split(_ id: Int, _ world: inout World) {
    world.pools[id].scheduler.transfersCaches = true
    var decode = world.pools[id]
    decode.name += "-decode"
    decode.replicas = 1 + below(3)
    decode.queueLimit = nil
    decode.role = .decode(of: id)
    decode.routing.policy = pick(PolicyRegistry.replicaRouters.map { $0.name })
    // From a few requests' blocks to plenty.
    func blocks(_ scheduler: inout SchedulerSettings, _ count: Int) {
      scheduler.kvBlocks = count
      scheduler.maxModelTokens = min(scheduler.maxModelTokens, count * scheduler.blockTokens)
    }
    blocks(&decode.scheduler, pick([15, 30, 60, 4000]))
    blocks(&world.pools[id].scheduler, pick([10, 20, 4000]))
    world.pools[id].role = .prefill(
      Disaggregation(
        decodePool: world.pools.count,
        link: CacheLink(
          bytesPerSecond: pick([20_000_000, 100_000_000, 10_000_000_000]),
          latency: pick([.zero, .microseconds(20), .milliseconds(30)])),
        blockBytes: 1_000_000, firstToken: pick(Disaggregation.FirstToken.allCases)))
    world.pools.append(decode)
  }
}
