import SimulationKernel

/// Provisioned units of endpoints that are bought and given back while a world runs.
extension Simulation {
  /// Place of a deployment among those whose units change. O(such endpoints).
  private func unitPlace(_ deployment: Int) -> Int {
    guard let place = units.firstIndex(where: { $0.deployment == deployment }) else {
      preconditionFailure("an autoscaler looks after what is elastic")
    }
    return place
  }

  // MARK: How many

  /// Takes in the increments an autoscaler wants, within the endpoint's bounds.
  mutating func wantUnits(_ deployment: Int, increments: Int) {
    let place = unitPlace(deployment)
    let spec = units[place].spec
    let most = spec.maximum / spec.increment
    let wanted = max(min(increments, most) * spec.increment, spec.minimum)
    if wanted != units[place].wanted {
      units[place].integrate(to: now)
      units[place].wanted = wanted
    }
    adjustUnits(place)
  }

  /// Asks for what is missing or gives back what is too much, unless a change is in progress.
  private mutating func adjustUnits(_ place: Int) {
    guard units[place].arriving == 0 else { return }
    let missing = units[place].wanted - units[place].units
    if missing > 0 {
      buyUnits(place, missing)
    } else if missing < 0 {
      giveBackUnits(place, -missing)
    }
  }

  private mutating func buyUnits(_ place: Int, _ count: Int) {
    let state = units[place]
    units[place].statistics.scaleUps += 1
    var cause = CapacityEvent.Cause.none
    if deployments[state.deployment].fails {
      cause = .outage
    } else if let market = state.spec.market, markets[market].obtainable < count {
      cause = markets[market].level - markets[market].held >= count ? .quota : .supply
    }
    guard cause == .none else {
      units[place].statistics.failedScaleUps += 1
      return takeDownUnits(.scaleUpFailed, place, before: state.committed, cause: cause)
    }
    units[place].integrate(to: now)
    units[place].arriving = count
    units[place].requested = now
    units[place].changes += 1
    if let market = state.spec.market { markets[market].held += count }
    takeDownUnits(.scaleUp, place, before: state.committed, cause: .wanted)
    let bits = state.life.block(units[place].changes << 1).0
    let time = Duration(seconds: max(0, state.spec.leadTime.quantile(unitInterval(bits))))
    if time.nanoseconds == 0 { return unitsArrive(place) }
    schedule(
      .unitsArrive(Int32(truncatingIfNeeded: place)), after: time.nanoseconds, phase: .capacity)
  }

  /// The units that were asked for are in service.
  mutating func unitsArrive(_ place: Int) {
    let before = units[place].committed
    let leadTime = now - units[place].requested
    units[place].integrate(to: now)
    units[place].units += units[place].arriving
    units[place].arriving = 0
    units[place].statistics.arrivals += 1
    units[place].statistics.leadTime += Int128(leadTime)
    resizeBucket(place)
    takeDownUnits(.ready, place, before: before, leadTime: leadTime, cause: .none)
    // What is wanted may have changed since.
    adjustUnits(place)
  }

  private mutating func giveBackUnits(_ place: Int, _ count: Int) {
    let before = units[place].committed
    units[place].integrate(to: now)
    units[place].units -= count
    units[place].statistics.scaleDowns += 1
    resizeBucket(place)
    takeDownUnits(.scaleDown, place, before: before, cause: .wanted)
    guard let market = units[place].spec.market else { return }
    markets[market].held -= count
    assert(markets[market].held >= 0, "more was given back than was taken")
    if !jobs.isEmpty { startJobs(market) }
  }

  private mutating func resizeBucket(_ place: Int) {
    let quota = units[place].quota
    quotas.resize(quota, units: Int64(units[place].units), at: now)
    // In the table a limit in force is held against the limit at the minute's end.
    quotaMinutes[quota].effectiveLimit = quotas.reading(quota, at: now).effectiveLimit
  }

  private func takeDownUnits(
    _ kind: CapacityEvent.Kind, _ place: Int, before: Int, leadTime: Int64 = -1,
    cause: CapacityEvent.Cause
  ) {
    guard let recorder, recorder.wantsCapacity else { return }
    let state = units[place]
    recorder.record(
      CapacityEvent(
        time: now, kind: kind, pool: state.deployment, replica: -1,
        market: state.spec.market ?? -1, before: before, after: state.committed,
        leadTime: leadTime, cause: cause))
  }

  // MARK: What an autoscaler sees

  func unitCounts(_ deployment: Int) -> ReplicaCounts {
    let state = units[unitPlace(deployment)]
    return ReplicaCounts(
      ready: state.units / state.spec.increment, starting: state.arriving / state.spec.increment,
      obtainableAccelerators: state.spec.market.map { markets[$0].obtainable } ?? .max)
  }

  /// What a metrics system reads of an endpoint now: as of a pool, with increments of units in place of
  /// replicas.
  ///
  /// The busy share is exact: what drained since the last reading over what the units could drain. Where they have
  /// changed since, it is counted in those of now, so that the same work is as many increments' worth.
  mutating func sampleUnits(_ deployment: Int, _ length: Duration) -> PoolSample {
    let place = unitPlace(deployment)
    deployments[deployment].changeInFlight(0, at: now)
    let counts = deployments[deployment].totals
    let integral = deployments[deployment].inFlightIntegral
    let work = quotas.drainWork(units[place].quota, at: now)
    units[place].integrate(to: now)
    let unitTime = units[place].statistics.unitTime
    let meanUnits =
      Double(unitTime - units[place].sampleUnitTime) / Double(length.nanoseconds)
    let since = counts.since(units[place].sampleCounts)
    var sample = PoolSample(time: SimTime(nanoseconds: now), length: length)
    sample.arrivals = since.attempts
    sample.completions = since.completed
    sample.rejections = since.refusedTotal
    sample.promptTokens = since.promptTokens
    sample.outstanding = deployments[deployment].inFlight
    sample.meanOutstanding =
      Double(integral - units[place].sampleIntegral) / Double(length.nanoseconds)
    sample.busyShare = min(
      1,
      work.busyShare(since: units[place].sampleWork) * meanUnits / Double(units[place].units))
    sample.ready = units[place].units / units[place].spec.increment
    units[place].sampleCounts = counts
    units[place].sampleIntegral = integral
    units[place].sampleWork = work
    units[place].sampleUnitTime = unitTime
    return sample
  }

  // MARK: Sums

  /// Unit-seconds since the last billing period, by endpoint; empty where no units change.
  mutating func takeUnitUse() -> [Int64] {
    if units.isEmpty { return [] }
    var seconds = [Int64](repeating: 0, count: world.endpoints.count)
    for place in units.indices { seconds[units[place].endpoint] = units[place].takeUse(at: now) }
    return seconds
  }

  /// The warm-up is over.
  mutating func beginMeasuringUnits() {
    for place in units.indices {
      units[place].integrate(to: now)
      units[place].measuredBase = units[place].statistics
    }
  }

  /// What became of units after the warm-up, put to their deployments.
  mutating func concludeUnits(_ byDeployment: inout [DeploymentStatistics]) {
    for place in units.indices {
      units[place].integrate(to: now)
      byDeployment[units[place].deployment].units =
        units[place].statistics.since(units[place].measuredBase)
    }
  }
}
