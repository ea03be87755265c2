import ServingEngine

/// What a run of the twin showed: the log, and what to judge the run itself by.
struct TwinObservation: Hashable, Sendable {
  var events: [EngineEvent] = []
  /// Visible times of all boundaries, nanoseconds, in order.
  var boundaries: [Int64] = []
  /// Steps run.
  var steps = 0
  /// Steps in which somebody prefilled.
  var mixedSteps = 0
  /// Tokens computed over all steps, recomputed ones included.
  var tokensComputed = 0
  /// Most KV blocks held at once.
  var maxBlocksUsed = 0
  /// Free KV blocks when the last request had gone.
  var freeBlocksAtEnd = 0
  /// Prefill chunks that did not complete what they prefilled.
  var partialChunks = 0
  /// Schedule calls that preempted and scheduled nobody, so that scheduling was tried again at
  /// the same boundary.
  var emptySchedules = 0
  /// Preemptions of a sequence that the same schedule call had already scheduled.
  var victimsAlreadyScheduled = 0
  /// Cancels that came too late.
  var cancelsIgnored = 0
  /// Times the head of the queue would have fitted but for the watermark.
  var waitedForWatermark = 0
  /// Times an adapter was loaded, and one had to go for it.
  var adapterLoads = 0
  var adaptersEvicted = 0
  /// Times a waiting request was passed over for its adapter, and another was admitted after it.
  var passedOver = 0
  var admittedPast = 0
  /// Drafted tokens that were right.
  var draftsAccepted = 0
  /// Requests whose output the model length cut short.
  var truncated = 0

  /// What the replica did, as the engine counts it: work of finished steps, and integrals over time.
  /// Blocks are left out, which the engine integrates by trapezoids.
  var totals = ReplicaTotals()
  /// Requests lost or cancelled while their caches were on their way, or lost while they waited with them.
  var lostInTransfer = 0
  var cancelledInTransfer = 0
  /// Boundaries after which nothing runs and somebody waits for blocks that caches hold.
  var idleForBlocks = 0
  /// Admissions of preempted requests that found something in the prefix cache.
  var hitsAfterPreemption = 0
  /// Most equal blocks there were at once.
  var mostCopies = 0
  /// Schedule calls with two running requests of one session.
  var sharedSessions = 0
  /// Steps in progress that a failure cut off.
  var stepsLost = 0
  /// Those of them that left a decoding sequence out.
  var stepsLostLeavingOut = 0
  /// Boundaries from which a step leaves a decoding sequence out, nanoseconds.
  var leavingOut: [Int64] = []
  /// Steps that went on with the old step times after a change.
  var stepsInChange = 0

  /// Events of one kind.
  func count(_ kind: EngineEvent.Kind) -> Int {
    events.count(where: { $0.kind == kind })
  }
}
