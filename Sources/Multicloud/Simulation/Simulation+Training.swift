import SimulationKernel

/// Training jobs: gangs that wait, work, save, and give way to inference.
extension Simulation {
  mutating func scheduleTraining() {
    for (id, job) in world.training.enumerated() {
      schedule(
        .jobMoves(job: Int32(truncatingIfNeeded: id), serial: 0),
        after: job.submitted.nanoseconds, phase: .capacity)
    }
  }

  /// A job's moment has come: it is submitted, has started, or has finished a stretch of work.
  mutating func jobMoves(_ id: Int, _ serial: UInt32) {
    guard jobs[id].serial == serial else { return }
    switch jobs[id].phase {
    case .future:
      submitJobs(world.training[id].market)
      startJobs(world.training[id].market)
    case .starting:
      jobs[id].outcome.overhead += now - jobs[id].since
      beginStretch(id)
    case .working: endStretch(id)
    case .waiting, .done: preconditionFailure("nothing was waited for")
    }
  }

  /// Jobs that are submitted at the same instant wait together, so that priority decides between them.
  private mutating func submitJobs(_ market: Int) {
    for id in jobs.indices
    where jobs[id].phase == .future && world.training[id].market == market
      && world.training[id].submitted.nanoseconds == now
    {
      jobs[id].serial &+= 1
      jobs[id].phase = .waiting
      jobs[id].since = now
    }
  }

  /// Starts what waits for a market's accelerators, as far as whole gangs are there: by priority, then by
  /// submission. A smaller job may pass a larger one that does not fit. O(jobs log jobs).
  mutating func startJobs(_ market: Int) {
    let waiting = world.training.indices.filter {
      world.training[$0].market == market && jobs[$0].phase == .waiting
    }.sorted {
      (world.training[$0].priority, world.training[$0].submitted, $0)
        < (world.training[$1].priority, world.training[$1].submitted, $1)
    }
    for id in waiting where markets[market].obtainable >= world.training[id].accelerators {
      startJob(id)
    }
  }

  private mutating func startJob(_ id: Int) {
    let job = world.training[id]
    markets[job.market].held += job.accelerators
    jobs[id].outcome.waited += now - jobs[id].since
    if jobs[id].outcome.started < 0 { jobs[id].outcome.started = now }
    jobs[id].phase = .starting
    jobs[id].since = now
    jobs[id].heldSince = now
    jobs[id].starts += 1
    let draws = jobs[id].stream.block(jobs[id].starts)
    let pause = Duration(seconds: max(0, job.restart.quantile(unitInterval(draws.0))))
    waitForJob(id, pause.nanoseconds)
    guard let faults = job.meanTimeBetweenFaults else { return }
    let mean = faults.seconds / Double(job.accelerators)
    let gap = mean * Distribution.unitExponential(unitInterval(draws.1))
    guard gap < world.horizon.seconds else { return }
    schedule(
      .jobFails(
        job: Int32(truncatingIfNeeded: id), start: UInt32(truncatingIfNeeded: jobs[id].starts)),
      after: Duration(seconds: gap).nanoseconds, phase: .capacity)
  }

  private mutating func waitForJob(_ id: Int, _ time: Int64) {
    jobs[id].serial &+= 1
    schedule(
      .jobMoves(job: Int32(truncatingIfNeeded: id), serial: jobs[id].serial), after: time,
      phase: .capacity)
  }

  private mutating func beginStretch(_ id: Int) {
    let job = world.training[id]
    let left = job.work.nanoseconds - jobs[id].outcome.saved
    assert(left > 0, "a job that is done was not ended")
    let interval = job.checkpointInterval.nanoseconds
    let savesAfter = interval > 0 && interval < left
    jobs[id].phase = .working
    jobs[id].since = now
    jobs[id].stretch = savesAfter ? interval : left
    jobs[id].saving = savesAfter ? job.checkpointTime.nanoseconds : 0
    waitForJob(id, jobs[id].stretch + jobs[id].saving)
  }

