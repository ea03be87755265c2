import SimulationKernel

/// A training job while it is simulated.
struct TrainingState: Sendable {
  enum Phase: UInt8, Sendable {
    /// Not submitted yet.
    case future
    /// It waits for a gang.
    case waiting
    /// It has its machines and starts.
    case starting
    /// It works, or saves a checkpoint at the end of a stretch of work.
    case working
    /// It is done.
    case done
  }

  var phase = Phase.future
  /// Told apart from what was scheduled for it before.
  var serial: UInt32 = 0
  /// When the present phase, or stretch of work, began.
  var since: Int64 = 0
  /// Work of the present stretch, and the checkpoint after it; nanoseconds.
  var stretch: Int64 = 0
  var saving: Int64 = 0
  /// Times it has had its machines: numbers its draws.
  var starts: UInt64 = 0
  var outcome = TrainingOutcome()
  /// Machine time that has been billed, whole instance-seconds.
  var billedSeconds: Int64 = 0
  /// When machine time was last counted.
  var heldSince: Int64 = -1
  let stream: KeyedStream

  init(entity: UInt32, seed: UInt64) {
    stream = KeyedStream(seed: seed, entity: entity, purpose: 723)
  }

  var holdsMachines: Bool { phase == .starting || phase == .working }
}
