import SimulationKernel

/// As many replicas as the load of a stable window asks for; in panic, when the load of a short window
/// needs ``AutoscalerSettings/panicThreshold`` times the replicas that are ready, as many as either window
/// asks for, and never fewer than before. Panic ends when the threshold has not been reached for more than
/// a stable window.
///
/// The rule of Knative's pod autoscaler (knative/serving, pkg/autoscaler/scaling/autoscaler.go, read
/// 2026-08; the numbers from its config-autoscaler). One decision goes no higher than
/// ⌈ready × ``AutoscalerSettings/maximumUpRate``⌉ and no lower than
/// ⌊ready / ``AutoscalerSettings/maximumDownRate``⌋; within ``AutoscalerSettings/downDelay`` the greatest
/// decision counts. The windows are ``AutoscalerSettings/window`` and ``AutoscalerSettings/panicWindow``.
struct StablePanicAutoscaler: Autoscaler {
  static let name = "stable-panic"
  static let reads: [AutoscalerSetting] = [
    .signal, .target, .window, .panicWindow, .panicThreshold, .maximumUpRate, .maximumDownRate,
    .downDelay,
  ]
  static let requires: [AutoscalerSetting] = [.target]

  static let usual: AutoscalerSettings = {
    var settings = AutoscalerSettings(policy: name)
    settings.signal = .concurrency
    settings.interval = .seconds(2)
    settings.scrapeInterval = .seconds(1)
    settings.window = .seconds(60)
    settings.panicWindow = .seconds(6)
    settings.panicThreshold = 2
    settings.maximumUpRate = 1000
    settings.maximumDownRate = 2
    return settings
  }()

  private let settings: AutoscalerSettings
  private let pool: ScaledPool
  private var stable: SampleWindow
  private var brief: SampleWindow
  /// When the threshold was last reached; `nil` outside panic.
  private var panic: Int64?
  private var mostInPanic = 0
  private var decisions: [(time: Int64, replicas: Int)] = []

  init(_ settings: AutoscalerSettings, pools: [ScaledPool]) {
    precondition(settings.target > 0 && settings.panicThreshold >= 1)
    precondition(settings.maximumUpRate > 1 && settings.maximumDownRate > 1)
    self.settings = settings
    pool = pools[0]
    stable = SampleWindow(settings.window)
    brief = SampleWindow(settings.panicWindow)
  }

  mutating func observe(_ sample: PoolSample, of pool: Int) {
    stable.take(sample)
    brief.take(sample)
  }

  mutating func decide(_ counts: [ReplicaCounts], at now: SimTime) -> [Int] {
    guard let calm = stable.load(settings.signal), let sudden = brief.load(settings.signal) else {
      return [counts[0].committed]
    }
    let ready = max(1, counts[0].ready)
    let most = ReplicaNeed.product(ready, settings.maximumUpRate)
    let fewest = ReplicaNeed.floor(Double(ready) / settings.maximumDownRate)
    let forCalm = ReplicaNeed.count(calm, at: settings.target)
    let forSudden = ReplicaNeed.count(sudden, at: settings.target)
    let inCalm = min(max(forCalm, fewest), most)
    let inPanic = min(max(forSudden, fewest), most)
    notePanic(Double(forSudden) / Double(ready) >= settings.panicThreshold, now.nanoseconds)
    guard panic != nil else { return [pool.clipped(delayed(inCalm, now.nanoseconds))] }
    mostInPanic = max(mostInPanic, inCalm, inPanic)
    return [pool.clipped(delayed(mostInPanic, now.nanoseconds))]
  }

  private mutating func notePanic(_ isOver: Bool, _ now: Int64) {
    if isOver {
      panic = now
    } else if let since = panic, since + settings.window.nanoseconds < now {
      panic = nil
      mostInPanic = 0
    }
  }

  private mutating func delayed(_ wanted: Int, _ now: Int64) -> Int {
    guard settings.downDelay > .zero else { return wanted }
    decisions.removeAll { $0.time <= now - settings.downDelay.nanoseconds }
    decisions.append((now, wanted))
    return decisions.reduce(0) { max($0, $1.replicas) }
  }
}
