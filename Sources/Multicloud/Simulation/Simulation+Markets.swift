import SimulationKernel

/// Markets that give and take machines, machines that fail, capacity bought for a time.
extension Simulation {
  /// A market's supply has changed.
  mutating func marketChanges(_ id: Int) {
    markets[id].advance()
    scheduleMarket(id)
    supplyChanged(id)
  }

  private mutating func supplyChanged(_ id: Int) {
    if world.markets[id].kind == .spot {
      takeBackJobs(id)
      takeBack(id)
    }
    startJobs(id)
  }

  /// A market's price is set anew.
  mutating func priceChanges(_ id: Int) {
    markets[id].advancePrice()
    guard let price = markets[id].price else { return }
    for pool in elastic.indices {
      for (place, market) in elastic[pool].spec.markets.enumerated() where market == id {
        elastic[pool].integrate(to: now)
        elastic[pool].priceMillionths[place + 1] = price.millionths
      }
    }
    schedulePrice(id)
    supplyChanged(id)
  }

  mutating func schedulePrice(_ id: Int) {
    guard let price = markets[id].price, price.nextChange < world.horizon.nanoseconds else {
      return
    }
    schedule(
      .priceChanges(Int32(truncatingIfNeeded: id)), after: price.nextChange - now,
      phase: .capacity)
  }

  /// Draws when a spot machine that has just become ready is taken back apart from shortages.
  mutating func scheduleInterruption(_ replica: Int) {
    let pool = Int(replicaStates[replica].pool)
    let place = Int(replicaStates[replica].market)
    guard place > 0,
      let interruption = world.markets[elastic[pool].spec.markets[place - 1]].interruption
    else { return }
    let bits = elastic[pool].life.block(replicaStates[replica].start << 1 | 1).1
    let life = interruption.lifetime.quantile(unitInterval(bits))
    guard life < world.horizon.seconds else { return }
    schedule(
      .spotInterrupts(
        replica: Int32(truncatingIfNeeded: replica),
        start: UInt32(truncatingIfNeeded: replicaStates[replica].start)),
      after: Duration(seconds: life).nanoseconds, phase: .capacity)
  }

  /// A single spot machine is taken back, if it is still the one for which this was drawn.
  mutating func spotInterrupts(_ replica: Int, _ start: UInt32) {
    let state = replicaStates[replica]
    guard UInt32(truncatingIfNeeded: state.start) == start, !state.isNoticed,
      state.phase == .ready || state.phase == .draining
    else { return }
    let pool = Int(state.pool)
    giveNotice(replica, world.markets[elastic[pool].spec.markets[Int(state.market) - 1]].notice)
  }

  mutating func scheduleMarket(_ id: Int) {
    let next = markets[id].nextChange
    guard next < world.horizon.nanoseconds else { return }
    schedule(
      .marketChanges(Int32(truncatingIfNeeded: id)), after: max(0, next - now), phase: .capacity)
  }

  /// A spot market wants back what it has given beyond its supply: the machines given last, first.
  private mutating func takeBack(_ id: Int) {
    var noticed = 0
    var candidates: [(start: Int64, replica: Int)] = []
    for replica in replicaStates.indices where replicaStates[replica].market > 0 {
      let pool = Int(replicaStates[replica].pool)
      guard elastic[pool].spec.markets[Int(replicaStates[replica].market) - 1] == id else {
        continue
      }
      if replicaStates[replica].isNoticed {
        noticed += world.pools[pool].acceleratorsPerReplica
      } else {
        candidates.append((replicaStates[replica].requested, replica))
      }
    }
    var over = markets[id].held - noticed - markets[id].level
    candidates.sort { ($0.start, $0.replica) > ($1.start, $1.replica) }
    for (_, replica) in candidates where over > 0 {
      over -= world.pools[Int(replicaStates[replica].pool)].acceleratorsPerReplica
      giveNotice(replica, world.markets[id].notice)
    }
  }

  /// A market tells that it takes a machine after the notice.
  mutating func giveNotice(_ replica: Int, _ notice: Duration) {
    let pool = Int(replicaStates[replica].pool)
    let before = elastic[pool].committed
    replicaStates[replica].isNoticed = true
    elastic[pool].statistics.interruptions += 1
    notePreempted(pool, Int(replicaStates[replica].market))
    takeDown(.spotNotice, pool, replica, before: before, cause: .supply)
    if replicaStates[replica].phase == .ready, elastic[pool].spec.inFlight == .migrate {
      // Out of the balancer's sight first, so that nothing comes back to it.
      pools[pool].loads.setAvailable(replica - elastic[pool].first, false)
      breakOff(replica, .migrate)
    }
    if replicaStates[replica].phase == .failed { return }
    if replicaStates[replica].phase == .draining {
      replicaStates[replica].serial &+= 1
      schedule(
        .replicaMoves(
          replica: Int32(truncatingIfNeeded: replica), serial: replicaStates[replica].serial),
        after: notice.nanoseconds, phase: .capacity)
    } else {
      drain(replica, limit: notice)
    }
    adjust(pool)
  }

