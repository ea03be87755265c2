/// A pool's books kept by requests, beside those the engine keeps by replicas: what both say of the
/// same thing must be equal to the nanosecond and the token.
struct PoolLedger {
  /// Requests at its replicas.
  private(set) var present = 0
  /// Requests × nanoseconds up to the last change.
  private var integral: Int128 = 0
  /// Of that, what requests spent neither waiting nor running: their caches were on their way.
  private var apart: Int128 = 0
  private var lastChange: Int64 = 0
  /// Output tokens that requests took away when they left a replica.
  private(set) var takenTokens: Int64 = 0
  /// Prompt tokens with which requests came that left with a token at least, and of all that left.
  private(set) var servedPrompts: Int64 = 0
  private(set) var allPrompts: Int64 = 0

  /// Completed requests and their tokens, where a gateway without rules leaves nobody else to count.
  private(set) var finished: Int64 = 0
  private(set) var finishedPrompts: Int64 = 0
  private(set) var finishedTokens: Int64 = 0

  /// Counts a request in or out.
  @inline(__always)
  mutating func change(_ sign: Int, at now: Int64) {
    integral += Int128(present) * Int128(now - lastChange)
    lastChange = now
    present += sign
  }

  /// Counts what a request takes away that leaves a replica.
  @inline(__always)
  mutating func take(tokens: Int, prompt: Int) {
    takenTokens += Int64(tokens)
    allPrompts += Int64(prompt)
    if tokens > 0 { servedPrompts += Int64(prompt) }
  }

  /// Counts a completed request.
  mutating func finish(prompt: Int32, output: Int32) {
    finished += 1
    finishedPrompts += Int64(prompt)
    finishedTokens += Int64(output)
  }

  /// Counts time that a request spent at a replica without waiting or running.
  mutating func addApart(_ nanoseconds: Int64) { apart += Int128(nanoseconds) }

  /// Requests that wait or run × nanoseconds up to now.
  func requestTime(at now: Int64) -> Int128 {
    integral + Int128(present) * Int128(now - lastChange) - apart
  }
}
