/// A request inside an engine: one 64-byte slot, a cache line, of the fleet's slab.
///
/// While a sequence decodes, nothing in it is touched: its progress is `finishStep` against the
/// replica's step counter. Blocks held are always `ceil(computed / blockTokens)` at a boundary.
struct Sequence {
  enum State: UInt8 {
    /// The slot is on the free list.
    case free
    /// Given to a caller, not at a replica (yet, or any more).
    case allocated
    /// In the waiting queue, never started or preempted.
    case waiting
    /// It has blocks, and its cache is being copied into them.
    case receiving
    /// Its cache is here, and it waits for a place in the batch.
    case ready
    /// Running, and has not yielded a token since its (re-)admission.
    case prefilling
    /// Running, one token a step.
    case decoding
    /// Cancelled while in a priority queue, which forgets it lazily.
    case forgotten
    /// The same, and its slot was given back meanwhile.
    case released
  }

  /// Order of arrival over the whole fleet: breaks ties as (arrival, id) would.
  var order: UInt64 = 0
  /// When it was first admitted, nanoseconds; -1 before.
  var startedAt: Int64 = -1
  /// When its first token appeared, nanoseconds; -1 before.
  var firstTokenAt: Int64 = -1
  /// Prompt tokens.
  var prompt: Int32 = 0
  /// Output tokens it will produce, after truncation to the model's length.
  var output: Int32 = 0
  /// Tokens in the KV cache; current unless the sequence decodes.
  var computed: Int32 = 0
  /// Output tokens produced; current unless the sequence decodes.
  var generated: Int32 = 0
  /// Place in the order of admission at its replica, which is the order of the running list.
  var admission: UInt32 = 0
  /// While it decodes, the replica's step counter at which its last token appears; while it
  /// prefills, the tokens this step computes for it. A sequence does one or the other.
  private var stepFigure: UInt32 = 0
  /// Next in the waiting list, in another list of the replica, or on the free list.
  var next: Int32 = -1
  /// Previous in the waiting list, or among those that receive their caches.
  var previous: Int32 = -1
  /// Next in the replica's list of cancellations that wait for a boundary.
  var nextCancel: Int32 = -1
  /// Lower is served first where the order is by priority.
  var priority: Int16 = 0
  var state: State = .free
  /// Whether it is in the replica's list of cancellations.
  var isCancelled = false

  /// The replica's step counter at which the last output token appears, while decoding.
  @inline(__always)
  var finishStep: UInt32 {
    get { stepFigure }
    set { stepFigure = newValue }
  }

  /// Tokens this step computes for it while prefilling; 0 where the budget did not reach it.
  @inline(__always)
  var chunk: Int {
    get { Int(stepFigure) }
    set { stepFigure = UInt32(truncatingIfNeeded: newValue) }
  }

  /// Tokens of prompt and output so far: what a (re-)admission must compute.
  var tokens: Int32 { prompt + generated }
}