  private mutating func endStretch(_ id: Int) {
    jobs[id].outcome.saved += jobs[id].stretch
    jobs[id].outcome.overhead += jobs[id].saving
    if jobs[id].outcome.saved < world.training[id].work.nanoseconds {
      jobs[id].outcome.checkpoints += 1
      return beginStretch(id)
    }
    jobs[id].outcome.ended = now
    giveUpMachines(id)
    jobs[id].phase = .done
    startJobs(world.training[id].market)
  }

  /// A fault stops a job, if it still runs on the machines for which the fault was drawn.
  mutating func jobFails(_ id: Int, _ start: UInt32) {
    guard jobs[id].holdsMachines, UInt32(truncatingIfNeeded: jobs[id].starts) == start else {
      return
    }
    jobs[id].outcome.faults += 1
    interrupt(id)
    startJobs(world.training[id].market)
  }

  /// Takes a job's machines: what it did since its last checkpoint is lost.
  private mutating func interrupt(_ id: Int) {
    let elapsed = now - jobs[id].since
    if jobs[id].phase == .working {
      let worked = min(elapsed, jobs[id].stretch)
      jobs[id].outcome.lost += worked
      jobs[id].outcome.overhead += elapsed - worked
    } else {
      jobs[id].outcome.overhead += elapsed
    }
    giveUpMachines(id)
    jobs[id].phase = .waiting
    jobs[id].since = now
  }

  private mutating func giveUpMachines(_ id: Int) {
    let job = world.training[id]
    jobs[id].serial &+= 1
    jobs[id].outcome.held += now - jobs[id].heldSince
    jobs[id].heldSince = -1
    markets[job.market].held -= job.accelerators
    assert(markets[job.market].held >= 0, "more was given back than was taken")
  }

  /// Frees accelerators of a market for inference: from the jobs that may be preempted, the last in order of
  /// priority first, of equal ones the last started. Whether there is enough then.
  mutating func preemptJobs(_ market: Int, toFree need: Int) -> Bool {
    if jobs.isEmpty { return false }
    let victims = preemptible(market)
    var free = markets[market].obtainable
    // A quota or a supply below what is held gives nothing for what is freed.
    let ceiling = min(markets[market].level, markets[market].quota)
    let kept = markets[market].held - victims.reduce(0) { $0 + world.training[$1].accelerators }
    guard ceiling - kept >= need else { return false }
    for id in victims where free < need {
      jobs[id].outcome.preemptions += 1
      interrupt(id)
      free = markets[market].obtainable
    }
    return free >= need
  }

  /// A spot market wants back more than it supplies: jobs go before replicas.
  mutating func takeBackJobs(_ market: Int) {
    if jobs.isEmpty { return }
    let victims = world.training.indices.filter {
      world.training[$0].market == market && jobs[$0].holdsMachines
    }.sorted { isFirstToGo($0, $1) }
    for id in victims where markets[market].held > markets[market].level {
      jobs[id].outcome.preemptions += 1
      interrupt(id)
    }
  }

  private func preemptible(_ market: Int) -> [Int] {
    world.training.indices.filter {
      world.training[$0].market == market && world.training[$0].isPreemptible
        && jobs[$0].holdsMachines
    }.sorted { isFirstToGo($0, $1) }
  }

  private func isFirstToGo(_ a: Int, _ b: Int) -> Bool {
    (world.training[a].priority, jobs[a].heldSince, a)
      > (world.training[b].priority, jobs[b].heldSince, b)
  }

  /// What became of the jobs by now.
  mutating func concludeTraining() -> [TrainingOutcome] {
    jobs.indices.map { id in
      var outcome = jobs[id].outcome
      if jobs[id].holdsMachines { outcome.held += now - jobs[id].heldSince }
      if jobs[id].phase == .waiting { outcome.waited += now - jobs[id].since }
      return outcome
    }
  }

  /// Instance-seconds of each job since the last call; what was begun counts.
  mutating func takeJobUse() -> [Int64] {
    jobs.indices.map { id in
      guard let machines = world.training[id].machines else { return 0 }
      var held = jobs[id].outcome.held
      if jobs[id].holdsMachines { held += now - jobs[id].heldSince }
      let seconds = (held + 999_999_999) / 1_000_000_000 * Int64(machines.instances)
      let use = seconds - jobs[id].billedSeconds
      jobs[id].billedSeconds = seconds
      return use
    }
  }
}
