import SimulationKernel

/// As many replicas as the rate of requests over ``AutoscalerSettings/window`` asks for at
/// ``AutoscalerSettings/target`` requests a second each, changed only after the wish for more (for less) has
/// lasted ``AutoscalerSettings/upDelay`` (``AutoscalerSettings/downDelay``); from none, at once.
///
/// The rule of SkyServe's request-rate autoscaler (skypilot-org/skypilot, sky/serve/autoscalers.py, 2026-08).
struct TargetRateAutoscaler: Autoscaler {
  static let name = "target-rate"

  private let settings: AutoscalerSettings
  private var samples: [PoolSample] = []
  private var wish = 0
  private var wishSince: Int64 = 0

  init(_ settings: AutoscalerSettings, pools: [ScaledPool]) {
    precondition(settings.target > 0)
    self.settings = settings
    wish = pools[0].initial
  }

  mutating func observe(_ sample: PoolSample, of pool: Int) {
    samples.append(sample)
    let from = sample.time.nanoseconds - settings.window.nanoseconds
    samples.removeAll { $0.time.nanoseconds <= from }
  }

  mutating func decide(_ counts: [ReplicaCounts], at now: SimTime) -> [Int] {
    let present = counts[0].committed
    let seconds = samples.reduce(0.0) { $0 + $1.length.seconds }
    guard seconds > 0 else { return [present] }
    let arrivals = samples.reduce(0) { $0 + $1.arrivals }
    let wanted = Int((Double(arrivals) / seconds / settings.target).rounded(.up))
    let isSameWay = (wanted > present) == (wish > present) && (wanted < present) == (wish < present)
    if !isSameWay { wishSince = now.nanoseconds }
    wish = wanted
    if wanted == present { return [present] }
    let delay = wanted > present ? settings.upDelay : settings.downDelay
    let isDue = present == 0 || now.nanoseconds - wishSince >= delay.nanoseconds
    return [isDue ? wanted : present]
  }
}
