import SimulationKernel

/// More when requests queue or first tokens come late; one fewer when the others would still have room.
///
/// Up: more than ``AutoscalerSettings/queueLimit`` requests wait a ready replica, or less than
/// ``AutoscalerSettings/firstTokenShare`` of the first tokens came within
/// ``AutoscalerSettings/firstTokenLimit``. One more than is ready, or as many as bring the queue to its limit
/// where ``AutoscalerSettings/maximumUpRate`` allows more; those that are starting count, so that no second
/// one is asked for on account of the same queue. Down: with one fewer the signal stays at or under
/// ``AutoscalerSettings/target`` and the queue at or under its limit, first tokens are in time, and none is
/// starting. Either wish must last its delay.
///
/// After the saturation analysis of llm-d's workload-variant-autoscaler (llm-d/llm-d-workload-variant-autoscaler,
/// docs/saturation-scaling-config.md, 2026-02: one more when of a queue of 5 a replica fewer than 3 are free,
/// which is the queue limit of 2, or of 80 % of the KV cache less than 10 %; one fewer when both would still
/// hold with its load on the others, which is the target of 70 %) and the back-pressure of Chiron (Patke et al.,
/// arXiv 2501.08090, 2025-01), which weighs times to first token. A full cache alone asks for nothing here:
/// it makes requests wait, and that does.
struct HeadroomAutoscaler: Autoscaler {
  static let name = "headroom"
  static let reads: [AutoscalerSetting] = [
    .signal, .target, .window, .queueLimit, .firstTokenLimit, .firstTokenShare, .maximumUpRate,
    .upDelay, .downDelay,
  ]
  static let requires: [AutoscalerSetting] = []

  static let usual: AutoscalerSettings = {
    var settings = AutoscalerSettings(policy: name, target: 0.7)
    settings.signal = .cache
    settings.interval = .seconds(30)
    settings.window = .seconds(60)
    settings.queueLimit = 2
    settings.maximumUpRate = 1
    settings.downDelay = .seconds(300)
    return settings
  }()

  private let settings: AutoscalerSettings
  private let pool: ScaledPool
  private var window: SampleWindow
  private var wish = LastingWish()

  init(_ settings: AutoscalerSettings, pools: [ScaledPool]) {
    precondition(settings.target > 0 && settings.queueLimit > 0 && settings.maximumUpRate >= 1)
    self.settings = settings
    pool = pools[0]
    window = SampleWindow(settings.window)
  }

  mutating func observe(_ sample: PoolSample, of pool: Int) { window.take(sample) }

  mutating func decide(_ counts: [ReplicaCounts], at now: SimTime) -> [Int] {
    let present = counts[0].committed
    guard let waiting = window.waiting, let load = window.load(settings.signal) else {
      return [present]
    }
    let wanted = pool.clipped(size(counts[0], waiting: waiting, load: load))
    let isDue =
      present == 0
      || wish.isDue(
        wanted, instead: present, at: now, after: settings.upDelay, settings.downDelay)
    return [isDue ? wanted : present]
  }

  private func size(_ counts: ReplicaCounts, waiting: Double, load: Double) -> Int {
    let (present, ready) = (counts.committed, counts.ready)
    let isEmpty = (window.last?.outstanding ?? 0) == 0
    guard ready > 0 else { return isEmpty ? present : max(present, 1) }
    let isLate =
      window.firstTokenShare.map { ReplicaNeed.isBelow($0, settings.firstTokenShare) } ?? false
    if isLate || ReplicaNeed.isAbove(waiting / Double(ready), settings.queueLimit) {
      let most = ReplicaNeed.product(ready, settings.maximumUpRate)
      let forQueue = ReplicaNeed.count(waiting, at: settings.queueLimit)
      return max(present, ready + 1, min(forQueue, most))
    }
    guard counts.starting == 0 else { return present }
    guard ready > 1 else { return isEmpty && load == 0 ? 0 : present }
    let others = Double(ready - 1)
    let hasRoom =
      !ReplicaNeed.isAbove(load / others, settings.target)
      && !ReplicaNeed.isAbove(waiting / others, settings.queueLimit)
    return hasRoom ? ready - 1 : present
  }
}
