import Multicloud
import SimulationKernel
import Testing
import Workload

@Suite("Chains")
struct ChainTests {
  /// search (80 ms) → answer (1 s at an endpoint 20 ms away) → log (10 ms), in two regions.
  private var worlds: ControlWorlds {
    var worlds = ControlWorlds()
    worlds.regions = [Region(name: "home", cloud: 0), Region(name: "away", cloud: 0)]
    worlds.oneWay = [.zero, .milliseconds(20)]
    worlds.endpoints = [ControlWorlds.endpoint("gpt", region: 1, price: TokenPrice(input: 2))]
    var parent = World.Demand(spec: ControlWorlds.spec("ask"), model: 0)
    parent.chain = Chain(stages: [
      Chain.Stage(
        name: "search",
        work: .timed(Chain.Timed(kind: .retrieval, region: 0, mean: .milliseconds(80))),
        bytesOut: 3_000_000),
      Chain.Stage(name: "answer", work: .call(workload: 1), after: [0], bytesOut: 2_000),
      Chain.Stage(
        name: "log", work: .timed(Chain.Timed(kind: .storage, region: 0, mean: .milliseconds(10))),
        after: [1]),
    ])
    var call = World.Demand(spec: ControlWorlds.spec("ask/answer"), model: 0)
    call.isCalled = true
    worlds.demands = [parent, call]
    worlds.seconds = 60
    return worlds
  }

  @Test("one request: every stage by hand, bytes across regions counted")
  func byHand() throws {
    let (result, audit) = try worlds.run()
    let asked = audit.requests.filter { $0.workload == 0 && $0.status == .completed }
    #expect(asked.count > 500)
    for request in asked {
      #expect(request.endToEnd == 80_000_000 + 1_040_000_000 + 10_000_000)
      #expect(request.picodollars == 200)
    }
    #expect(result.totals[1].arrived > 0)
    #expect(result.totals[0].arrived + result.totals[1].arrived == result.requests)
    let stages = audit.stages.filter { $0.request == asked[0].number }
    #expect(stages.map(\.stage) == [0, 1, 2])
    #expect(stages.map(\.egressBytes) == [0, 3_000_000, 2_000])
    #expect(stages.map(\.region) == [0, 1, 0])
    #expect(stages[1].call >= 0 && stages[0].call < 0)
    #expect(stages[0].end == stages[1].start && stages[1].end == stages[2].start)
  }

  @Test("stages side by side, and the next waits for both")
  func sideBySide() throws {
    var worlds = worlds
    worlds.demands[0].chain = Chain(stages: [
      Chain.Stage(
        name: "a", work: .timed(Chain.Timed(kind: .app, region: 0, mean: .milliseconds(30)))),
      Chain.Stage(
        name: "b", work: .timed(Chain.Timed(kind: .app, region: 0, mean: .milliseconds(90)))),
      Chain.Stage(name: "answer", work: .call(workload: 1), after: [0, 1]),
    ])
    let (_, audit) = try worlds.run()
    let asked = audit.requests.filter { $0.workload == 0 && $0.status == .completed }
    for request in asked {
      #expect(request.endToEnd == 90_000_000 + 1_040_000_000)
      #expect(request.timeToFirstToken == 90_000_000 + 540_000_000)
    }
  }

  @Test("a stage that fails ends the chain; so does a call that is refused")
  func failure() throws {
    var worlds = worlds
    worlds.demands[0].chain?.stages[0].work = .timed(
      Chain.Timed(kind: .retrieval, region: 0, mean: .milliseconds(80), failureShare: 0.25))
    worlds.quotas = [
      QuotaSpec(
        name: "rpm", rule: .slicedRequests(SlicedRequests(requestsPerMinute: 360)))
    ]
    worlds.endpoints[0].quotas = [0]
    worlds.seconds = 600
    let (result, audit) = try worlds.run()
    let failed = audit.stages.filter { $0.status == .failed }
    let share = Double(failed.filter { $0.stage == 0 }.count) / Double(result.totals[0].arrived)
    #expect(abs(share - 0.25) < 0.03)
    #expect(failed.contains { $0.stage == 1 })
    #expect(result.totals[0].failed == Int64(failed.count))
    #expect(result.totals[1].rejected == Int64(failed.filter { $0.stage == 1 }.count))
    #expect(result.totals.allSatisfy { $0.isConserved })
  }

  @Test("a client that times out leaves its chain; calls under way run on")
  func timeout() throws {
    var worlds = worlds
    worlds.demands[0].timeout = .milliseconds(500)
    let (result, _) = try worlds.run()
    #expect(result.totals[0].completed == 0 && result.totals[0].cancelled > 500)
    #expect(result.totals[1].completed > 500)
    #expect(result.totals.allSatisfy { $0.isConserved })
  }
}
