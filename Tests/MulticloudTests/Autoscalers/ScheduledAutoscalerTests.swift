import SimulationKernel
import Testing

@testable import Multicloud

@Suite("Autoscaler scheduled")
struct ScheduledAutoscalerTests {
  private var settings: AutoscalerSettings {
    var settings = ScheduledAutoscaler.usual
    settings.schedule = [
      .init(from: .seconds(8 * 3600), replicas: 10), .init(from: .seconds(20 * 3600), replicas: 3),
    ]
    return settings
  }

  private func size(_ settings: AutoscalerSettings, _ seconds: Int64, maximum: Int = 100) -> Int {
    let fed = HandFed<ScheduledAutoscaler>(settings, maximum: maximum)
    return fed.decide(seconds, ready: 1)
  }

  @Test("from its time of day on, over midnight, day after day")
  func timeOfDay() {
    #expect(size(settings, 0) == 3)
    #expect(size(settings, 8 * 3600 - 1) == 3)
    #expect(size(settings, 8 * 3600) == 10)
    #expect(size(settings, 20 * 3600 - 1) == 10)
    #expect(size(settings, 20 * 3600) == 3)
    #expect(size(settings, 86_400 + 9 * 3600) == 10)
    #expect(size(settings, 9 * 3600, maximum: 8) == 8)
  }

  @Test("the run may begin at any time of day, and replicas may be asked for ahead of time")
  func ahead() {
    var settings = settings
    settings.startOfDay = .seconds(7 * 3600)
    #expect(size(settings, 3599) == 3)
    #expect(size(settings, 3600) == 10)
    settings.lookAhead = .seconds(600)
    #expect(size(settings, 2999) == 3)
    #expect(size(settings, 3000) == 10)
  }
}
