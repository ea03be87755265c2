import SimulationKernel

/// Health checks, and packets that are lost.
///
/// Probes start at the gateway. One that stands at the clients' edge is in no one place, so that its probes
/// take no time on the way.
extension Simulation {
  /// Every deployment's first probe is one interval after the run begins; those of a later part of a run
  /// keep the whole run's beat.
  mutating func scheduleProbes() {
    guard let health = world.gateway.health else { return }
    let interval = health.interval.nanoseconds
    for id in 0..<deploymentCount {
      schedule(.probed(Int32(id)), after: interval - now % interval, phase: .tick)
    }
  }

  /// Probes a deployment: what it is when the probe reaches it decides.
  mutating func probe(_ id: Int) {
    guard let health = world.gateway.health else { return }
    schedule(.probed(Int32(id)), after: health.interval.nanoseconds, phase: .tick)
    let timeout = health.timeout.nanoseconds
    // Behind an ingress every origin has the same way.
    let roundTrip = world.network.ingress == nil || origins == 0 ? 0 : 2 * toDeployment[id]
    let isSilent = deployments[id].hangs || roundTrip > timeout
    if !isSilent, roundTrip == 0 {
      probeAnswers(id, isWell: !deployments[id].fails)
      return
    }
    schedule(
      .probeAnswers(Int32(id), isWell: !isSilent && !deployments[id].fails),
      after: isSilent ? timeout : roundTrip, phase: .tick)
  }

  /// A probe's outcome is known.
  mutating func probeAnswers(_ id: Int, isWell: Bool) {
    guard let health = world.gateway.health,
      deployments[id].health.note(isWell: isWell, health)
    else { return }
    unhealthy += isWell ? -1 : 1
    if !isWell, watch.isWatching { watch.noteMarked(id, now) }
  }

  /// How late an attempt comes to its deployment, or its answer back, because packets are lost, nanoseconds.
  /// Keyed by request and attempt, so that routing changes no draw.
  func retransmission(_ slot: Int, isAnswer: Bool) -> Int64 {
    guard let loss = deployments[Int(records[slot].deployment)].loss else { return 0 }
    let record = records + slot
    let bits = workloads[Int(record.pointee.workload)].lossStream.block(
      record.pointee.index ^ UInt64(record.pointee.attempts) << 48)
    return loss.delay(isAnswer ? bits.1 : bits.0)
  }

  /// Counts a request that has ended in the second in which it came.
  mutating func watchEnd(_ record: UnsafeMutablePointer<RequestRecord>) {
    let workload = workloads + Int(record.pointee.workload)
    var outcome = IncidentWatch.Outcome()
    outcome.isClient = !isCalled[Int(record.pointee.workload)]
    outcome.attempts = workload.pointee.hasChain ? -1 : Int64(record.pointee.attempts)
    switch record.pointee.status {
    case .completed:
      outcome.isGood =
        record.pointee.timeToFirstToken <= workload.pointee.timeToFirstTokenLimit
        && record.pointee.timePerOutputToken <= workload.pointee.timePerOutputTokenLimit
        && record.pointee.endToEnd <= workload.pointee.endToEndLimit
    case .rejected, .failed: outcome.isLost = true
    case .cancelled, .inFlight: break
    }
    watch.count(outcome, arrival: record.pointee.arrival)
  }
}
