import SimulationKernel
import Testing

@testable import Multicloud

@Suite("Autoscaler headroom")
struct HeadroomAutoscalerTests {
  private var settings: AutoscalerSettings {
    var settings = HeadroomAutoscaler.usual
    settings.signal = .slots
    settings.target = 0.75
    settings.queueLimit = 2
    settings.firstTokenShare = 0.9
    settings.downDelay = .zero
    return settings
  }

  private func once(
    _ settings: AutoscalerSettings, waiting: Int = 0, share: Double = 0.74, inTime: Int64 = 100,
    ready: Int = 4, starting: Int = 0
  ) -> Int {
    let fed = HandFed<HeadroomAutoscaler>(settings)
    fed.see(15) {
      $0.waiting = waiting
      $0.outstanding = waiting + (share > 0 ? 1 : 0)
      $0.slotShare = share
      $0.ready = ready
      $0.firstTokens = 100
      $0.firstTokensInTime = inTime
    }
    return fed.decide(15, ready: ready, starting: starting)
  }

  @Test("one more above the queue limit or below the share of first tokens, not at them")
  func up() {
    #expect(once(settings, waiting: 8) == 4)
    #expect(once(settings, waiting: 9) == 5)
    #expect(once(settings, waiting: 80) == 5)
    #expect(once(settings, inTime: 90) == 4)
    #expect(once(settings, inTime: 89) == 5)
  }

  @Test("as many as bring the queue to its limit where the rate allows")
  func rate() {
    var settings = settings
    settings.maximumUpRate = 2
    #expect(once(settings, waiting: 11) == 6)
    #expect(once(settings, waiting: 80) == 8)
  }

  @Test("those that start count, and none goes while one starts")
  func starting() {
    #expect(once(settings, waiting: 80, starting: 1) == 5)
    #expect(once(settings, waiting: 80, starting: 3) == 7)
    #expect(once(settings, share: 0.1, starting: 1) == 5)
  }

  @Test("one fewer where the others would bear it")
  func down() {
    // 0.5625 × 4 over three is 0.75, the target.
    #expect(once(settings, share: 0.5625) == 3)
    #expect(once(settings, share: 0.57) == 4)
    #expect(once(settings, waiting: 6, share: 0.1) == 3)
    #expect(once(settings, waiting: 7, share: 0.1) == 4)
    #expect(once(settings, share: 0.1, inTime: 80) == 5)
  }

  @Test("the last one goes only from an empty pool; from none one comes for the first request")
  func ends() {
    #expect(once(settings, share: 0.01, ready: 1) == 1)
    #expect(once(settings, share: 0, ready: 1) == 0)
    #expect(once(settings, waiting: 1, share: 0, ready: 0) == 1)
    #expect(once(settings, waiting: 0, share: 0, ready: 0) == 0)
  }

  @Test("a wish must last its delay")
  func delays() {
    var settings = settings
    settings.upDelay = .seconds(30)
    settings.window = .seconds(15)
    let fed = HandFed<HeadroomAutoscaler>(settings)
    var wanted: [Int] = []
    for (step, waiting) in [9, 9, 0, 9, 9, 9].enumerated() {
      let now = Int64(step + 1) * 15
      fed.see(now) {
        $0.waiting = waiting
        $0.slotShare = 0.7
        $0.ready = 4
        $0.outstanding = 20
      }
      wanted.append(fed.decide(now, ready: 4))
    }
    #expect(wanted == [4, 4, 4, 4, 4, 5])
  }
}
