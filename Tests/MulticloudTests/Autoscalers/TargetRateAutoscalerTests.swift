import SimulationKernel
import Testing

@testable import Multicloud

@Suite("Autoscaler target-rate")
struct TargetRateAutoscalerTests {
  private var settings: AutoscalerSettings {
    var settings = TargetRateAutoscaler.usual
    settings.target = 2
    settings.upDelay = .seconds(60)
    settings.downDelay = .seconds(100)
    return settings
  }

  /// Decides every 20 s at rates a second; what it wants after each.
  private func run(
    _ rates: [Int64], _ settings: AutoscalerSettings, initial: Int, maximum: Int = 100
  ) -> [Int] {
    let fed = HandFed<TargetRateAutoscaler>(settings, maximum: maximum, initial: initial)
    var ready = initial
    return rates.enumerated().map { index, rate in
      let now = Int64(index + 1) * 20
      fed.see(now, length: 20) { $0.arrivals = rate * 20 }
      ready = fed.decide(now, ready: ready)
      return ready
    }
  }

  @Test("up at the third decision in a row that wants more, as 60 s hold three of 20 s")
  func up() {
    var settings = settings
    settings.window = .seconds(20)
    #expect(run([8, 8, 8, 8], settings, initial: 2) == [2, 2, 4, 4])
    // The wish may grow meanwhile; what is wanted last counts.
    #expect(run([6, 8, 12, 12], settings, initial: 2) == [2, 2, 6, 6])
    // One decision that is content begins the count again.
    #expect(run([8, 8, 4, 8, 8, 8], settings, initial: 2) == [2, 2, 2, 2, 2, 4])
  }

  @Test("down at the fifth, and a wish for more in between begins the count again")
  func down() {
    var settings = settings
    settings.window = .seconds(20)
    #expect(run([4, 4, 4, 4, 4, 4], settings, initial: 5) == [5, 5, 5, 5, 2, 2])
    #expect(
      run([4, 4, 4, 4, 12, 4, 4, 4, 4, 4], settings, initial: 5)
        == [5, 5, 5, 5, 5, 5, 5, 5, 5, 2])
  }

  @Test("from none at once, to none after the delay")
  func zero() {
    var settings = settings
    settings.window = .seconds(20)
    #expect(run([0, 7, 7], settings, initial: 0) == [0, 4, 4])
    #expect(run([0, 0, 0, 0, 0, 1], settings, initial: 1) == [1, 1, 1, 1, 0, 1])
  }

  @Test("without delay at once; a delay shorter than two decisions is none")
  func noDelay() {
    var settings = settings
    settings.window = .seconds(20)
    settings.upDelay = .zero
    settings.downDelay = .seconds(39)
    #expect(run([8, 4, 6], settings, initial: 1) == [4, 2, 3])
  }

  @Test("a wish beyond the maximum is no wish")
  func clipping() {
    var settings = settings
    settings.window = .seconds(20)
    #expect(run([40, 40, 40, 40], settings, initial: 3, maximum: 3) == [3, 3, 3, 3])
    // Had the wish for 20 counted, this would come down a decision later.
    #expect(run([40, 4, 4, 4, 4, 4], settings, initial: 3, maximum: 3) == [3, 3, 3, 3, 3, 2])
  }

  @Test("the rate is that of the window: 60 s hold three samples")
  func window() {
    var settings = settings
    settings.upDelay = .zero
    settings.downDelay = .zero
    // 12, 6, 4, then 4, 4 and 0 a second.
    #expect(run([12, 0, 0, 12, 0, 0, 0], settings, initial: 1) == [6, 3, 2, 2, 2, 2, 0])
  }

  @Test("it compares with what it decided: a replica that failed is asked for again at once")
  func failure() {
    let fed = HandFed<TargetRateAutoscaler>(settings, initial: 4)
    fed.see(20, length: 20) { $0.arrivals = 160 }
    #expect(fed.decide(20, ready: 3) == 4)
    #expect(fed.decide(40, ready: 3, starting: 1) == 4)
  }
}
