import SimulationKernel
import Testing

@testable import Multicloud

@Suite("Autoscaler provisioned-units")
struct ProvisionedUnitsAutoscalerTests {
  private var settings: AutoscalerSettings {
    var settings = ProvisionedUnitsAutoscaler.usual
    settings.target = 0.8
    settings.toleranceDown = 0.25
    settings.window = .seconds(60)
    settings.maximumUpStep = 2
    return settings
  }

  /// What it wants at a second when that share of the increments was busy.
  private func step(
    _ fed: HandFed<ProvisionedUnitsAutoscaler>, _ seconds: Int64, share: Double, ready: Int,
    starting: Int = 0
  ) -> Int {
    fed.see(seconds, length: 60) {
      $0.busyShare = share
      $0.ready = ready
      $0.outstanding = share > 0 ? 1 : 0
    }
    return fed.decide(seconds, ready: ready, starting: starting)
  }

  @Test("a step above the target, none while one is in progress")
  func up() {
    let fed = HandFed<ProvisionedUnitsAutoscaler>(settings, initial: 4)
    #expect(step(fed, 60, share: 0.8, ready: 4) == 4)
    #expect(step(fed, 120, share: 0.81, ready: 4) == 5)
    #expect(step(fed, 180, share: 1, ready: 4, starting: 1) == 5)
    // 10 / 0.8 is 13: three more, of which a step brings two.
    #expect(step(fed, 240, share: 1, ready: 10) == 12)
  }

  @Test("nothing is given back before what was bought is used up, an hour from the start too")
  func down() {
    let fed = HandFed<ProvisionedUnitsAutoscaler>(settings, initial: 4)
    #expect(step(fed, 3599, share: 0.1, ready: 4) == 4)
    #expect(step(fed, 3600, share: 0.1, ready: 4) == 1)
    #expect(step(fed, 3660, share: 1, ready: 1) == 2)
    #expect(step(fed, 7259, share: 0.1, ready: 2) == 2)
    #expect(step(fed, 7260, share: 0.1, ready: 2) == 1)
  }

  @Test("what was refused was not bought: the hour goes on from the last change")
  func refused() {
    let fed = HandFed<ProvisionedUnitsAutoscaler>(settings, initial: 4)
    // Asked for twice, never had.
    #expect(step(fed, 3000, share: 1, ready: 4) == 5)
    #expect(step(fed, 3060, share: 1, ready: 4) == 5)
    #expect(step(fed, 3600, share: 0.1, ready: 4) == 1)
  }

  @Test("only so many are given back that the rest stays under the target by the tolerance")
  func tolerance() {
    let fed = HandFed<ProvisionedUnitsAutoscaler>(settings, initial: 4)
    // 2.4 increments' worth fill four to 0.6; three would be at 0.8.
    #expect(step(fed, 3600, share: 0.6, ready: 4) == 4)
    #expect(step(fed, 3660, share: 0.45, ready: 4) == 3)
    #expect(step(fed, 3720, share: 0, ready: 3) == 3)
  }

  @Test("from none for the first request")
  func none() {
    let fed = HandFed<ProvisionedUnitsAutoscaler>(settings, initial: 0)
    #expect(step(fed, 60, share: 0, ready: 0) == 0)
    fed.see(120, length: 60) { $0.outstanding = 1 }
    #expect(fed.decide(120, ready: 0) == 1)
  }
}
