import SimulationKernel

/// As many replicas as the rate of requests over ``AutoscalerSettings/window`` asks for at
/// ``AutoscalerSettings/target`` requests a second each, changed only when more (less) has been wanted at
/// so many decisions in a row as fit into ``AutoscalerSettings/upDelay``
/// (``AutoscalerSettings/downDelay``); from none, at once.
///
/// The rule of SkyServe's `RequestRateAutoscaler` (skypilot-org/skypilot, sky/serve/autoscalers.py and
/// constants.py, read 2026-08). What is wanted is compared with what was last decided, not with what there
/// is: a replica that failed is replaced at once. Clipping comes before counting, so a wish beyond the
/// maximum is no wish. SkyServe divides by the whole window even before it is full; this divides by what was
/// seen of it, so that a pool that begins large is not taken down for want of a past.
struct TargetRateAutoscaler: Autoscaler {
  static let name = "target-rate"
  static let reads: [AutoscalerSetting] = [.target, .window, .upDelay, .downDelay]
  static let requires: [AutoscalerSetting] = [.target]

  static let usual: AutoscalerSettings = {
    var settings = AutoscalerSettings(policy: name)
    settings.interval = .seconds(20)
    settings.window = .seconds(60)
    settings.upDelay = .seconds(300)
    settings.downDelay = .seconds(1200)
    return settings
  }()

  private let settings: AutoscalerSettings
  private let pool: ScaledPool
  private var window: SampleWindow
  private var decided: Int
  private var wishesForMore: Int64 = 0
  private var wishesForLess: Int64 = 0

  init(_ settings: AutoscalerSettings, pools: [ScaledPool]) {
    precondition(settings.target > 0 && settings.interval > .zero)
    self.settings = settings
    pool = pools[0]
    window = SampleWindow(settings.window)
    decided = pools[0].initial
  }

  mutating func observe(_ sample: PoolSample, of pool: Int) { window.take(sample) }

  mutating func decide(_ counts: [ReplicaCounts], at now: SimTime) -> [Int] {
    guard let rate = window.arrivalRate else { return [decided] }
    let wanted = pool.clipped(ReplicaNeed.count(rate, at: settings.target))
    wishesForMore = wanted > decided ? wishesForMore + 1 : 0
    wishesForLess = wanted < decided ? wishesForLess + 1 : 0
    let isDue =
      decided == 0 || wishesForMore >= max(1, settings.upDelay.decisions(settings.interval))
      || wishesForLess >= max(1, settings.downDelay.decisions(settings.interval))
    if isDue {
      decided = wanted
      wishesForMore = 0
      wishesForLess = 0
    }
    return [decided]
  }
}

extension Duration {
  /// How many whole intervals fit into it.
  fileprivate func decisions(_ interval: Duration) -> Int64 {
    nanoseconds / interval.nanoseconds
  }
}
