import ServingEngine
import SimulationKernel

/// Autoscalers: metrics are read, seen some time later, and acted upon.
extension Simulation {
  /// What moves capacity by itself begins.
  mutating func scheduleCapacity() {
    for id in markets.indices {
      scheduleMarket(id)
      schedulePrice(id)
    }
    for replica in replicaStates.indices where replicaStates[replica].phase == .ready {
      scheduleInterruption(replica)
    }
    scheduleTraining()
    for (id, pool) in world.pools.enumerated() {
      let id32 = Int32(truncatingIfNeeded: id)
      guard let spec = pool.elastic else { continue }
      scheduleFault(id)
      // Those to spare, and those that stand in, are not there when the run begins.
      if spec.spot != nil {
        elastic[id].isRetryScheduled = true
        schedule(.capacityRetry(id32), after: 0, phase: .capacity)
      }
      for (number, block) in spec.blocks.enumerated() {
        let number16 = Int16(truncatingIfNeeded: number)
        schedule(
          .blockChanges(pool: id32, number: number16, begins: true),
          after: block.start.nanoseconds, phase: .capacity)
        schedule(
          .blockChanges(pool: id32, number: number16, begins: false),
          after: (block.end - block.margin).nanoseconds, phase: .capacity)
      }
    }
    for (id, scaler) in scalers.enumerated() {
      let id32 = Int32(truncatingIfNeeded: id)
      schedule(
        .scrapes(id32), after: scaler.group.settings.scrapeInterval.nanoseconds, phase: .tick)
      schedule(.decides(id32), after: scaler.group.settings.interval.nanoseconds, phase: .tick)
    }
  }

  /// An autoscaler's metrics are read.
  mutating func scrape(_ id: Int) {
    let interval = scalers[id].group.settings.scrapeInterval.nanoseconds
    if scalers[id].scrapedAt < now { readMetrics(id) }
    schedule(.scrapes(Int32(truncatingIfNeeded: id)), after: interval, phase: .tick)
  }

  private mutating func readMetrics(_ id: Int) {
    let length = Duration(nanoseconds: now - scalers[id].scrapedAt)
    scalers[id].scrapedAt = now
    for (place, pool) in scalers[id].group.pools.enumerated() {
      let sample = pool < poolCount ? sample(pool, length) : sampleUnits(pool, length)
      scalers[id].samples.append((place, sample))
    }
  }

  /// An autoscaler decides.
  mutating func decide(_ id: Int) {
    let settings = scalers[id].group.settings
    // A scrape due at this instant is seen at this instant, in whatever order the two are played.
    if now - scalers[id].scrapedAt == settings.scrapeInterval.nanoseconds { readMetrics(id) }
    scalers[id].show(at: now)
    let counts = scalers[id].group.pools.map {
      $0 < poolCount ? replicaCounts($0) : unitCounts($0)
    }
    let wanted = scalers[id].policy.decide(counts, at: SimTime(nanoseconds: now))
    precondition(wanted.count == counts.count, "an autoscaler decides on every pool of its own")
    for (place, pool) in scalers[id].group.pools.enumerated() {
      if settings.locksWhileStarting, counts[place].starting > 0 { continue }
      if pool < poolCount {
        want(pool, wanted[place])
      } else {
        wantUnits(pool, increments: wanted[place])
      }
    }
    schedule(
      .decides(Int32(truncatingIfNeeded: id)), after: settings.interval.nanoseconds, phase: .tick)
  }

  private func replicaCounts(_ pool: Int) -> ReplicaCounts {
    let state = elastic[pool]
    var obtainable = state.spec.markets.isEmpty ? Int.max : 0
    for id in state.spec.markets where obtainable < .max {
      let (sum, isOver) = obtainable.addingReportingOverflow(markets[id].obtainable)
      obtainable = isOver ? .max : sum
    }
    // What a market refused is asked for again by itself: a policy is not to ask for it once more.
    let refused = state.isRetryScheduled ? max(0, state.goal - state.committed) : 0
    return ReplicaCounts(
      ready: state.ready, starting: state.committed - state.ready + refused,
      draining: state.count(.draining), obtainableAccelerators: obtainable)
  }

  /// What a metrics system reads of a pool now. O(places).
  private mutating func sample(_ pool: Int, _ length: Duration) -> PoolSample {
    elastic[pool].integrate(to: now)
    let work = work(pool, resettingPeaks: false)
    let state = elastic[pool]
    var counts = state.past
    counts.arrivals += pools[pool].minute.arrivals
    counts.completions += pools[pool].minute.completions
    counts.rejections += pools[pool].minute.rejections
    let before = state.sampleCounts
    var sample = PoolSample(time: SimTime(nanoseconds: now), length: length)
    sample.arrivals = counts.arrivals - before.arrivals
    sample.completions = counts.completions - before.completions
    sample.rejections = counts.rejections - before.rejections
    sample.promptTokens = counts.promptTokens - before.promptTokens
    sample.firstTokens = counts.firstTokens - before.firstTokens
    sample.firstTokensInTime = counts.firstTokensInTime - before.firstTokensInTime
    sample.outstanding = pools[pool].outstanding
    sample.ready = state.ready
    var waiting = state.heldCount
    for replica in state.first..<(state.first + state.places) { waiting += fleet.waiting(replica) }
    sample.waiting = waiting
    var done = PoolMinute()
    done.takeWork(work, since: state.sampleWork)
    let seconds = Double(length.nanoseconds)
    let requests =
      done.runningIntegral + done.waitingIntegral + state.heldTime - state.sampleHeldTime
    sample.meanOutstanding = Double(requests) / seconds
    let serving = Double(state.statistics.servingTime - state.sampleBase.servingTime)
    if serving > 0 {
      let scheduler = world.pools[pool].scheduler
      sample.busyShare = min(1, Double(done.busy) / serving)
      sample.slotShare = Double(done.runningIntegral) / (serving * Double(scheduler.maxSequences))
      sample.cacheShare =
        Double(done.doubledBlockIntegral) / (2 * serving * Double(scheduler.kvBlocks))
    }
    elastic[pool].sampleCounts = counts
    elastic[pool].sampleWork = work
    elastic[pool].sampleHeldTime = state.heldTime
    elastic[pool].sampleBase = state.statistics
    return sample
  }

  /// A first token of a request that has ended, where an autoscaler looks at them.
  mutating func noteFirstToken(_ record: UnsafeMutablePointer<RequestRecord>) {
    let pool = Int(record.pointee.deployment)
    guard pool >= 0, pool < poolCount, elastic[pool].firstTokenLimit < .max,
      record.pointee.firstToken >= 0
    else { return }
    elastic[pool].past.firstTokens += 1
    if record.pointee.serverTimeToFirstToken <= elastic[pool].firstTokenLimit {
      elastic[pool].past.firstTokensInTime += 1
    }
  }

  /// A minute of the tables is over at a pool: counts go on without it.
  mutating func closeCapacityMinute(_ pool: Int, _ minute: inout PoolMinute) {
    guard world.pools[pool].elastic != nil else { return }
    elastic[pool].integrate(to: now)
    elastic[pool].past.arrivals += minute.arrivals
    elastic[pool].past.completions += minute.completions
    elastic[pool].past.rejections += minute.rejections
    let state = elastic[pool]
    minute.capacity = CapacityMinute(
      sums: state.statistics.since(state.minuteBase), ready: state.ready, starting: state.starting,
      draining: state.count(.draining), failed: state.count(.failed), spot: state.spotServing,
      wanted: state.goal)
    elastic[pool].minuteBase = state.statistics
  }
}
