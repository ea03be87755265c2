/// The state of one engine: a batch that decodes, a queue that waits, and the span being played.
///
/// A *span* is a run of steps in which nobody joins or leaves the batch. Its first step is in
/// progress from `clock` on, with blocks for that step allocated; the boundary at which the span
/// ends is planned, and may be moved earlier while it lasts.
struct Replica {
  enum Activity: UInt8 {
    /// Nobody runs, nobody waits.
    case idle
    /// At a boundary, outputs done, the next batch not yet formed.
    case atBoundary
    /// Only decode steps, all sequences of the batch in each of them.
    case decoding
    /// One step that prefills, or that leaves somebody out.
    case singleStep
  }

  // The exact time of the last boundary: whole nanoseconds and picoseconds below 1000.
  var clockNanoseconds: Int64 = 0
  var clockPicoseconds: Int64 = 0
  /// Visible time (rounded up to a nanosecond) of the boundary that comes next.
  var boundary: Int64 = 0
  var activity = Activity.idle
  /// Index of the engine profile.
  var profile = 0
  /// Index of the profile in force from the next batch on; -1 where it stays.
  var nextProfile: Int32 = -1

  /// Decode-step counter; zero again when the replica falls idle.
  var step: UInt32 = 0
  /// Steps from `clock` to the planned boundary.
  var plannedSteps: UInt32 = 0
  /// Sequences decoding.
  var decodes = 0
  /// Of those, how many the step in progress computes.
  var decodesInStep = 0
  /// Whether the step in progress prefills while every decoding sequence waits, and so does not count.
  var holdsDecodes = false
  /// KV tokens of the decoding sequences.
  var kvTokens = 0
  /// Time from `clock` to the planned boundary.
  var plannedPicoseconds: Int64 = 0
  var freeBlocks = 0
  // Where the engine speculates, in place of `kvTokens`, which stays zero: picoseconds that reading the
  // caches takes in the next step of a decode span, and what each step adds to them.
  var attentionTime: Int64 = 0
  var attentionGrowth: Int64 = 0
  /// What adapters add to each step of a decode span, picoseconds.
  var adapterTime: Int64 = 0

  /// Sequences running: those decoding, which stand in `finishes`, and those prefilling.
  var running = 0
  // Prefilling sequences in order of admission.
  var firstPrefill: Int32 = -1
  var lastPrefill: Int32 = -1
  // Waiting sequences: a linked list where first come is first served, else a heap.
  var firstWaiting: Int32 = -1
  var lastWaiting: Int32 = -1
  var waiting = 0
  var waitingByPriority = KeyHeap<UInt128>()
  // Cancellations that wait for the next boundary, in order of their coming.
  var firstCancel: Int32 = -1
  var lastCancel: Int32 = -1

  // What only engines with a connector to others have; see ReplicaFleet+Transfer.
  /// Sequences whose caches are on their way, in order of their reservations.
  var receiving = SlotList()
  /// Sequences whose caches are here, in order of their coming.
  var ready = SlotList()
  /// Sequences in their first step whose first token will be told at its end.
  var newcomers = SlotList()
  /// Blocks taken for caches that come or go, which nobody in the batch holds.
  var lentBlocks = 0

  /// Decoding sequences as `finishStep << 32 | slot`.
  var finishes = KeyHeap<UInt64>()
  /// How many decoding sequences have `(computed - step) mod blockTokens == i`, by `i`: those with
  /// `i + step ≡ 0` need a block in the step that begins at counter `step`.
  var residues: UnsafeMutablePointer<Int32>
  var admissions: UInt32 = 0
  /// The blocks as a cache of prefixes; `nil` where the engine keeps none.
  var cache: UnsafeMutablePointer<PrefixCache>?
  /// What the step being formed loads from the host's memory first.
  var loadPicoseconds: Int64 = 0

  // Integrals and totals since the start, exact; see ReplicaTotals.
  var totals = ReplicaTotals()
  /// Until when the integrals are complete.
  var integratedTo: Int64 = 0
  /// Blocks held when the integral of blocks was last extended.
  var integratedBlocks = 0

  init(profile: Int, kvBlocks: Int, residues: UnsafeMutablePointer<Int32>) {
    self.profile = profile
    self.residues = residues
    freeBlocks = kvBlocks
  }

  /// Moves the exact clock forward.
  mutating func advanceClock(picoseconds: Int64) {
    let sum = clockPicoseconds + picoseconds
    clockNanoseconds += sum / 1000
    clockPicoseconds = sum % 1000
  }

  /// The visible time `picoseconds` after the last boundary.
  func visibleTime(after picoseconds: Int64) -> Int64 {
    clockNanoseconds + (clockPicoseconds + picoseconds + 999) / 1000
  }
}
