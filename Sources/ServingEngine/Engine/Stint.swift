/// How the tokens of a decoding sequence appear where the engine speculates, from the moment it begins
/// to decode until it ends or is preempted.
///
/// After `j` of its steps, `first + floor(j · tokens / steps)` tokens are there: evenly spread, at most
/// one more than the draft a step, and exact at the end.
struct Stint {
  /// Output tokens there were when it began.
  var first: Int32 = 0
  /// Output tokens it adds until the request's last.
  var tokens: Int32 = 1
  /// Steps in which it adds them.
  var steps: Int32 = 1
  /// Output tokens that the replica's totals have counted.
  var counted: Int32 = 0
  /// KV blocks it holds: those of the step in progress, drafted tokens included.
  var heldBlocks: Int32 = 0

  /// Tokens that appear in the first `step` steps.
  @inline(__always)
  func added(after step: Int) -> Int {
    Int(tokens) * step / Int(steps)
  }

  /// What each step adds to the time of reading its cache, picoseconds, rounded half up: the average of
  /// its growth, so that the time of many steps stays a polynomial in whole numbers.
  @inline(__always)
  func growth(perKVToken: Int64) -> Int64 {
    (2 * perKVToken * Int64(tokens) + Int64(steps)) / (2 * Int64(steps))
  }
}
