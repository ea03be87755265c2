import Foundation
import Multicloud
import SimulationKernel
import Testing
import Workload

/// Random worlds that incidents of every kind, declared and drawn, strike again and again, with health
/// checks beside breakers: nothing may be lost, come twice, go where its data must not be, or pass a quota.
@Suite("Random incidents")
struct RandomIncidentTests {
  /// How many worlds; `PLIMSOLL_INCIDENT_WORLDS` asks for more, such as 5000.
  static let count =
    ProcessInfo.processInfo.environment["PLIMSOLL_INCIDENT_WORLDS"].flatMap(Int.init) ?? 150
  static let firstSeed =
    ProcessInfo.processInfo.environment["PLIMSOLL_INCIDENT_SEED"].flatMap(UInt64.init) ?? 100_001

  @Test("conservation, residency, quotas and sound measures, in every world")
  func conservation() throws {
    var isLate = false
    var marks = 0
    var drawn = 0
    var fallen = 0
    for seed in Self.firstSeed..<(Self.firstSeed + UInt64(Self.count)) {
      var dice = Dice(seed: seed)
      let world = dice.struckWorld()
      let audit = AuditKeeper()
      var simulation = try Simulation(world, recorder: audit)
      // The run itself asserts totals by workload and by deployment, and residency.
      let result = simulation.run()
      #expect(Set(audit.requests.map(\.number)).count == Int(result.requests), "seed \(seed)")
      #expect(audit.requests.count == Int(result.requests), "seed \(seed)")
      #expect(
        audit.attempts.map(\.decision).sorted() == audit.decisions.map(\.number), "seed \(seed)")
      let attempts = audit.requests.reduce(0) { $0 + Int($1.attempts) }
      #expect(attempts == audit.attempts.count, "seed \(seed)")
      let ended = result.deployments.reduce(Int64(0)) { $0 + $1.totals.attempts }
      #expect(ended <= Int64(attempts), "seed \(seed)")
      for attempt in audit.attempts {
        let workload = world.workloads[Int(attempt.workload)]
        #expect(
          world.isInside(workload.residency, deployment: Int(attempt.deployment)), "seed \(seed)")
      }
      for quota in audit.quotaMinutes {
        #expect(quota.effectiveLimit <= quota.limit, "seed \(seed)")
        if case .slicedRequests = world.quotas[quota.quota].rule {
          #expect(quota.mostUsed <= quota.limit, "seed \(seed)")
        }
      }
      // Nobody chooses what probes have marked.
      let unhealthy = audit.candidates.filter { $0.eligibility == .unhealthy }
      let chosen = Dictionary(
        uniqueKeysWithValues: audit.decisions.map { ($0.number, $0.chosen) })
      for candidate in unhealthy {
        #expect(chosen[candidate.decision] != candidate.deployment, "seed \(seed)")
      }
      marks += unhealthy.count
      for measure in result.incidents {
        check(measure, result, seed)
        drawn += measure.isRandom ? 1 : 0
        fallen += measure.hasFallen ? 1 : 0
      }
      isLate =
        isLate
        || world.incidents.contains { if case .loses = $0.effect { true } else { false } }
    }
    // The worlds are wild enough to see all of it.
    #expect(isLate && marks > 0 && drawn > Self.count / 4 && fallen > Self.count / 4)
  }

  private func check(_ measure: IncidentMeasure, _ result: SimulationResult, _ seed: UInt64) {
    let requests = result.totals.reduce(Int64(0)) { $0 + $1.arrived }
    #expect(measure.lost >= 0 && measure.lost <= requests, "seed \(seed)")
    #expect(measure.goodBefore <= measure.endedBefore && measure.endedBefore <= requests)
    #expect(measure.goodAtWorst <= measure.endedAtWorst)
    #expect(measure.quotaTokens >= measure.peakQuotaTokens && measure.peakQuotaTokens >= 0)
    for time in [measure.detected, measure.leftAlone, measure.recovered, measure.failedBack] {
      #expect(time ?? 0 >= 0, "seed \(seed)")
    }
    if let detected = measure.detected, let leftAlone = measure.leftAlone {
      #expect(detected <= leftAlone, "seed \(seed)")
    }
    #expect(measure.incident.start.nanoseconds < result.end.nanoseconds)
    if let dip = measure.goodputDip { #expect(dip.part >= 0 && dip.part <= dip.whole) }
  }

  @Test("the same world is the same run, and looking changes nothing")
  func determinism() throws {
    for seed in Self.firstSeed..<(Self.firstSeed + 25) {
      var dice = Dice(seed: seed)
      let world = dice.struckWorld()
      var loud = try Simulation(world, recorder: AuditKeeper())
      var quiet = try Simulation(world)
      var drawn = try Simulation(world.withDrawnFailures)
      let (a, b, c) = (loud.run(), quiet.run(), drawn.run())
      #expect(a.fingerprint == b.fingerprint && a.fingerprint == c.fingerprint, "seed \(seed)")
      #expect(a.incidents == b.incidents && a.incidents == c.incidents, "seed \(seed)")
    }
  }
}

extension Dice {
  /// A random world, struck.
  mutating func struckWorld() -> World {
    var worlds = world()
    if chance(60) {
      worlds.gateway.health = HealthCheck(
        interval: .seconds(Int64(1 + below(5))), timeout: .seconds(1), failures: 1 + below(3),
        successes: 1 + below(2))
    }
    var world = worlds.world
    if chance(50) {
      world.network.ingress = below(4)
      world.network.regionToRegion = (0..<16).map { .milliseconds($0 % 5 == 0 ? 0 : 30) }
    }
    for _ in 0..<(1 + below(6)) {
      world.incidents.append(
        Incident(
          target: target(world), effect: effect(), start: .milliseconds(Int64(below(80_000))),
          duration: .milliseconds(Int64(1 + below(20_000)))))
    }
    if chance(30) {
      world.incidents.append(
        Incident(
          target: .link(0, 1), effect: .loses(PacketLoss(share: 0.2)), start: .seconds(10),
          duration: .seconds(50)))
    }
    for _ in 0..<below(3) {
      let repair: FailureProcess.Repair =
        chance(50)
        ? .constant(.seconds(4)) : .lognormal(median: .seconds(3), sigma: 1)
      world.failureProcesses += FailureProcess.group(
        members: [target(world), target(world)], group: .region(below(4)),
        common: pick([0, 0.3, 1]), effect: effect(), meanTimeUp: .seconds(Int64(10 + below(60))),
        repair: repair)
    }
    return world
  }

  private mutating func target(_ world: World) -> Incident.Target {
    pick([
      .cloud(below(2)), .region(below(4)), .zone(below(2)), .account(below(2)),
      .provider(below(2)), .deployment(below(world.deploymentCount)),
    ])
  }

  private mutating func effect() -> Incident.Effect {
    pick([
      .fails, .hangs, .slows(3), .cuts(0.3),
      .loses(PacketLoss(share: 0.3, retransmission: .milliseconds(Int64(1 + below(300))))),
    ])
  }
}
