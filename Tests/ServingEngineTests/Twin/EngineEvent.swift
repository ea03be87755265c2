/// Something a serving engine did with a request, and when.
///
/// Two engines agree when their logs of these are equal, in order.
struct EngineEvent: Hashable, Sendable, CustomStringConvertible {
  enum Kind: String, Hashable, Sendable {
    /// The prompt leaves no room for output; the request never entered.
    case rejected
    /// First admitted to the running batch.
    case started
    /// Its first output token became visible; at most once, whatever is preempted.
    case firstToken
    /// Lost its KV blocks and went back to waiting.
    case preempted
    /// Its last output token became visible.
    case finished
    /// Withdrawn by its client before it finished.
    case cancelled
  }

  var kind: Kind
  /// The request's id.
  var request: Int
  /// Nanoseconds, visible time.
  var time: Int64

  init(_ kind: Kind, _ request: Int, at time: Int64) {
    self.kind = kind
    self.request = request
    self.time = time
  }

  var description: String { "\(time) ns \(kind.rawValue) #\(request)" }
}
