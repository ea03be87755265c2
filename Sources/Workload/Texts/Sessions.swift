import SimulationKernel

/// Conversations: every arrival of a workload begins one, and each further turn is sent a think time
/// after the answer to the last.
///
/// A turn's prompt is all that was said, answers included, and new words; the workload's shape says how
/// many new words and how long an answer. A turn that is turned away, fails or is given up ends its
/// session.
public struct Sessions: Sendable {
  /// Law of the number of turns.
  public var turns: LengthSpec
  /// Mean time between an answer and the next turn, exponential.
  public var thinkTime: Duration
  /// New words and answers of the turns after the first; `nil` where the workload's shape holds for all.
  public var followUp: ShapeSpec?
  /// Tokens of prompt and answer beyond which a session ends; `nil` for no limit.
  public var contextTokens: Int?

  /// Creates sessions.
  public init(
    turns: LengthSpec, thinkTime: Duration, followUp: ShapeSpec? = nil, contextTokens: Int? = nil
  ) {
    self.turns = turns
    self.thinkTime = thinkTime
    self.followUp = followUp
    self.contextTokens = contextTokens
  }

  /// Turns a session may have at most: a request's number is the session's and the turn's.
  static let mostTurns = 1 << 16
}
