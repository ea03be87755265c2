import Multicloud
import SimulationKernel
import Testing
import Workload

/// Packets that are lost: what crosses comes late by whole timeouts, and nothing is lost for good.
@Suite("Packet loss")
struct PacketLossTests {
  private func run(
    _ incident: Incident?, ingress: Int? = nil
  ) throws -> [RequestRecord] {
    var worlds = ControlWorlds()
    worlds.clouds = [Cloud(name: "a"), Cloud(name: "b")]
    worlds.regions = [Region(name: "one", cloud: 0), Region(name: "two", cloud: 1)]
    worlds.endpoints = [ControlWorlds.endpoint("far", region: 1)]
    worlds.demands = [
      World.Demand(spec: ControlWorlds.spec(arrivals: .poisson(rate: 50)), model: 0)
    ]
    worlds.incidents = incident.map { [$0] } ?? []
    var world = worlds.world
    world.network.ingress = ingress
    let keeper = AuditKeeper()
    var simulation = try Simulation(world, recorder: keeper)
    _ = simulation.run()
    // Those of the last half minute may still be under way.
    return keeper.requests.filter { $0.arrival < 570_000_000_000 }.sorted { $0.index < $1.index }
  }

  private func loss(_ target: Incident.Target, _ share: Double) -> Incident {
    Incident(
      target: target, effect: .loses(PacketLoss(share: share)), start: .zero,
      duration: .seconds(1000))
  }

  @Test("the delay is 200 ms, 600 ms, 1.4 s … as often as the geometric law says")
  func law() throws {
    let calm = try run(nil)
    let lossy = try run(loss(.deployment(0), 0.2))
    #expect(calm.count == lossy.count)
    var counts: [Int64: Int] = [:]
    for (a, b) in zip(calm, lossy) {
      #expect(a.index == b.index)
      counts[b.reachedDeployment - a.reachedDeployment, default: 0] += 1
    }
    let total = Double(min(calm.count, lossy.count))
    for (delay, share) in [
      (0, 0.8), (200, 0.16), (600, 0.032), (1_400, 0.0064),
    ] {
      let seen = Double(counts[Int64(delay) * 1_000_000] ?? 0) / total
      let deviation = (share * (1 - share) / total).squareRoot()
      #expect(abs(seen - share) < 4 * deviation, "\(delay) ms: \(seen)")
    }
    // Nothing else happens on the way there.
    #expect(counts.keys.allSatisfy { $0 % 200_000_000 == 0 })
    // The answer crosses too: as often, by draws of its own.
    let back = lossy.count { $0.wayBack > 0 }
    #expect(abs(Double(back) / total - 0.2) < 0.02)
    #expect(
      zip(calm, lossy).contains { $0.reachedDeployment == $1.reachedDeployment && $1.wayBack > 0 })
  }

  @Test("waits double up to two minutes, and end after fifteen")
  func bounds() {
    let patient = PacketLoss(share: 0.5, retransmission: .seconds(1))
    #expect(patient.share == 0.5)
    #expect(PacketLoss.longestWait == .seconds(120) && PacketLoss.mostRetransmissions == 15)
  }

  @Test("a link is the way between two clouds, and needs a gateway in one of them")
  func links() throws {
    let calm = try run(nil, ingress: 0)
    let across = try run(loss(.link(1, 0), 0.2), ingress: 0)
    let inside = try run(loss(.link(0, 1), 0.2), ingress: 1)
    let edge = try run(loss(.link(0, 1), 0.2))
    func late(_ records: [RequestRecord]) -> Int {
      zip(calm, records).count { $0.reachedDeployment != $1.reachedDeployment }
    }
    #expect(late(across) > calm.count / 6)
    #expect(late(inside) == 0 && late(edge) == 0)
  }

  @Test("what was lost on one way is over when its incident is, though another way loses then")
  func ends() throws {
    var worlds = ControlWorlds()
    worlds.models = ["a", "b"]
    worlds.endpoints = [
      ControlWorlds.endpoint("first", model: 0), ControlWorlds.endpoint("second", model: 1),
    ]
    worlds.demands = [0, 1].map {
      World.Demand(spec: ControlWorlds.spec("w\($0)", arrivals: .poisson(rate: 10)), model: $0)
    }
    worlds.incidents = [(0, 0), (1, 200)].map { deployment, start in
      Incident(
        target: .deployment(deployment), effect: .loses(PacketLoss(share: 0.5)),
        start: .seconds(Int64(start)), duration: .seconds(100))
    }
    let (_, audit) = try worlds.run()
    func late(_ workload: Int32, _ seconds: ClosedRange<Int64>) -> (late: Int, of: Int) {
      let records = audit.requests.filter {
        $0.workload == workload && seconds ~= $0.arrival / 1_000_000_000
      }
      return (records.count { $0.reachedDeployment > $0.arrival }, records.count)
    }
    for (workload, during, others) in [
      (Int32(0), Int64(0)...98, [Int64(101)...198, 201...298, 301...500]),
      (1, 201...298, [0...98, 101...198, 301...500]),
    ] {
      let lossy = late(workload, during)
      #expect(lossy.of > 800 && abs(Double(lossy.late) / Double(lossy.of) - 0.5) < 0.1)
      for calm in others {
        #expect(late(workload, calm).late == 0 && late(workload, calm).of > 800)
      }
    }
  }
}
