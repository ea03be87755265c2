import Estimate
import Money
import Multicloud
import ServingEngine
import SimulationKernel
import Testing
import Workload

@testable import Plan

/// Optima of small random worlds against every choice there is.
@Suite("Placements")
struct PlacementTests {
  /// A stream of numbers for making worlds.
  private struct Draws {
    var state: UInt64
    mutating func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
  }

  private struct Case {
    var world: World
    var grid: DemandGrid
    var settings: PlanSettings
    var sizing: [DeploymentSizing]
  }

  private func pool(_ name: String, base: Int64, region: Int) -> Pool {
    var mixed = StepTimeModel.MixedCoefficients()
    mixed.base = Double(base) * 1e9
    mixed.perSequence = 4e8
    return Pool(
      name: name, region: region, model: 0, replicas: 1, acceleratorsPerReplica: 1,
      accelerator: "test", scheduler: SchedulerSettings(maxSequences: 24, kvBlocks: 1 << 18),
      stepTime: StepTimeModel(
        decodeBase: [0] + (1...24).map { base * 1_000_000_000 + 400_000_000 * Int64($0) },
        perKVToken: 0, mixed: mixed))
  }

  private func endpoint(_ name: String, region: Int, price: Int64, slots: Int) -> Endpoint {
    Endpoint(
      name: name, region: region, model: 0, provider: 0, account: 0, type: "standard",
      kind: .standard, scope: .region(region), contextTokens: 8192,
      service: EndpointService(
        curve: [
          EndpointService.Point(
            load: 0, timeToFirstToken: .milliseconds(200), tokensPerSecond: 100)
        ], concurrency: slots),
      price: TokenPrice(input: price, output: 4 * price))
  }

  /// Two pools bought in two ways, two endpoints paid by the token, one workload whose rate changes.
  private func world(_ seed: Int) throws -> Case {
    var draws = Draws(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1)
    let low = 2 + Double(draws.below(20))
    let rates = (0..<4).map { _ in low * Double(1 + draws.below(4)) }
    var spec = WorkloadSpec(
      name: "w", arrivals: .piecewise(rates: rates, binWidth: .seconds(600), repeats: true),
      shape: .fixed(prompt: 200 + draws.below(800), output: 100 + draws.below(200)),
      origins: [OriginShare(origin: 0, share: 1)])
    spec.start = .zero
    var world = World(
      name: "small", seed: 1, horizon: .seconds(2400), warmup: .zero, clouds: [Cloud(name: "c")],
      regions: [Region(name: "a", cloud: 0), Region(name: "b", cloud: 0)],
      pools: [
        pool("fast", base: 8, region: 0),
        pool("slow", base: Int64(10 + draws.below(10)), region: 1),
      ],
      models: ["m"], origins: [Origin(name: "o")],
      network: Network(
        originToRegion: [.milliseconds(10), .milliseconds(30)],
        regionToRegion: [Duration](repeating: .milliseconds(20), count: 4)),
      workloads: [World.Demand(spec: spec, model: 0)], gateway: Gateway())
    world.endpoints = [
      endpoint(
        "near", region: 0, price: Int64(200_000 * (1 + draws.below(20))),
        slots: 10 + draws.below(60)),
      endpoint(
        "far", region: 1, price: Int64(200_000 * (10 + draws.below(40))), slots: 1 << 20),
    ]
    var settings = PlanSettings(world)
    settings.stock = [1 + draws.below(4), 1 + draws.below(5)]
    settings.prices = (0..<2).map { _ in
      [
        .onDemand: Money(picodollars: Int128(1 + draws.below(8)) * 1_000_000_000_000),
        .reservedOneYear: Money(picodollars: Int128(2 + draws.below(8)) * 700_000_000_000),
      ]
    }
    settings.search = BranchAndCut(gap: 0)
    let grid = DemandGrid(world, binWidth: .seconds(60), horizon: world.horizon)
    let sizing = (0..<4).map {
      DeploymentSizing(world, grid.streams, deployment: $0, ceiling: settings.ceiling)
    }
    return Case(world: world, grid: grid, settings: settings, sizing: sizing)
  }

