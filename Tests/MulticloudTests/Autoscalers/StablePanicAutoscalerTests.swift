import SimulationKernel
import Testing

@testable import Multicloud

@Suite("Autoscaler stable-panic")
struct StablePanicAutoscalerTests {
  private var settings: AutoscalerSettings {
    var settings = StablePanicAutoscaler.usual
    settings.target = 10
    return settings
  }

  /// Feeds a sample every 2 s until the given second, at a concurrency.
  private func feed(
    _ fed: HandFed<StablePanicAutoscaler>, from: Int64, to: Int64, _ concurrency: Double
  ) {
    for second in stride(from: from + 2, through: to, by: 2) {
      fed.see(second, length: 2) { $0.meanOutstanding = concurrency }
    }
  }

  @Test("in calm, what the stable window asks for, between the rates")
  func calm() {
    let fed = HandFed<StablePanicAutoscaler>(settings)
    feed(fed, from: 0, to: 60, 35)
    #expect(fed.decide(60, ready: 4) == 4)
    #expect(fed.decide(60, ready: 3) == 4)
    #expect(fed.decide(60, ready: 10) == 5)
    #expect(fed.decide(60, ready: 9) == 4)
    var slow = settings
    slow.maximumUpRate = 1.1
    slow.panicThreshold = 10
    let bounded = HandFed<StablePanicAutoscaler>(slow)
    feed(bounded, from: 0, to: 60, 100)
    #expect(bounded.decide(60, ready: 2) == 3)
    #expect(bounded.decide(60, ready: 0) == 2)
  }

  @Test("panic begins where the short window needs twice what is ready")
  func enter() {
    let fed = HandFed<StablePanicAutoscaler>(settings)
    feed(fed, from: 0, to: 60, 40)
    #expect(fed.decide(60, ready: 4) == 4)
    feed(fed, from: 60, to: 66, 70)
    // 7 of 4 is not twice: the stable window, (27 × 40 + 3 × 70) / 30 = 43.
    #expect(fed.decide(66, ready: 4) == 5)
    feed(fed, from: 66, to: 72, 75)
    #expect(fed.decide(72, ready: 4) == 8)
  }

  @Test(
    "no fewer in panic, which ends more than a stable window after the threshold was last reached")
  func leave() {
    let fed = HandFed<StablePanicAutoscaler>(settings)
    feed(fed, from: 0, to: 60, 10)
    feed(fed, from: 60, to: 66, 80)
    #expect(fed.decide(66, ready: 1) == 8)
    feed(fed, from: 66, to: 126, 10)
    // Threshold last reached at 66 s.
    #expect(fed.decide(68, ready: 8) == 8)
    #expect(fed.decide(126, ready: 8) == 8)
    #expect(fed.decide(128, ready: 8) == 4)
    #expect(fed.decide(130, ready: 4) == 2)
    #expect(fed.decide(132, ready: 2) == 1)
  }

  @Test("the threshold reached again prolongs panic")
  func prolong() {
    let fed = HandFed<StablePanicAutoscaler>(settings)
    feed(fed, from: 0, to: 6, 80)
    #expect(fed.decide(6, ready: 1) == 8)
    #expect(fed.decide(60, ready: 4) == 8)
    feed(fed, from: 6, to: 126, 0)
    #expect(fed.decide(120, ready: 8) == 8)
    #expect(fed.decide(122, ready: 8) == 4)
  }

  @Test("the greatest decision of the delay counts; to none where nothing is asked")
  func delay() {
    var settings = settings
    settings.downDelay = .seconds(10)
    let fed = HandFed<StablePanicAutoscaler>(settings)
    feed(fed, from: 0, to: 60, 20)
    #expect(fed.decide(60, ready: 2) == 2)
    feed(fed, from: 60, to: 120, 0)
    #expect(fed.decide(62, ready: 2) == 2)
    #expect(fed.decide(69, ready: 2) == 2)
    #expect(fed.decide(70, ready: 2) == 1)
    #expect(fed.decide(90, ready: 1) == 0)
  }
}
