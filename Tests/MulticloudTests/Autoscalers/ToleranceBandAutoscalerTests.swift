import SimulationKernel
import Testing

@testable import Multicloud

@Suite("Autoscaler tolerance-band")
struct ToleranceBandAutoscalerTests {
  private func once(
    share: Double, ready: Int, starting: Int = 0, maximum: Int = 100, outstanding: Int = 0
  ) -> Int {
    var settings = ToleranceBandAutoscaler.usual
    settings.target = 0.5
    settings.toleranceUp = 0.25
    settings.toleranceDown = 0.5
    settings.downDelay = .zero
    let fed = HandFed<ToleranceBandAutoscaler>(settings, maximum: maximum)
    fed.see(15) {
      $0.cacheShare = share
      $0.ready = ready
      $0.outstanding = outstanding
    }
    return fed.decide(15, ready: ready, starting: starting)
  }

  @Test("nothing in the band, edges included")
  func band() {
    for share in [0.25, 0.3, 0.5, 0.6, 0.625] { #expect(once(share: share, ready: 8) == 8) }
    #expect(once(share: 0.63, ready: 8) == 11)
    #expect(once(share: 0.24, ready: 8) == 4)
  }

  @Test("at most twice, at least half")
  func rates() {
    #expect(once(share: 1, ready: 5) == 10)
    #expect(once(share: 3, ready: 5) == 10)
    #expect(once(share: 3, ready: 5, maximum: 7) == 7)
    #expect(once(share: 0.2, ready: 5) == 2)
    #expect(once(share: 0, ready: 5) == 2)
    #expect(once(share: 0, ready: 1) == 0)
  }

  @Test("down to the greatest recommendation of the delay")
  func delay() {
    var settings = ToleranceBandAutoscaler.usual
    settings.target = 0.5
    settings.window = .seconds(15)
    settings.downDelay = .seconds(30)
    let fed = HandFed<ToleranceBandAutoscaler>(settings)
    var wanted: [Int] = []
    for (step, share) in [0.5, 0.25, 0.25, 0.25].enumerated() {
      let now = Int64(step + 1) * 15
      fed.see(now) {
        $0.cacheShare = share
        $0.ready = 4
      }
      wanted.append(fed.decide(now, ready: 4))
    }
    // At 45 s the recommendation of 15 s, for four, is as old as the delay.
    #expect(wanted == [4, 4, 2, 2])
  }

  @Test("too much load takes no starting replica back, too little asks for none")
  func starting() {
    #expect(once(share: 1, ready: 2, starting: 1) == 4)
    #expect(once(share: 1, ready: 2, starting: 5) == 7)
    #expect(once(share: 0.2, ready: 4, starting: 1) == 2)
    #expect(once(share: 0, ready: 0, starting: 0, outstanding: 1) == 1)
    #expect(once(share: 0, ready: 0, starting: 0) == 0)
  }
}
