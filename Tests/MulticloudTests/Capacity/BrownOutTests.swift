import Multicloud
import ServingEngine
import SimulationKernel
import Testing
import Workload

/// Pools that become slow for a while.
@Suite struct BrownOutTests {
  private static func world(_ incidents: [(at: Int64, for: Int64, factor: Double)]) -> World {
    var small = SmallWorlds()
    small.shape = .fixed(prompt: 64, output: 33)
    small.arrivals = .poisson(rate: 0.5)
    small.seconds = 4000
    var world = small.world
    world.incidents = incidents.map {
      Incident(
        target: .deployment(0), effect: .slows($0.factor), start: .seconds($0.at),
        duration: .seconds($0.for))
    }
    return world
  }

  /// Requests alone at their replica, of which every step is within a span of time.
  private static func steps(_ world: World, from: Int64, to: Int64) throws -> [Double] {
    let keeper = CapacityKeeper()
    var simulation = try Simulation(world, recorder: keeper)
    _ = simulation.run()
    return keeper.requests.filter {
      $0.status == .completed && $0.started >= from * 1_000_000_000
        && $0.ended <= to * 1_000_000_000
    }.map { Double($0.ended - $0.firstToken) / 32 / 1e6 }
  }

  @Test func stepsTakeAsManyTimesAsLong() throws {
    let world = Self.world([(at: 1000, for: 1000, factor: 2.5)])
    // 10.1 ms alone; a second request at the replica adds 0.1 ms, and its prefill a step of some 12 ms.
    let before = try Self.steps(world, from: 0, to: 1000)
    let during = try Self.steps(world, from: 1001, to: 2000)
    let after = try Self.steps(world, from: 2001, to: 4000)
    #expect(before.min().map { abs($0 - 10.1) < 1e-6 } == true)
    #expect(during.min().map { abs($0 - 25.25) < 1e-6 } == true)
    #expect(after.min().map { abs($0 - 10.1) < 1e-6 } == true)
    #expect(during.count > 100)
  }

  @Test func overlappingOnesMultiply() throws {
    let world = Self.world([
      (at: 0, for: 3000, factor: 2), (at: 1000, for: 1000, factor: 1.5),
      (at: 1500, for: 2000, factor: 2),
    ])
    let expected: [(Int64, Int64, Double)] = [
      (0, 1000, 2), (1001, 1500, 3), (1501, 2000, 6), (2001, 3000, 4), (3001, 3500, 2),
      (3501, 4000, 1),
    ]
    for (from, to, factor) in expected {
      let least = try #require(try Self.steps(world, from: from, to: to).min())
      #expect(abs(least - 10.1 * factor) < 1e-6, "from \(from) s: \(least) ms")
    }
  }

  @Test func aModelScalesInEveryPart() {
    var mixed = StepTimeModel.MixedCoefficients()
    mixed.base = 5e9
    mixed.gemmBase = 1e9
    mixed.gemmPerToken = 1e6
    mixed.gemmPerTokenComputeBound = 3e6
    mixed.attentionPerKVToken = 2e4
    mixed.mixedPenalty = [1, 1.2]
    mixed.prefillAttentionPerPair = 10
    mixed.perSequence = 1e7
    let model = StepTimeModel(
      decodeBase: [0, 10_000_000_000, 10_200_000_000], perKVToken: 1000, mixed: mixed)
    let slow = model.scaled(by: 3)
    #expect(
      slow.decodeStep(batch: 2, kvTokens: 500) == 3 * model.decodeStep(batch: 2, kvTokens: 500))
    let step = StepTimeModel.MixedStep(
      decodes: 1, decodeKVTokens: 700, prefills: 1, prefillTokens: 300,
      doubledAttentionPairs: 90_000, doubledContextTokens: 300)
    #expect(abs(slow.mixedStep(step) - 3 * model.mixedStep(step)) <= 3)
  }
}
