/// A request inside an engine: one 64-byte slot of the fleet's slab.
///
/// While a sequence decodes, nothing in it is touched: its progress is `finishStep` against the
/// replica's step counter. Blocks held are always `ceil(computed / blockTokens)` at a boundary.
struct Sequence {
  enum State: UInt8 {
    /// The slot is on the free list.
    case free
    /// Given to a caller, not yet at a replica.
    case allocated
    /// In the waiting queue, never started or preempted.
    case waiting
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
  /// Prompt tokens.
  var prompt: Int32 = 0
  /// Output tokens it will produce, after truncation to the model's length.
  var output: Int32 = 0
  /// Tokens in the KV cache; current unless the sequence decodes.
  var computed: Int32 = 0
  /// Output tokens produced; current unless the sequence decodes.
  var generated: Int32 = 0
  /// The replica's step counter at which the last output token appears, while decoding.
  var finishStep: UInt32 = 0
  /// Place in the order of admission at its replica, which is the order of the running list.
  var admission: UInt32 = 0
  /// Neighbours in the running list, or in a first-come waiting list.
  var next: Int32 = -1
  var previous: Int32 = -1
  /// Next in the replica's list of prefilling sequences.
  var nextPrefill: Int32 = -1
  /// Next in the replica's list of cancellations that wait for a boundary.
  var nextCancel: Int32 = -1
  /// Tokens this step computes for it; 0 where the step's budget did not reach it.
  var chunk: Int32 = 0
  /// Lower is served first where the order is by priority.
  var priority: Int32 = 0
  var state: State = .free
  /// Whether it was ever admitted.
  var hasStarted = false
  /// Whether its first token has appeared.
  var hasFirstToken = false
  /// Whether it is in the replica's list of cancellations.
  var isCancelled = false

  /// Tokens of prompt and output so far: what a (re-)admission must compute.
  var tokens: Int32 { prompt + generated }
}