  /// Dollars an hour of a choice of machines: cheapest first, as one stream allows; `nil` where some of
  /// a period's demand is left over.
  private func cost(_ item: Case, _ replicas: [Int]) -> Double? {
    let stream = item.grid.streams[0]
    var dollars = 0.0
    for id in 0..<2 {
      let cheapest = item.settings.prices[id].values.map(\.dollars).min() ?? 0
      dollars += Double(replicas[id]) * cheapest
    }
    for period in PlanningPeriod.periods(item.grid, count: item.settings.periods) {
      var left = period.rates[0]
      for id in 0..<2 {
        left -=
          item.sizing[id].sustainableLoad * Double(replicas[id]) / item.sizing[id].work(stream)
      }
      let endpoints = (2..<4).sorted {
        item.world.price(ofDeployment: $0).input < item.world.price(ofDeployment: $1).input
      }
      for d in endpoints where left > 1e-12 {
        let slots = Double(item.world.slots(ofDeployment: d))
        let taken = min(left, item.sizing[d].sustainableLoad * slots / item.sizing[d].work(stream))
        let price = item.world.price(ofDeployment: d)
        let each =
          (stream.promptTokens * Double(price.input) + stream.outputTokens * Double(price.output))
          / 1e12
        dollars += taken * each * 3600 * period.share
        left -= taken
      }
      if left > 1e-9 { return nil }
    }
    return dollars
  }

  @Test("the cheapest placement is the cheapest of all")
  func exhaustive() throws {
    var kinds: Set<String> = []
    for seed in 0..<14 {
      let plan = try check(try world(seed))
      kinds.insert(
        plan.placement.replicas.map { $0 > 0 ? "x" : "-" }.joined()
          + plan.purchases.map { $0?.name ?? "" }.joined())
    }
    // The worlds differ: some buy machines, some tokens, some both, in one way or the other.
    #expect(kinds.count >= 4, "\(kinds)")
  }

  private func check(_ item: Case) throws -> PlannedPlacement {
    var best: (dollars: Double, replicas: [Int])?
    for a in 0...item.settings.stock[0] {
      for b in 0...item.settings.stock[1] {
        guard let dollars = cost(item, [a, b]) else { continue }
        if dollars < best?.dollars ?? .infinity { best = (dollars, [a, b]) }
      }
    }
    let expected = try #require(best)
    let model = try PlacementModel(item.world, item.grid, item.settings)
    let found = try item.settings.search.solve(model.program)
    #expect(found.isProven)
    #expect(abs(found.cost - expected.dollars) <= 1e-6 * expected.dollars)
    let plan = model.placement(found.values)
    // Machines that make no difference may or may not be there; what they cost is the same.
    #expect(
      abs((cost(item, plan.placement.replicas) ?? .infinity) - expected.dollars)
        <= 1e-6 * expected.dollars)
    for (id, option) in plan.purchases.enumerated() {
      guard let option else { continue }
      let prices = item.settings.prices[id]
      #expect(prices[option] == prices.values.min())
    }
    #expect(try item.settings.search.solve(model.program).values == found.values)
    return plan
  }

  @Test("a demand larger than all there is: the constraint and what is missing")
  func tooMuch() throws {
    var item = try world(3)
    for id in item.world.endpoints.indices { item.world.endpoints[id].service.concurrency = 1 }
    let model = try PlacementModel(item.world, item.grid, item.settings)
    let error = #expect(throws: BranchAndCut.Problem.self) {
      try item.settings.search.solve(model.program)
    }
    guard case .infeasible(let gaps, let more) = error else {
      Issue.record("feasible, or \(String(describing: error))")
      return
    }
    #expect(gaps.count == 1 && gaps[0].constraint == "demand of w from o at peak")
    #expect(!more.isEmpty && more.allSatisfy { $0.amount > 0 && !$0.unit.isEmpty })
    #expect(gaps.allSatisfy { $0.amount > 0 && !$0.unit.isEmpty })
  }
}
