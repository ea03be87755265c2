import Multicloud
import SimulationKernel
import Testing
import Workload

/// Training jobs beside inference, by hand-made histories.
@Suite struct TrainingTests {
  private static func worlds(_ jobs: [TrainingJob], supply: [(Int64, Int)]) -> World {
    var worlds = ElasticWorlds()
    worlds.small.seconds = 1000
    worlds.small.arrivals = .poisson(rate: 1)
    worlds.markets = [ElasticWorlds.market(.onDemand, supply)]
    worlds.elastic.markets = [0]
    var world = worlds.world
    world.training = jobs
    return world
  }

  private static func run(_ world: World) throws -> SimulationResult {
    var simulation = try Simulation(world)
    return simulation.run()
  }

  private static func job(_ accelerators: Int, work: Int64) -> TrainingJob {
    TrainingJob(name: "job", market: 0, accelerators: accelerators, work: .seconds(work))
  }

  @Test func aJobWorksSavesAndEnds() throws {
    var job = Self.job(4, work: 250)
    job.submitted = .seconds(10)
    job.checkpointInterval = .seconds(100)
    job.checkpointTime = .seconds(5)
    job.restart = .constant(20)
    let outcome = try #require(
      try Self.run(Self.worlds([job], supply: [(0, 100)])).training.first)
    // 10 + 20 start + 100 + 5 + 100 + 5 + 50.
    #expect(outcome.started == 10_000_000_000)
    #expect(outcome.ended == 290_000_000_000)
    #expect(outcome.checkpoints == 2)
    #expect(outcome.overhead == 30_000_000_000)
    #expect(outcome.held == 280_000_000_000)
    #expect(outcome.lost == 0 && outcome.waited == 0)
  }

  /// What is done needs no checkpoint, also where it is done at an interval's end.
  @Test func workThatEndsWithAnIntervalIsNotSavedOnceMore() throws {
    var job = Self.job(4, work: 200)
    job.checkpointInterval = .seconds(100)
    job.checkpointTime = .seconds(5)
    let outcome = try #require(
      try Self.run(Self.worlds([job], supply: [(0, 100)])).training.first)
    #expect(outcome.ended == 205_000_000_000)
    #expect(outcome.checkpoints == 1 && outcome.overhead == 5_000_000_000)
  }

  /// Stopped in the middle of saving: all of the stretch is lost, and no more than it.
  @Test func aCheckpointUnderWayIsNotWork() throws {
    var job = Self.job(4, work: 250)
    job.checkpointInterval = .seconds(100)
    job.checkpointTime = .seconds(20)
    // A shrinking spot market takes the machines at 110 s, in the first checkpoint.
    var worlds = ElasticWorlds()
    worlds.small.seconds = 1000
    worlds.small.arrivals = .poisson(rate: 1)
    worlds.markets = [
      ElasticWorlds.market(.onDemand, [(0, 100)]),
      ElasticWorlds.market(.spot, [(0, 4), (110, 0), (200, 4)]),
    ]
    job.market = 1
    var world = worlds.world
    world.training = [job]
    let outcome = try #require(try Self.run(world).training.first)
    #expect(outcome.preemptions == 1 && outcome.lost == 100_000_000_000)
    // 10 s of the checkpoint that was cut off, and two whole ones.
    #expect(outcome.overhead == 50_000_000_000)
    #expect(outcome.waited == 90_000_000_000)
    #expect(outcome.ended == 490_000_000_000)
  }

  @Test func aGangWaitsUntilAllOfItIsThere() throws {
    // Two accelerators are the pool's.
    let outcome = try #require(
      try Self.run(Self.worlds([Self.job(4, work: 50)], supply: [(0, 5), (100, 6)])).training
        .first)
    #expect(outcome.started == 100_000_000_000)
    #expect(outcome.waited == 100_000_000_000)
    #expect(outcome.ended == 150_000_000_000)
  }

  @Test func jobsGoInOrderAndSmallOnesFillGaps() throws {
    var large = Self.job(6, work: 100)
    large.priority = 1
    var first = Self.job(6, work: 100)
    first.name = "first"
    let small = Self.job(2, work: 30)
    let result = try Self.run(Self.worlds([large, first, small], supply: [(0, 10)]))
    // Eight are free: the first by priority is the second job; the small one fits beside it.
    #expect(result.training[1].started == 0)
    #expect(result.training[2].started == 0)
    #expect(result.training[0].started == 100_000_000_000)
  }

  @Test func inferenceTakesWhatItNeeds() throws {
    var job = Self.job(8, work: 500)
    job.checkpointInterval = .seconds(40)
    job.checkpointTime = .seconds(2)
    job.restart = .constant(10)
    var worlds = ElasticWorlds()
    worlds.small.seconds = 1000
    worlds.small.arrivals = .poisson(rate: 1)
    worlds.markets = [ElasticWorlds.market(.onDemand, [(0, 10)])]
    worlds.elastic.markets = [0]
    var settings = AutoscalerSettings(policy: "scheduled")
    settings.lookAhead = .zero
    settings.interval = .seconds(100)
    settings.schedule = [
      .init(from: .zero, replicas: 2), .init(from: .seconds(100), replicas: 4),
      .init(from: .seconds(300), replicas: 2),
    ]
    worlds.settings = settings
    var world = worlds.world
    world.training = [job]
    let outcome = try #require(try Self.run(world).training.first)
    // Started at 0, at work from 10: saved at 52 and 94, 6 s of work lost at 100.
    #expect(outcome.preemptions == 1)
    #expect(outcome.lost == 6_000_000_000)
    #expect(outcome.waited == 200_000_000_000)
    // 80 saved; from 310 on 420 of work with ten checkpoints of 2 s.
    #expect(outcome.ended == (310 + 420 + 2 * 10) * 1_000_000_000)
    world.training[0].isPreemptible = false
    let stubborn = try Self.run(world)
    #expect(stubborn.training[0].preemptions == 0)
    #expect((stubborn.pools[0].capacity?.failedScaleUps ?? 0) > 0)
  }

  @Test func faultsCostTheWorkSinceTheLastCheckpoint() throws {
    var job = Self.job(8, work: 400)
    job.checkpointInterval = .seconds(20)
    job.meanTimeBetweenFaults = .seconds(800)
    let outcome = try #require(
      try Self.run(Self.worlds([job], supply: [(0, 100)])).training.first)
    #expect(outcome.faults > 0)
    #expect(outcome.lost > 0 && outcome.lost < outcome.faults * 20_000_000_000)
    #expect(outcome.ended == 400_000_000_000 + outcome.lost)
  }

  /// A job with a fault rate λ of its gang and no checkpoint takes (e^{λw} − 1)/λ on average: the renewal
  /// argument of Daly, "A higher order estimate of the optimum checkpoint interval", FGCS 22(3), 2006.
  @Test func faultsStretchAJobAsTheFormulaSays() throws {
    var job = Self.job(10, work: 200)
    job.meanTimeBetweenFaults = .seconds(2000)
    let rate = 10.0 / 2000
    let expected = (DeterministicMath.exp(rate * 200) - 1) / rate
    var sum = 0.0
    var squares = 0.0
    let runs = 400
    var world = Self.worlds([job], supply: [(0, 100)])
    world.horizon = .seconds(20_000)
    world.workloads[0].spec.arrivals = .poisson(rate: 0.001)
    for seed in 0..<runs {
      world.seed = UInt64(seed)
      let ended = Double(try Self.run(world).training[0].ended) / 1e9
      #expect(ended > 0)
      sum += ended
      squares += ended * ended
    }
    let mean = sum / Double(runs)
    let deviation = ((squares / Double(runs) - mean * mean) / Double(runs)).squareRoot()
    #expect(abs(mean - expected) < 4 * deviation, "\(mean) against \(expected) ± \(deviation)")
  }
}
