import Multicloud
import SimulationKernel
import Testing
import Workload

@Suite("Flow control in a world")
struct FlowControlTests {
  /// An endpoint of ten slots and about ten requests a second, asked for twice as much by two tenants.
  private func worlds(_ flow: FlowSettings?, timeout: Duration? = nil) -> ControlWorlds {
    var worlds = ControlWorlds()
    worlds.endpoints = [
      ControlWorlds.endpoint(
        "gpt",
        service: EndpointService(
          curve: ControlWorlds.steady.curve, concurrency: 10))
    ]
    worlds.tenants = [Tenant(name: "loud"), Tenant(name: "quiet")]
    worlds.gateway.flow = flow
    worlds.demands = [(0, 16.0, 0), (1, 4.0, 1)].map { tenant, rate, band in
      var demand = World.Demand(
        spec: ControlWorlds.spec("w\(tenant)", arrivals: .poisson(rate: rate)), model: 0)
      demand.tenant = tenant
      demand.band = band
      demand.timeout = timeout
      return demand
    }
    worlds.seconds = 900
    return worlds
  }

  @Test("without it the service refuses what it has no room for; with it requests wait")
  func waiting() throws {
    let open = try worlds(nil).run()
    #expect(open.result.deployments[0].totals.refusedTotal > 1_000)
    let held = try worlds(FlowSettings(ceilings: [1, 1]), timeout: .seconds(60)).run()
    #expect(held.result.deployments[0].totals.refusedTotal == 0)
    #expect(held.result.deployments[0].mostInFlight == 10)
    #expect(held.result.totals.allSatisfy { $0.isConserved })
    #expect(held.result.totals.reduce(0) { $0 + $1.cancelled } > 1_000)
  }

  @Test("strict bands: the lower one is starved, and only the lower one")
  func bands() throws {
    let (result, _) = try worlds(FlowSettings(ceilings: [1, 0.5])).run()
    let share = result.totals.map { Double($0.completed) / Double($0.arrived) }
    #expect(share[1] < 0.1)
    #expect(share[0] > 0.5)
  }

  @Test("a token counter gives the quiet tenant all it asks for")
  func fairness() throws {
    var fair = worlds(FlowSettings(ceilings: [1], fairness: .virtualTokenCounter))
    fair.demands[1].band = 0
    let (result, _) = try fair.run()
    let share = result.totals.map { Double($0.completed) / Double($0.arrived) }
    #expect(share[1] > 0.95)
    #expect(share[0] < 0.6)
    var unfair = worlds(FlowSettings(ceilings: [1]))
    unfair.demands[1].band = 0
    let mixed = try unfair.run().result.totals.map { Double($0.completed) / Double($0.arrived) }
    #expect(mixed[1] < 0.7)
  }

  @Test("a queue that is full sheds the newest of the lowest band; a band is shed at its load")
  func shedding() throws {
    let (full, _) = try worlds(FlowSettings(ceilings: [1, 1], capacity: 20)).run()
    let shed = full.workloads.map { $0.lost[Int(RequestRecord.Reason.shed.rawValue)] }
    #expect(Double(shed[1]) > 0.9 * Double(full.totals[1].arrived))
    #expect(Double(shed[0]) < 0.45 * Double(full.totals[0].arrived))
    let (early, _) = try worlds(
      FlowSettings(ceilings: [1, 1], shedAt: [10, 0.8])
    ).run()
    #expect(early.workloads[1].lost[Int(RequestRecord.Reason.shed.rawValue)] > 1_000)
    #expect(early.workloads[0].lost[Int(RequestRecord.Reason.shed.rawValue)] == 0)
  }

  @Test("a reservation lends what is free and keeps each band's share when it is not")
  func reservation() throws {
    var worlds = worlds(nil)
    worlds.endpoints[0].service.concurrency = 1_000
    // 151 tokens a request; 9,060 a minute are an hour's mean of one request a second.
    worlds.gateway.reservation = PriorityReservation.Settings(
      tokensPerMinute: 90_600, shares: [0.7, 0.3])
    let (result, _) = try worlds.run()
    let perMinute = result.totals.map { Double($0.completed) / 15 * 151 }
    // The loud one wants 145,000 and the quiet one 36,000: the quiet one is lent more than its share.
    #expect(perMinute[0] <= 0.75 * 90_600)
    #expect(perMinute[1] >= 0.28 * 90_600)
    #expect(result.totals.allSatisfy { $0.isConserved && $0.rejected > 0 })
  }

  @Test("a request that waits longer than its client is given up in the queue")
  func patience() throws {
    let (result, audit) = try worlds(FlowSettings(ceilings: [1, 1]), timeout: .seconds(60)).run()
    let gone = audit.requests.filter { $0.status == .cancelled && $0.attempts == 0 }
    #expect(gone.count > 500)
    #expect(gone.allSatisfy { $0.ended - $0.arrival == 60_000_000_000 })
    #expect(result.totals.allSatisfy { $0.isConserved })
  }
}
