import SimulationKernel

/// Checkpoints: looks at the run from outside the event list, so that a run with them is the same
/// run, event for event, as one without.
extension Simulation {
  /// The moment of the next checkpoint as a key of the event lists; later than any event where no
  /// checkpoints are wanted.
  var nextCheckpointKey: UInt64 {
    checkpointLength > 0
      ? UInt64(Int64(checkpoints.count + 1) * checkpointLength) << 3 : UInt64.max
  }

  /// Takes down every checkpoint that lies at or before the next event. O(parts) for each.
  ///
  /// Kept out of line, like ``noteInTrails(_:)``, so that runs without checkpoints have no code of them in their loop.
  @inline(never)
  mutating func passCheckpoints(before key: UInt64) {
    while nextCheckpointKey <= key {
      takeCheckpoint(at: Int64(checkpoints.count + 1) * checkpointLength)
    }
  }

  /// The run is over: the moments up to the horizon that no event came after, and the horizon itself.
  mutating func concludeCheckpoints() {
    guard checkpointLength > 0 else { return }
    let end = world.horizon.nanoseconds
    passCheckpoints(before: UInt64(end) << 3)
    if checkpoints.last?.time.nanoseconds != end { takeCheckpoint(at: end) }
  }

  /// Takes an ended request into the hashes of its workload and its deployment.
  @inline(never)
  mutating func noteInTrails(_ record: UnsafeMutablePointer<RequestRecord>) {
    trails[Int(record.pointee.workload)].take(record, at: now)
    let deployment = Int(record.pointee.deployment)
    if deployment >= 0 { trails[workloadCount + deployment].take(record, at: now) }
  }

  private mutating func takeCheckpoint(at time: Int64) {
    func part(_ trail: Trail, arrived: Int64) -> Checkpoint.Part {
      Checkpoint.Part(
        fingerprint: trail.fingerprint.value, arrived: arrived, completed: trail.completed,
        lost: trail.lost)
    }
    checkpoints.append(
      Checkpoint(
        time: SimTime(nanoseconds: time), fingerprint: fingerprint.value, events: events,
        workloads: world.workloads.indices.map {
          part(trails[$0], arrived: workloads[$0].totals.arrived)
        },
        deployments: (0..<deploymentCount).map { part(trails[workloadCount + $0], arrived: 0) }))
  }
}
