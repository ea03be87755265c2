import SimulationKernel

@testable import Multicloud

/// A pool under a constant load, as a metrics system without lag would read it, and replicas that come
/// and go at once.
struct ToyPool {
  /// Requests a second.
  var rate: Double
  /// Seconds that a request holds a slot.
  var service: Double
  /// Slots of a replica.
  var slots = 8
  /// Share by which loads are drawn up or down from sample to sample.
  var noise = 0.0

  private let draws = KeyedStream(seed: 7, entity: 0, purpose: 250)

  init(rate: Double, service: Double, slots: Int = 8, noise: Double = 0) {
    self.rate = rate
    self.service = service
    self.slots = slots
    self.noise = noise
  }

  /// What is read at the end of interval number `index`, from 1.
  func sample(_ index: Int, every length: Duration, ready: Int) -> PoolSample {
    let unit = Double(draws.block(UInt64(index)).0 >> 11) / Double(1 << 53)
    let rate = rate * (1 + noise * (2 * unit - 1))
    var sample = PoolSample(time: .zero + length * Int64(index), length: length)
    // So that the counts of all samples add up to the rate.
    func count(_ index: Int) -> Int64 {
      Int64((self.rate * length.seconds * Double(index)).rounded())
    }
    sample.arrivals =
      noise == 0
      ? count(index) - count(index - 1) : Int64((rate * length.seconds).rounded())
    let busy = rate * service
    sample.meanOutstanding = busy
    sample.outstanding = Int(busy.rounded())
    sample.waiting = max(0, Int((busy - Double(ready * slots)).rounded(.up)))
    sample.ready = ready
    if ready > 0 {
      sample.slotShare = min(1, busy / Double(ready * slots))
      sample.cacheShare = sample.slotShare
      sample.busyShare = sample.slotShare
    }
    return sample
  }

  /// Lets a policy run over the pool for so many decisions; the replicas after each.
  func run(
    _ type: any Autoscaler.Type, _ settings: AutoscalerSettings, from initial: Int, decisions: Int
  )
    -> [Int]
  {
    let pool = ScaledPool(minimum: 0, maximum: 1000, initial: initial, slotsPerReplica: slots)
    var policy = type.init(settings, pools: [pool])
    var ready = initial
    return (1...decisions).map { index in
      let sample = sample(index, every: settings.interval, ready: ready)
      policy.observe(sample, of: 0)
      ready = policy.decide([ReplicaCounts(ready: ready)], at: sample.time)[0]
      return ready
    }
  }
}

/// A policy and one pool, fed by hand.
final class HandFed<Policy: Autoscaler> {
  var policy: Policy
  init(
    _ settings: AutoscalerSettings, minimum: Int = 0, maximum: Int = 100, initial: Int = 1
  ) {
    policy = Policy(
      settings,
      pools: [
        ScaledPool(minimum: minimum, maximum: maximum, initial: initial, slotsPerReplica: 8)
      ])
  }

  /// Feeds a sample that ends at a second.
  func see(
    _ seconds: Int64, length: Int64 = 15, _ fill: (inout PoolSample) -> Void
  ) {
    var sample = PoolSample(
      time: SimTime(nanoseconds: seconds * 1_000_000_000), length: .seconds(length))
    fill(&sample)
    policy.observe(sample, of: 0)
  }

  func decide(_ seconds: Int64, ready: Int, starting: Int = 0) -> Int {
    policy.decide(
      [ReplicaCounts(ready: ready, starting: starting)],
      at: SimTime(nanoseconds: seconds * 1_000_000_000))[0]
  }
}
