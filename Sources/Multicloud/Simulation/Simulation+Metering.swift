import Money
import ServingEngine
import SimulationKernel

/// What is billed: a reading every minute, a closing where a billing period ends.
extension Simulation {
  /// Whether somebody will be billed.
  var isMetered: Bool { meter.cells > 0 }

  /// Counts what a completed request used at a pool, where no gateway with rules does.
  @inline(__always)
  mutating func meterPoolRequest(_ record: UnsafeMutablePointer<RequestRecord>) {
    let deployment = Int(record.pointee.deployment)
    guard deployment >= 0 else { return }
    meter.add(
      Int(record.pointee.workload) * deploymentCount + deployment, isLong: false,
      prompt: Int64(record.pointee.promptTokens), cached: 0, written: 0,
      output: Int64(record.pointee.deliveredTokens))
  }

  /// Counts bytes that a chain sent from region to region.
  mutating func meterTransfer(_ slot: Int, from: Int32, to: Int32, _ bytes: Int64) {
    guard isMetered else { return }
    let regions = world.regions.count
    let row = Int(records[slot].workload) * regions + Int(from)
    meter.transfers[row * regions + Int(to)] += bytes
  }

  /// Reads the pools' energy. O(replicas).
  mutating func readMeters() {
    guard let billing = world.billing else { return }
    let elapsed = now - metersReadAt
    for (id, pool) in world.pools.enumerated() {
      guard let curve = billing.power[id] else { continue }
      var busy: Int128 = 0
      var running: Int128 = 0
      let first = pools[id].firstReplica
      for replica in first..<(first + pools[id].replicas) {
        fleet.settle(replica, at: now)
        let totals = fleet.totals(replica)
        busy += Int128(totals.busyNanoseconds)
        running += totals.runningIntegral
      }
      var time = Int128(elapsed) * Int128(pool.replicas)
      if pool.elastic != nil {
        elastic[id].integrate(to: now)
        time = elastic[id].statistics.machineTime - elastic[id].poweredTime
        elastic[id].poweredTime = elastic[id].statistics.machineTime
      }
      meter.takeWork(
        pool: id, busy: busy, running: running, replicaTime: time,
        accelerators: pool.acceleratorsPerReplica, curve)
    }
    metersReadAt = now
  }

  /// A minute of the meters is over.
  mutating func meterMinuteEnds() {
    readMeters()
    forecastContracts()
    schedule(.meterMinuteEnds, after: Self.minute, phase: .tick)
  }

  /// Says of every deployment how much of its list price a contract saves.
  mutating func forecastContracts() {
    guard let forecast else { return }
    let states = deployments
    let shares = forecast.savedShares(at: now) { states[$0].totals.picodollars }
    for id in 0..<deploymentCount { savedShares[id] = shares[id] }
  }

  /// A billing period is over: what was used goes to the recorder.
  mutating func billingPeriodEnds() {
    closeBillingPeriod()
    scheduleClosing()
  }

  /// Hands over what was used up to now.
  mutating func closeBillingPeriod() {
    guard isMetered, now > meter.start else { return }
    if now > metersReadAt { readMeters() }
    var period = meter.close(at: now)
    if isElastic {
      period.machines = takeMachineUse()
      period.jobSeconds = takeJobUse()
      period.unitSeconds = takeUnitUse()
    }
    recorder?.record(period)
  }

  private mutating func takeMachineUse() -> [[MachineUse]] {
    world.pools.indices.map { pool in
      guard world.pools[pool].elastic != nil else { return [] }
      elastic[pool].integrate(to: now)
      let spot = elastic[pool].spec.markets.map { world.markets[$0].kind == .spot }
      return elastic[pool].takeMachineUse(isSpot: [false] + spot)
    }
  }

  /// The next hour of UTC, or the start of an account's day.
  mutating func scheduleClosing() {
    guard let contracts = world.billing?.contracts else { return }
    // Runs begin on a whole second, and so do hours and days.
    let present = contracts.starts.adding(seconds: now / 1_000_000_000)
    let wait = contracts.nextClosing(after: present).seconds - present.seconds
    schedule(.billingPeriodEnds, after: wait * 1_000_000_000, phase: .tick)
  }
}