  // MARK: Faults

  /// Draws when the next machine of a pool fails: at the rate of all its places, thinned by those in use.
  mutating func scheduleFault(_ pool: Int) {
    guard let failure = elastic[pool].spec.failure else { return }
    elastic[pool].faults += 1
    let bits = elastic[pool].faultStream.block(elastic[pool].faults << 1).0
    let accelerators = elastic[pool].places * world.pools[pool].acceleratorsPerReplica
    let mean = failure.meanTimeBetween.seconds / Double(max(1, accelerators))
    let gap = mean * Distribution.unitExponential(unitInterval(bits))
    guard gap < world.horizon.seconds else { return }
    schedule(
      .machineFails(Int32(truncatingIfNeeded: pool)), after: Duration(seconds: gap).nanoseconds,
      phase: .capacity)
  }

  /// The drawn place of a pool fails, and those on its node, as far as there are machines.
  mutating func machineFails(_ pool: Int) {
    guard let failure = elastic[pool].spec.failure else { return }
    let bits = elastic[pool].faultStream.block(elastic[pool].faults << 1).1
    let place = PolicyDraws.below(elastic[pool].places, bits)
    let node = place / failure.replicasPerNode * failure.replicasPerNode
    let phase = replicaStates[elastic[pool].first + place].phase
    if phase != .gone, phase != .provisioning, phase != .failed {
      for member in node..<min(node + failure.replicasPerNode, elastic[pool].places) {
        failReplica(elastic[pool].first + member, number: elastic[pool].faults, failure)
      }
    }
    scheduleFault(pool)
  }

  private mutating func failReplica(_ replica: Int, number: UInt64, _ failure: MachineFailure) {
    let pool = Int(replicaStates[replica].pool)
    switch replicaStates[replica].phase {
    case .gone, .provisioning, .failed: return
    case .loading, .warming, .ready, .draining: break
    }
    let before = elastic[pool].committed
    let wasReady = replicaStates[replica].phase == .ready
    elastic[pool].statistics.failures += 1
    replicaStates[replica].serial &+= 1
    move(replica, to: .failed)
    takeDown(.failed, pool, replica, before: before, cause: .none)
    breakOff(replica, .drain)
    let serial = replicaStates[replica].serial
    let slot = Int32(truncatingIfNeeded: replica)
    let detection = wasReady ? elastic[pool].spec.detection.nanoseconds : 0
    let bits = elastic[pool].faultStream.block(number << 1 | 1).0
    let repair = Duration(seconds: max(0, failure.repair.quantile(unitInterval(bits))))
    schedule(
      .replicaMoves(replica: slot, serial: serial),
      after: max(detection, repair.nanoseconds), phase: .capacity)
    if detection > 0 {
      schedule(.failureIsSeen(replica: slot, serial: serial), after: detection, phase: .capacity)
    } else {
      failureIsSeen(replica, serial)
    }
  }

  /// The balancer has learnt that a replica failed: it gets no more requests, and is replaced where machines
  /// come from a market.
  mutating func failureIsSeen(_ replica: Int, _ serial: UInt32) {
    guard replicaStates[replica].serial == serial, replicaStates[replica].phase == .failed else {
      return
    }
    let pool = Int(replicaStates[replica].pool)
    pools[pool].loads.setAvailable(replica - elastic[pool].first, false)
    takeDown(.detected, pool, replica, before: elastic[pool].committed, cause: .none)
    adjust(pool)
  }

  /// A failed machine can be used again: one of the pool's own loads anew, one of a market is given back.
  mutating func machineRepaired(_ replica: Int) {
    let pool = Int(replicaStates[replica].pool)
    let before = elastic[pool].committed
    replicaStates[replica].serial &+= 1
    pools[pool].loads.setAvailable(replica - elastic[pool].first, false)
    takeDown(.repaired, pool, replica, before: before, cause: .none)
    if elastic[pool].spec.markets.isEmpty, elastic[pool].goal >= elastic[pool].committed {
      restart(replica)
    } else {
      remove(replica)
    }
  }

  // MARK: Blocks

  /// Capacity that was bought for a time begins, or goes out of service.
  mutating func blockChanges(_ pool: Int, _ number: Int, begins: Bool) {
    let before = elastic[pool].committed
    elastic[pool].integrate(to: now)
    elastic[pool].blockReplicas += (begins ? 1 : -1) * elastic[pool].spec.blocks[number].replicas
    takeDown(begins ? .blockBegins : .blockEnds, pool, -1, before: before, cause: .none)
    // At its end the machines are gone, whatever is left on them.
    let own = elastic[pool].spec.life.drainLimit
    adjust(pool, limit: begins ? nil : min(own, elastic[pool].spec.blocks[number].margin))
  }
}
