import SimulationKernel

/// As many replicas as bring a signal to its target: ⌈ready × value / target⌉, nothing inside the
/// tolerance; the least such recommendation of the last ``AutoscalerSettings/upDelay`` on the way up, the
/// greatest of the last ``AutoscalerSettings/downDelay`` on the way down; and no faster than the rates.
///
/// The rule of Kubernetes' HorizontalPodAutoscaler (kubernetes/kubernetes, pkg/controller/podautoscaler,
/// horizontal.go and replica_calculator.go, v1.33, 2025-04; tolerances by direction after KEP-4951). On the
/// way up, replicas that are starting count as idle, and where they are enough nothing changes. In
/// ``AutoscalerSettings/ratePeriod`` a pool grows by at most ``AutoscalerSettings/maximumUpStep`` or the
/// factor ``AutoscalerSettings/maximumUpRate``, whichever is more, and shrinks by at most the factor
/// ``AutoscalerSettings/maximumDownRate``. Kubernetes does not begin from no replica; here one is asked
/// for as soon as a request is there.
struct TargetUtilizationAutoscaler: Autoscaler {
  static let name = "target-utilization"
  static let reads: [AutoscalerSetting] = [
    .signal, .target, .window, .toleranceUp, .toleranceDown, .upDelay, .downDelay, .maximumUpRate,
    .maximumDownRate, .maximumUpStep, .ratePeriod,
  ]
  static let requires: [AutoscalerSetting] = [.target]

  static let usual: AutoscalerSettings = {
    var settings = AutoscalerSettings(policy: name)
    settings.signal = .slots
    settings.interval = .seconds(15)
    settings.toleranceUp = 0.1
    settings.toleranceDown = 0.1
    settings.downDelay = .seconds(300)
    settings.maximumUpRate = 2
    settings.maximumUpStep = 4
    settings.ratePeriod = .seconds(15)
    return settings
  }()

  private let settings: AutoscalerSettings
  private let pool: ScaledPool
  private var window: SampleWindow
  private var past: RecommendationWindows
  private var changes: [(time: Int64, replicas: Int)] = []

  init(_ settings: AutoscalerSettings, pools: [ScaledPool]) {
    precondition(settings.target > 0)
    precondition(settings.maximumUpRate >= 1 && settings.maximumDownRate >= 1)
    self.settings = settings
    pool = pools[0]
    window = SampleWindow(settings.window)
    past = RecommendationWindows(up: settings.upDelay, down: settings.downDelay)
  }

  mutating func observe(_ sample: PoolSample, of pool: Int) { window.take(sample) }

  mutating func decide(_ counts: [ReplicaCounts], at now: SimTime) -> [Int] {
    let present = counts[0].committed
    guard let load = window.load(settings.signal) else { return [present] }
    let recommended = recommendation(counts[0], load)
    let stable = past.stabilised(recommended, instead: present, at: now)
    let wanted = pool.clipped(bounded(stable, present, now.nanoseconds))
    if wanted != present { changes.append((now.nanoseconds, wanted - present)) }
    return [wanted]
  }

  private func recommendation(_ counts: ReplicaCounts, _ load: Double) -> Int {
    let present = counts.committed
    let needed = ReplicaNeed.count(load, at: settings.target)
    guard counts.ready > 0 else {
      return (window.last?.outstanding ?? 0) > 0 ? max(present, needed, 1) : present
    }
    let highest = settings.target * (1 + settings.toleranceUp)
    if ReplicaNeed.isAbove(load / Double(counts.ready), highest) {
      return ReplicaNeed.isAbove(load / Double(present), highest) ? max(needed, present) : present
    }
    let lowest = settings.target * (1 - settings.toleranceDown)
    return ReplicaNeed.isBelow(load / Double(counts.ready), lowest) ? min(needed, present) : present
  }

  /// No more, and no fewer, than the rates allow.
  private mutating func bounded(_ wanted: Int, _ present: Int, _ now: Int64) -> Int {
    changes.removeAll { $0.time <= now - settings.ratePeriod.nanoseconds }
    let before = max(0, present - changes.reduce(0) { $0 + $1.replicas })
    if wanted > present {
      let most = max(
        before + settings.maximumUpStep,
        ReplicaNeed.product(before, settings.maximumUpRate))
      return min(wanted, max(most, present))
    }
    let fewest = ReplicaNeed.ceiling(Double(before) / settings.maximumDownRate)
    return max(wanted, min(fewest, present))
  }
}
