/// What a replica has done since the start, as exact integers that only grow (but the peak).
@frozen
public struct ReplicaTotals: Hashable, Sendable {
  /// Steps run.
  public var steps: Int64 = 0
  /// Prompt tokens computed, recomputation after preemption included.
  public var prefillTokens: Int64 = 0
  /// Tokens of the prompts that were looked up in a prefix cache: each once, at its first admission.
  public var lookedUpTokens: Int64 = 0
  /// Of those, tokens that were found.
  public var hitTokens: Int64 = 0
  /// Tokens loaded from the host's memory, for every admission.
  public var loadedTokens: Int64 = 0
  /// Output tokens produced.
  public var outputTokens: Int64 = 0
  /// Requests preempted.
  public var preemptions: Int64 = 0
  /// Nanoseconds with a step in progress.
  public var busyNanoseconds: Int64 = 0
  /// Running sequences × nanoseconds.
  public var runningIntegral: Int128 = 0
  /// Waiting sequences × nanoseconds.
  public var waitingIntegral: Int128 = 0
  /// Blocks held × nanoseconds × 2, by the trapezoid between membership changes: blocks grow evenly
  /// with the steps in between.
  public var doubledBlockIntegral: Int128 = 0
  /// Most blocks held since the peak was last reset.
  public var peakBlocks: Int = 0
  /// Most requests waiting since the peak was last reset.
  public var peakWaiting: Int = 0

  /// Creates totals of nothing done.
  public init() {}
}
