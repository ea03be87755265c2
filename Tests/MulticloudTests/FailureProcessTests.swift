import Multicloud
import SimulationKernel
import Testing

/// Random failures: their laws, their common causes, and that seeds alone decide them.
@Suite("Failure processes")
struct FailureProcessTests {
  private func world(_ processes: [FailureProcess], seed: UInt64 = 1, days: Int64) -> World {
    var worlds = ControlWorlds()
    worlds.endpoints = (0..<4).map { ControlWorlds.endpoint("e\($0)") }
    worlds.demands = [World.Demand(spec: ControlWorlds.spec(), model: 0)]
    worlds.seed = seed
    var world = worlds.world
    world.failureProcesses = processes
    world.horizon = .seconds(86_400 * days)
    return world
  }

  private func process(
    _ target: Incident.Target = .deployment(0), up: Int64 = 3600,
    repair: FailureProcess.Repair = .constant(.seconds(600))
  ) -> FailureProcess {
    FailureProcess(
      target: target, effect: .fails, meanTimeUp: .seconds(up), repair: repair)
  }

  @Test("availability of an alternating renewal process: up over up and down")
  func availability() {
    let failures = world([process()], days: 2000).drawnFailures
    // 2,000 days over 4,200 s a cycle; the count's deviation is about √n × 3600 / 4200.
    let expected = 2000.0 * 86_400 / 4200
    #expect(abs(Double(failures.count) - expected) < 4 * expected.squareRoot())
    #expect(abs(process().expectedFailures(in: .seconds(4200)) - 1) < 1e-12)
    for (a, b) in zip(failures, failures.dropFirst()) {
      #expect(a.start + a.duration <= b.start)
    }
  }

  @Test("times up are exponential, times down lognormal")
  func laws() {
    let repair = FailureProcess.Repair.lognormal(median: .seconds(600), sigma: 1)
    let failures = world([process(repair: repair)], days: 2000).drawnFailures
    let ups = zip(failures.dropFirst(), failures).map {
      ($0.start - $1.start - $1.duration).seconds
    }
    let mean = ups.reduce(0, +) / Double(ups.count)
    let count = Double(ups.count).squareRoot()
    #expect(abs(mean - 3600) < 4 * 3600 / count)
    // Exponential: the deviation is the mean; e⁻¹ of them last longer than it.
    let longer = Double(ups.count { $0 > 3600 }) / Double(ups.count)
    #expect(abs(longer - 0.36788) < 4 * 0.4822 / count)
    let downs = failures.map(\.duration.seconds).sorted()
    #expect(abs(downs[downs.count / 2] / 600 - 1) < 4 * 1.2533 / count)
    // One deviation of the logarithm above the median lie 84.13 % of them.
    let below = Double(downs.count { $0 < 600 * 2.718281828 }) / Double(downs.count)
    #expect(abs(below - 0.8413) < 4 * 0.3654 / count)
  }

  @Test("the seed decides, another process changes nothing")
  func keyed() {
    let one = world([process()], days: 30).drawnFailures
    #expect(one == world([process()], days: 30).drawnFailures)
    #expect(one != world([process()], seed: 2, days: 30).drawnFailures)
    let two = world([process(), process(.deployment(1))], days: 30).drawnFailures
    #expect(two.filter { $0.target == .deployment(0) } == one)
    #expect(two.map(\.start) == two.map(\.start).sorted())
    // A longer run begins with the shorter one's failures.
    let longer = world([process()], days: 60).drawnFailures
    #expect(Array(longer.prefix(one.count)) == one)
  }

  @Test("of a member's failures the share beta strikes the whole group")
  func commonCause() {
    let members = (0..<4).map { Incident.Target.deployment($0) }
    let group = FailureProcess.group(
      members: members, group: .region(0), common: 0.3, effect: .fails,
      meanTimeUp: .seconds(3600), repair: .constant(Duration(nanoseconds: 1)))
    #expect(group.count == 5 && group[0].target == .region(0))
    let failures = world(group, days: 1000).drawnFailures
    let all = Double(failures.count { $0.target == .region(0) })
    let own = Double(failures.count { $0.target == .deployment(2) })
    let expected = 1000.0 * 24
    #expect(abs(all - 0.3 * expected) < 4 * (0.3 * expected).squareRoot())
    #expect(abs(own - 0.7 * expected) < 4 * (0.7 * expected).squareRoot())
    // Alone or together only: one kind of process.
    func shared(_ common: Double) -> [FailureProcess] {
      FailureProcess.group(
        members: members, group: .region(0), common: common, effect: .fails,
        meanTimeUp: .seconds(3600), repair: .constant(.seconds(1)))
    }
    #expect(shared(0).count == 4 && shared(1).count == 1)
  }

  @Test("a world with its failures drawn plays as the world that draws them")
  func drawnBeforehand() throws {
    var own = world([process(up: 60, repair: .constant(.seconds(20)))], days: 1)
    own.horizon = .seconds(600)
    var first = try Simulation(own)
    var second = try Simulation(own.withDrawnFailures)
    let (a, b) = (first.run(), second.run())
    #expect(a.fingerprint == b.fingerprint && a.incidents == b.incidents)
    #expect(a.incidentCount > 2 && a.incidents.allSatisfy(\.isRandom))
    #expect(a.incidents.first?.scope == "failure 1")
    own.failureProcesses = []
    var calm = try Simulation(own)
    #expect(calm.run().fingerprint != a.fingerprint)
  }
}
