/// Something a serving engine did with a request, and when.
///
/// Two engines agree when their logs of these are equal, in order.
struct EngineEvent: Hashable, Sendable, CustomStringConvertible {
  enum Kind: String, Hashable, Sendable {
    /// The prompt leaves no room for output; the request never entered.
    case rejected
    /// First admitted to the running batch.
    case started
    /// It has blocks for the cache that another engine has of its prompt.
    case reserved
    /// Its first output token became visible; at most once, whatever is preempted.
    case firstToken
    /// Lost its KV blocks and went back to waiting.
    case preempted
    /// Its last output token became visible.
    case finished
    /// Withdrawn by its client before it finished.
    case cancelled
    /// Dropped by the death of the replica.
    case lost
  }

  /// How far a request was when it was lost.
  struct Progress: Hashable, Sendable {
    var generated: Int
    /// Nanoseconds; -1 where it had not been admitted.
    var startedAt: Int64
    /// Nanoseconds; -1 where it had not appeared.
    var firstTokenAt: Int64
  }

  var kind: Kind
  /// The request's id.
  var request: Int
  /// Nanoseconds, visible time.
  var time: Int64
  /// What was lost; nil for other kinds.
  var progress: Progress?

  init(_ kind: Kind, _ request: Int, at time: Int64, _ progress: Progress? = nil) {
    self.kind = kind
    self.request = request
    self.time = time
    self.progress = progress
  }

  var description: String {
    let event = "\(time) ns \(kind.rawValue) #\(request)"
    guard let progress else { return event }
    return event + " (\(progress.generated) tokens, started \(progress.startedAt), "
      + "first token \(progress.firstTokenAt))"
  }
}
