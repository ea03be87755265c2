import SimulationKernel
import Testing

@testable import Multicloud

@Suite("Autoscaler target-utilization")
struct TargetUtilizationAutoscalerTests {
  private var settings: AutoscalerSettings {
    var settings = TargetUtilizationAutoscaler.usual
    settings.target = 0.5
    settings.window = .seconds(15)
    settings.toleranceUp = 0.25
    settings.toleranceDown = 0.25
    settings.downDelay = .zero
    settings.maximumUpRate = .infinity
    return settings
  }

  private func once(
    _ settings: AutoscalerSettings, share: Double, ready: Int, starting: Int = 0,
    outstanding: Int = 1, maximum: Int = 100
  ) -> Int {
    let fed = HandFed<TargetUtilizationAutoscaler>(settings, maximum: maximum)
    fed.see(15) {
      $0.slotShare = share
      $0.ready = ready
      $0.outstanding = outstanding
    }
    return fed.decide(15, ready: ready, starting: starting)
  }

  @Test("⌈ready × value / target⌉, the edges of the tolerance inside it")
  func rule() {
    #expect(once(settings, share: 0.5, ready: 4) == 4)
    #expect(once(settings, share: 0.625, ready: 4) == 4)
    #expect(once(settings, share: 0.626, ready: 4) == 6)
    #expect(once(settings, share: 1, ready: 4) == 8)
    #expect(once(settings, share: 0.375, ready: 4) == 4)
    #expect(once(settings, share: 0.374, ready: 4) == 3)
    #expect(once(settings, share: 0, ready: 4) == 0)
    #expect(once(settings, share: 1, ready: 4, maximum: 7) == 7)
  }

  @Test("those that are starting count as idle on the way up, and not at all on the way down")
  func starting() {
    // 4 replicas' worth over six: 0.667, above 0.625.
    #expect(once(settings, share: 1, ready: 4, starting: 2) == 8)
    // Over seven 0.571, in the band.
    #expect(once(settings, share: 1, ready: 4, starting: 3) == 7)
    #expect(once(settings, share: 1, ready: 4, starting: 9) == 13)
    #expect(once(settings, share: 0.25, ready: 4, starting: 2) == 2)
  }

  @Test("from none when a request is there")
  func none() {
    #expect(once(settings, share: 0, ready: 0, outstanding: 0) == 0)
    #expect(once(settings, share: 0, ready: 0, outstanding: 3) == 1)
    #expect(once(settings, share: 0, ready: 0, starting: 2, outstanding: 3) == 2)
    var concurrency = settings
    concurrency.signal = .concurrency
    concurrency.target = 4
    let fed = HandFed<TargetUtilizationAutoscaler>(concurrency)
    fed.see(15) {
      $0.meanOutstanding = 9
      $0.outstanding = 9
    }
    #expect(fed.decide(15, ready: 0) == 3)
  }

  /// Decides every 15 s; shares are of one replica's worth of load each.
  private func run(_ loads: [Double], _ settings: AutoscalerSettings, initial: Int) -> [Int] {
    let fed = HandFed<TargetUtilizationAutoscaler>(settings)
    var ready = initial
    return loads.enumerated().map { index, load in
      let now = Int64(index + 1) * 15
      fed.see(now) {
        $0.ready = ready
        $0.slotShare = load / Double(ready)
        $0.outstanding = 1
      }
      ready = fed.decide(now, ready: ready)
      return ready
    }
  }

  @Test("down to the greatest recommendation of the window; one exactly as old is out")
  func downWindow() {
    var settings = settings
    settings.downDelay = .seconds(45)
    // Recommendations 4, 2, 3, 2, 2, 2: the 4 counts at 15, 30 and 45 s, the 3 of 45 s until 75 s.
    #expect(run([2, 1, 1.4, 1, 1, 1], settings, initial: 4) == [4, 4, 4, 3, 3, 2])
  }

  @Test("up to the least recommendation of the window")
  func upWindow() {
    var settings = settings
    settings.upDelay = .seconds(45)
    #expect(run([2, 4, 3, 4, 4, 4], settings, initial: 4) == [4, 4, 4, 6, 6, 8])
  }

  @Test("four more or twice as many in 15 s, whichever is more")
  func rate() {
    var settings = settings
    settings.maximumUpRate = 2
    #expect(once(settings, share: 100, ready: 1) == 5)
    #expect(once(settings, share: 100, ready: 10) == 20)
    settings.maximumUpStep = 0
    #expect(once(settings, share: 100, ready: 10) == 20)
    settings.maximumUpRate = 1.25
    #expect(once(settings, share: 100, ready: 10) == 13)
    settings.maximumDownRate = 4
    #expect(once(settings, share: 0, ready: 10) == 3)
  }

  @Test("the rates bound what a period adds, not what a decision does")
  func ratePeriod() {
    var settings = settings
    settings.maximumUpRate = 2
    settings.maximumUpStep = 0
    settings.ratePeriod = .seconds(15)
    // A change that is as old as the period is forgotten.
    #expect(run([40, 40, 40], settings, initial: 4) == [8, 16, 32])
    settings.ratePeriod = .seconds(40)
    // 8 from 4 at 15 s; the change is forgotten 40 s later.
    #expect(run([40, 40, 40, 40, 40], settings, initial: 4) == [8, 8, 8, 16, 16])
  }
}
