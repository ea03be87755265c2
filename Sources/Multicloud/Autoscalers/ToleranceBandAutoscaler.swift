import SimulationKernel

/// Nothing while the signal is within a band around its target; outside it ⌈ready × value / target⌉,
/// at most ⌈ready × ``AutoscalerSettings/maximumUpRate``⌉ and at least
/// ⌊ready / ``AutoscalerSettings/maximumDownRate``⌋.
///
/// The rule of AIBrix' APA (vllm-project/aibrix, pkg/controller/podautoscaler/algorithm/apa.go and
/// context/context.go, read 2026-08; the numbers are its defaults) after Huo et al., "High Concurrency Response Strategy based on Kubernetes
/// Horizontal Pod Autoscaler", J. Phys. Conf. Ser. 2451, 2023. The band is ``AutoscalerSettings/toleranceUp``
/// and ``AutoscalerSettings/toleranceDown``, its edges inside; the recommendations of
/// ``AutoscalerSettings/upDelay`` and ``AutoscalerSettings/downDelay`` count as under
/// ``TargetUtilizationAutoscaler``. AIBrix knows nothing of replicas that are
/// starting; here too much load never takes one back, and too little never asks for one.
struct ToleranceBandAutoscaler: Autoscaler {
  static let name = "tolerance-band"
  static let reads: [AutoscalerSetting] = [
    .signal, .target, .window, .toleranceUp, .toleranceDown, .upDelay, .downDelay, .maximumUpRate,
    .maximumDownRate,
  ]
  static let requires: [AutoscalerSetting] = [.target]

  static let usual: AutoscalerSettings = {
    var settings = AutoscalerSettings(policy: name)
    settings.signal = .cache
    settings.interval = .seconds(10)
    settings.toleranceUp = 0.1
    settings.toleranceDown = 0.1
    settings.downDelay = .seconds(300)
    settings.maximumUpRate = 2
    settings.maximumDownRate = 2
    return settings
  }()

  private let settings: AutoscalerSettings
  private let pool: ScaledPool
  private var window: SampleWindow
  private var past: RecommendationWindows

  init(_ settings: AutoscalerSettings, pools: [ScaledPool]) {
    precondition(settings.target > 0)
    precondition(settings.maximumUpRate > 1 && settings.maximumDownRate > 1)
    self.settings = settings
    pool = pools[0]
    window = SampleWindow(settings.window)
    past = RecommendationWindows(up: settings.upDelay, down: settings.downDelay)
  }

  mutating func observe(_ sample: PoolSample, of pool: Int) { window.take(sample) }

  mutating func decide(_ counts: [ReplicaCounts], at now: SimTime) -> [Int] {
    let (present, ready) = (counts[0].committed, counts[0].ready)
    guard let load = window.load(settings.signal) else { return [present] }
    guard ready > 0 else {
      let isAsked = (window.last?.outstanding ?? 0) > 0
      return [pool.clipped(isAsked ? max(present, 1) : present)]
    }
    let wanted = recommendation(load, ready: ready, present: present)
    return [pool.clipped(past.stabilised(wanted, instead: present, at: now))]
  }

  private func recommendation(_ load: Double, ready: Int, present: Int) -> Int {
    let value = load / Double(ready)
    let needed = ReplicaNeed.count(load, at: settings.target)
    if ReplicaNeed.isAbove(value, settings.target * (1 + settings.toleranceUp)) {
      let most = ReplicaNeed.product(ready, settings.maximumUpRate)
      return max(present, min(needed, most))
    }
    if ReplicaNeed.isBelow(value, settings.target * (1 - settings.toleranceDown)) {
      let fewest = ReplicaNeed.floor(Double(ready) / settings.maximumDownRate)
      return min(present, max(needed, fewest))
    }
    return present
  }
}
