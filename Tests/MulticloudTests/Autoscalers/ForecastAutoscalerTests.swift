import SimulationKernel
import Testing

@testable import Multicloud

@Suite("Autoscaler forecast")
struct ForecastAutoscalerTests {
  private var settings: AutoscalerSettings {
    var settings = ForecastAutoscaler.usual
    settings.target = 2
    settings.window = .seconds(60)
    settings.season = .seconds(3600 * 4)
    settings.bin = .seconds(3600)
    settings.lookAhead = .seconds(600)
    settings.planInterval = .seconds(3600)
    settings.downDelay = .seconds(300)
    settings.deviations = 0
    return settings
  }

  private func pool(
    minimum: Int = 0, maximum: Int = 1000, initial: Int = 1, accelerators: Int = 1,
    price: Int64 = 0, market: Int = -1, target: Double = 0
  ) -> ScaledPool {
    ScaledPool(
      minimum: minimum, maximum: maximum, initial: initial, slotsPerReplica: 8,
      acceleratorsPerReplica: accelerators, picodollarsPerReplicaHour: price, market: market,
      target: target)
  }

  /// A policy that is told a rate each minute, spread over its pools alike, and decides each minute.
  private final class Run {
    var policy: ForecastAutoscaler
    var counts: [Int]
    var minute: Int64 = 0
    var obtainable = Int.max

    init(_ settings: AutoscalerSettings, _ pools: [ScaledPool]) {
      policy = ForecastAutoscaler(settings, pools: pools)
      counts = pools.map(\.initial)
    }

    func steps(_ count: Int, _ rate: Double) -> [Int] { (0..<count).map { _ in step(rate)[0] } }

    func step(_ rate: Double) -> [Int] {
      minute += 1
      let time = SimTime(nanoseconds: minute * 60_000_000_000)
      for place in counts.indices {
        var sample = PoolSample(time: time, length: .seconds(60))
        sample.arrivals = Int64(rate * 60) / Int64(counts.count)
        policy.observe(sample, of: place)
      }
      let wanted = policy.decide(
        counts.map { ReplicaCounts(ready: $0, obtainableAccelerators: obtainable) }, at: time)
      counts = wanted
      return wanted
    }
  }

  private let day: [Double] = [4, 8, 16, 12]

  @Test(
    "on a load that repeats, each plan is for the greatest load of its time, and is there before it"
  )
  func seasons() {
    let run = Run(settings, [pool()])
    var wanted: [Int] = []
    for hour in 0..<12 {
      for _ in 0..<60 { wanted.append(run.step(day[hour % 4])[0]) }
    }
    // The plan of the first minute of an hour is for the load from 11 minutes into it to 11 minutes into
    // the next; half an hour later the load of the hour before is forgotten.
    let plans = (4..<12).map { wanted[$0 * 60 + 30] }
    let exact = (4..<12).map { Int(max(day[$0 % 4], day[($0 + 1) % 4]) / 2) }
    #expect(plans == exact)
    // In the second and third day no minute has fewer replicas than its load needs.
    for minute in 241..<720 { #expect(Double(wanted[minute]) * 2 >= day[minute / 60 % 4]) }
  }

  @Test(
    "a known season is used from the first decision on, from the time of day at which the run begins"
  )
  func history() {
    var settings = settings
    settings.history = [4, 8, 16, 12]
    settings.startOfDay = .seconds(3600)
    let run = Run(settings, [pool()])
    // Minute 1 of hour 1 of the season: the plan looks into hour 2, too.
    #expect(run.step(8) == [8])
    settings.headroom = 0.25
    let raised = Run(settings, [pool()])
    #expect(raised.step(8) == [10])
  }

  @Test("deviations of the error are added")
  func deviations() {
    var settings = settings
    settings.history = [10, 10, 10, 10]
    settings.levelWeight = 0
    settings.trendWeight = 0
    settings.seasonWeight = 0
    settings.deviations = 2
    let run = Run(settings, [pool()])
    #expect(run.step(14) == [7])
    for _ in 2...60 { _ = run.step(14) }
    // The first bin is complete: an error of 4, so 10 + 2 · 4 = 18.
    #expect(run.step(14) == [9])
  }

  @Test("before a season is known the plan is for the load there is, and more comes at once")
  func reactive() {
    let run = Run(settings, [pool(initial: 3)])
    #expect(run.step(10) == [5])
    #expect(run.step(20) == [10])
    // The rush is over, and has been for five minutes: back to the plan.
    #expect(run.steps(5, 8) == [10, 10, 10, 10, 5])
  }

  @Test("an emergency goes beyond the plan and raises by the headroom; what is enough stays")
  func emergency() {
    var settings = settings
    settings.history = [10, 10, 10, 10]
    settings.headroom = 0.2
    let run = Run(settings, [pool()])
    #expect(run.step(10) == [6])
    #expect(run.step(12) == [6])
    #expect(run.step(13) == [8])
    #expect(run.step(16) == [8])
    #expect(run.step(17) == [11])
    #expect(run.steps(5, 9) == [11, 11, 11, 11, 6])
  }

  @Test("a plan for a quiet hour takes nothing away while the load is there")
  func quietHour() {
    var settings = settings
    settings.history = [20, 4, 4, 4]
    settings.lookAhead = .seconds(3600)
    let run = Run(settings, [pool(initial: 10)])
    #expect(run.steps(59, 20).allSatisfy { $0 == 10 })
    #expect(run.steps(6, 4) == [10, 10, 10, 10, 2, 2])
  }

  @Test("with a new plan, what an emergency raised is measured anew")
  func emergencyAtPlan() {
    var settings = settings
    settings.history = [4, 4, 4, 4]
    let run = Run(settings, [pool()])
    #expect(run.step(40) == [20])
    // The rush is over, the load still beyond the plan: what is enough stays.
    #expect(run.steps(59, 12).allSatisfy { $0 == 20 })
    #expect(run.step(12) == [6])
  }

  @Test("all pools are planned together: the cheapest that are to be had")
  func group() {
    var settings = settings
    settings.history = [24, 24, 24, 24]
    let dear = pool(initial: 0, accelerators: 1, price: 3_000_000_000_000, market: 0)
    let cheap = pool(
      initial: 0, accelerators: 2, price: 8_000_000_000_000, market: 0, target: 6)
    let free = Run(settings, [dear, cheap])
    #expect(free.step(24) == [0, 4])
    let scarce = Run(settings, [dear, cheap])
    scarce.obtainable = 7
    #expect(scarce.step(24) == [1, 3])
    #expect(scarce.policy.shortfall == 4)
    // What comes is taken, though the plan is not due.
    scarce.obtainable = 2
    #expect(scarce.step(24) == [3, 3])
    #expect(scarce.policy.shortfall == 0)
    #expect(scarce.step(24) == [3, 3])
  }

  @Test("the maxima of the pools bound it, and it says so")
  func maxima() {
    var settings = settings
    settings.history = [24, 24, 24, 24]
    let run = Run(settings, [pool(maximum: 4), pool(minimum: 2, maximum: 5)])
    #expect(run.step(24) == [4, 5])
    #expect(run.policy.shortfall == 6)
  }
}
