import SimulationKernel
import Testing

@testable import Multicloud

@Suite("Autoscalers: windows, rounding, wishes")
struct AutoscalerPartsTests {
  private func sample(_ seconds: Int64, length: Int64, arrivals: Int64 = 0) -> PoolSample {
    var sample = PoolSample(
      time: SimTime(nanoseconds: seconds * 1_000_000_000), length: .seconds(length))
    sample.arrivals = arrivals
    return sample
  }

  @Test("a window ends with the newest sample; what is exactly its length old is out")
  func edges() {
    var window = SampleWindow(.seconds(60))
    #expect(window.arrivalRate == nil)
    window.take(sample(20, length: 20, arrivals: 200))
    #expect(window.arrivalRate == 10)
    window.take(sample(40, length: 20, arrivals: 0))
    #expect(window.arrivalRate == 5)
    window.take(sample(60, length: 20, arrivals: 100))
    #expect(window.arrivalRate == 5)
    window.take(sample(79, length: 19, arrivals: 0))
    // Of 79 s the window keeps what was read after 19 s: all four.
    #expect(window.arrivalRate == 300.0 / 79)
    window.take(sample(80, length: 1, arrivals: 0))
    #expect(window.arrivalRate == 100.0 / 60)
  }

  @Test("the newest sample is in every window, and times weigh")
  func shortWindow() {
    var window = SampleWindow(.seconds(1))
    window.take(sample(20, length: 20, arrivals: 200))
    #expect(window.arrivalRate == 10)
    var long = SampleWindow(.seconds(100))
    var (few, many) = (sample(10, length: 10), sample(40, length: 30))
    (few.ready, few.slotShare, few.meanOutstanding) = (1, 1, 8)
    (many.ready, many.slotShare, many.meanOutstanding) = (4, 0.5, 16)
    long.take(few)
    long.take(many)
    #expect(long.load(.slots) == 1.75)
    #expect(long.load(.concurrency) == 14)
    #expect(long.firstTokenShare == nil)
  }

  @Test("a billionth is forgiven, no more")
  func rounding() {
    #expect((2.1 / 0.3).rounded(.up) == 8)
    #expect(ReplicaNeed.count(2.1, at: 0.3) == 7)
    #expect(ReplicaNeed.count(2.1 + 1e-6, at: 0.3) == 8)
    #expect(ReplicaNeed.count(0, at: 0.1) == 0)
    #expect(ReplicaNeed.count(1e-12, at: 1) == 1)
    #expect(ReplicaNeed.count(1e300, at: 1e-9) == ReplicaNeed.most)
    #expect(ReplicaNeed.product(0, .infinity) == ReplicaNeed.most)
    #expect(ReplicaNeed.product(3, 1.1) == 4 && ReplicaNeed.product(10, 1.1) == 11)
    #expect(ReplicaNeed.ceiling(.infinity) == ReplicaNeed.most)
    #expect(ReplicaNeed.floor(0.3 / 0.1) == 3)
    #expect(ReplicaNeed.floor(2.9999) == 2)
    #expect(!ReplicaNeed.isAbove(0.66 / 0.6, 1.1) && ReplicaNeed.isAbove(1.1001, 1.1))
    #expect(!ReplicaNeed.isBelow(0.3 / 0.1, 3) && ReplicaNeed.isBelow(2.999, 3))
  }

  @Test("a wish is granted when it has lasted, and begins again when it turns")
  func wishes() {
    var wish = LastingWish()
    func isDue(_ wanted: Int, _ seconds: Int64) -> Bool {
      wish.isDue(
        wanted, instead: 2, at: SimTime(nanoseconds: seconds * 1_000_000_000),
        after: .seconds(30), .seconds(60))
    }
    #expect(!isDue(3, 0))
    #expect(!isDue(4, 29))
    #expect(isDue(3, 30))
    #expect(!isDue(2, 31))
    #expect(!isDue(3, 32))
    #expect(!isDue(1, 40))
    #expect(!isDue(1, 99))
    #expect(isDue(1, 100))
  }

  @Test(
    "windows of recommendations: the least on the way up, the greatest on the way down, old ones out"
  )
  func recommendations() {
    func follow(_ past: [(Int64, Int)], _ recommended: Int, at seconds: Int64) -> Int {
      var windows = RecommendationWindows(up: .seconds(60), down: .seconds(30))
      for (time, replicas) in past {
        _ = windows.stabilised(
          replicas, instead: 4, at: SimTime(nanoseconds: time * 1_000_000_000))
      }
      return windows.stabilised(
        recommended, instead: 4, at: SimTime(nanoseconds: seconds * 1_000_000_000))
    }
    #expect(follow([(0, 6)], 8, at: 59) == 6)
    #expect(follow([(0, 6)], 8, at: 60) == 8)
    #expect(follow([(0, 2)], 8, at: 59) == 4)
    #expect(follow([(0, 3)], 1, at: 29) == 3)
    #expect(follow([(0, 3)], 1, at: 30) == 1)
    #expect(follow([(0, 9)], 1, at: 29) == 4)
    #expect(follow([(0, 3), (10, 2)], 1, at: 39) == 2)
  }

  @Test("every policy has a name of its own, and settings it can begin with")
  func registry() throws {
    let names = PolicyRegistry.autoscalers.map { $0.name }
    #expect(names == names.sorted() && Set(names).count == names.count)
    #expect(
      names == [
        "forecast", "headroom", "provisioned-units", "scheduled", "stable-panic", "target-rate",
        "target-utilization", "tolerance-band",
      ])
    for type in PolicyRegistry.autoscalers {
      #expect(type.usual.policy == type.name)
      #expect(Set(type.reads).count == type.reads.count)
      #expect(Set(type.reads).isDisjoint(with: AutoscalerSetting.ofAll))
      #expect(Set(type.requires).isSubset(of: type.reads))
      var settings = type.usual
      settings.schedule = [.init(from: .zero, replicas: 2)]
      let pool = ScaledPool(minimum: 0, maximum: 4, initial: 2, slotsPerReplica: 8)
      var policy = type.init(settings, pools: [pool])
      // Before anything was seen, nothing changes.
      let wanted = policy.decide([ReplicaCounts(ready: 2)], at: .zero)
      #expect(wanted == [2], "\(type.name)")
    }
    let read = Set(PolicyRegistry.autoscalers.flatMap { $0.reads } + AutoscalerSetting.ofAll)
    #expect(read == Set(AutoscalerSetting.allCases))
  }
}
