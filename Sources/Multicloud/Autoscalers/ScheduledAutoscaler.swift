import SimulationKernel

/// The size of the ``AutoscalerSettings/schedule`` for the time of day that comes
/// ``AutoscalerSettings/lookAhead`` from now, so that replicas are there when they are due.
///
/// A size holds from its time of day until the next one's, over midnight too. The rule of scheduled actions
/// as EC2 Auto Scaling and Kubernetes' cron scaler have them (AWS documentation, "Scheduled scaling", read
/// 2026-08; kedacore/keda, cron scaler, v2.17, 2025-04).
struct ScheduledAutoscaler: Autoscaler {
  static let name = "scheduled"
  static let reads: [AutoscalerSetting] = [.schedule, .lookAhead, .startOfDay]
  static let requires: [AutoscalerSetting] = [.schedule]

  static let usual: AutoscalerSettings = {
    var settings = AutoscalerSettings(policy: name)
    settings.lookAhead = .zero
    return settings
  }()

  static let scalesUnits = true

  private static let day = Duration.seconds(86_400)

  private let pool: ScaledPool
  private let schedule: [AutoscalerSettings.ScheduledSize]
  private let begin: Duration

  init(_ settings: AutoscalerSettings, pools: [ScaledPool]) {
    precondition(!settings.schedule.isEmpty)
    precondition(
      zip(settings.schedule, settings.schedule.dropFirst()).allSatisfy { $0.from < $1.from })
    pool = pools[0]
    schedule = settings.schedule
    begin = settings.startOfDay + settings.lookAhead
  }

  mutating func observe(_ sample: PoolSample, of pool: Int) {}

  mutating func decide(_ counts: [ReplicaCounts], at now: SimTime) -> [Int] {
    let timeOfDay = (now.nanoseconds + begin.nanoseconds) % Self.day.nanoseconds
    let entry = schedule.last { $0.from.nanoseconds <= timeOfDay } ?? schedule[schedule.count - 1]
    return [pool.clipped(entry.replicas)]
  }
}
