import SimulationKernel

/// For throughput that is bought by the unit: replicas are increments of units. One step more when the
/// utilisation over the window is above ``AutoscalerSettings/target`` and no step is in progress; fewer only
/// when ``AutoscalerSettings/downDelay`` has passed since units were last bought or given back, because they
/// are paid for that long whether used or not.
///
/// A step is what brings the utilisation to its target, at most ``AutoscalerSettings/maximumUpStep``
/// increments. Utilisation is the busy share of the units; it stops at 1, so a rush takes several steps.
/// Units are given back down to what keeps the utilisation at or under the target less
/// ``AutoscalerSettings/toleranceDown``. Nobody's system does this by itself; it is what the vendors advise
/// to do by hand: Microsoft's "Provisioned throughput: when to scale" sets alerts on utilisation, a scale-up
/// fails where the region has no capacity, a scale-down returns it with no promise to get it back
/// (learn.microsoft.com, Azure OpenAI provisioned throughput, 2026-05).
struct ProvisionedUnitsAutoscaler: Autoscaler {
  static let name = "provisioned-units"
  static let scalesUnits = true
  static let reads: [AutoscalerSetting] = [
    .target, .window, .maximumUpStep, .toleranceDown, .upDelay, .downDelay,
  ]
  static let requires: [AutoscalerSetting] = [.target]

  static let usual: AutoscalerSettings = {
    var settings = AutoscalerSettings(policy: name)
    settings.signal = .busy
    settings.interval = .seconds(60)
    settings.scrapeInterval = .seconds(60)
    settings.window = .seconds(300)
    settings.toleranceDown = 0.1
    settings.downDelay = .seconds(3600)
    settings.maximumUpStep = 1
    return settings
  }()

  private let settings: AutoscalerSettings
  private let pool: ScaledPool
  private var window: SampleWindow
  private var wish = LastingWish()
  /// When units were last bought or given back: a wish that came true, not one that was refused.
  private var bought = SimTime.zero
  private var asked = SimTime.zero
  /// Increments there were at the last decision.
  private var seen: Int?

  init(_ settings: AutoscalerSettings, pools: [ScaledPool]) {
    precondition(settings.target > 0 && settings.maximumUpStep > 0)
    self.settings = settings
    pool = pools[0]
    window = SampleWindow(settings.window)
  }

  mutating func observe(_ sample: PoolSample, of pool: Int) { window.take(sample) }

  mutating func decide(_ counts: [ReplicaCounts], at now: SimTime) -> [Int] {
    let present = counts[0].committed
    if let seen, present != seen { bought = asked }
    seen = present
    guard let load = window.load(.busy), counts[0].starting == 0 else { return [present] }
    let wanted = pool.clipped(size(present, load))
    let isLasting = wish.isDue(
      wanted, instead: present, at: now, after: settings.upDelay, .zero)
    let isPaid = wanted < present && now - bought < settings.downDelay
    guard isLasting, !isPaid else { return [present] }
    asked = now
    return [wanted]
  }

  private func size(_ present: Int, _ load: Double) -> Int {
    guard present > 0 else { return (window.last?.outstanding ?? 0) > 0 ? 1 : 0 }
    let needed = ReplicaNeed.count(load, at: settings.target)
    if needed > present { return min(needed, present + settings.maximumUpStep) }
    let withRoom = ReplicaNeed.count(load, at: settings.target * (1 - settings.toleranceDown))
    return min(present, withRoom)
  }
}
