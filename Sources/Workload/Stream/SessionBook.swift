import SimulationKernel

/// The sessions of a workload that are under way: who waits for an answer, and who thinks until when.
///
/// Request number `session << 16 | turn`, both from 0. How many turns a session has, its text and its
/// origin are drawn by the session's number, lengths and thoughts by the request's: the same whatever
/// the answers take. Memory: 48 bytes a session under way.
struct SessionBook: Sendable {
  /// A session under way.
  private struct Talk {
    var number: UInt64
    var turn: Int32
    var turns: Int32
    /// Prompt and answer of the turn that was sent last.
    var said: Int32
    var origin: Int32
  }

  private let turns: LengthLaw
  private let meanThinkTime: Double
  private let limit: Int
  private let turnDraws: KeyedStream
  private let thinking: KeyedStream
  private var talks: [Talk] = []
  private var free: [Int32] = []
  /// Who thinks, by the time of the next turn: `(time, talk)` in a heap.
  private var next: [(time: Int64, talk: Int32)] = []

  init(_ spec: Sessions, turnDraws: KeyedStream, thinking: KeyedStream) {
    turns = LengthLaw(spec.turns)
    meanThinkTime = Double(spec.thinkTime.nanoseconds)
    limit = spec.contextTokens ?? TraceRows.longestLength
    self.turnDraws = turnDraws
    self.thinking = thinking
  }

  /// The session that a request belongs to.
  static func session(of index: UInt64) -> UInt64 { index >> 16 }

  /// When the next turn of somebody who thinks comes, nanoseconds; `Int64.max` for never.
  var time: Int64 { next.first?.time ?? Int64.max }

  /// Begins a session whose first turn is sent now.
  mutating func begin(
    _ number: UInt64, prompt: Int32, output: Int32, origin: Int32
  ) -> Int32 {
    let most = turns.length(turnDraws.block(number).0)
    let talk = Talk(
      number: number, turn: 0, turns: min(most, Int32(Sessions.mostTurns)),
      said: Self.said(prompt, output), origin: origin)
    if let id = free.popLast() {
      talks[Int(id)] = talk
      return id
    }
    talks.append(talk)
    return Int32(truncatingIfNeeded: talks.count - 1)
  }

  /// The next turn: its talk, number, origin and the tokens said before it.
  ///
  /// - Precondition: somebody thinks.
  func upcoming() -> (talk: Int32, index: UInt64, origin: Int32, said: Int32) {
    let id = next[0].talk
    let talk = talks[Int(id)]
    return (id, talk.number << 16 | UInt64(talk.turn), talk.origin, talk.said)
  }

  /// Takes the next turn, of this prompt and answer; its session waits from now on, or has ended where
  /// they are beyond the limit.
  ///
  /// - Complexity: O(log sessions).
  mutating func advance(prompt: Int32, output: Int32) {
    let id = popNext()
    talks[Int(id)].said = Self.said(prompt, output)
  }

  /// Tokens of a turn; no session goes on beyond the longest length.
  private static func said(_ prompt: Int32, _ output: Int32) -> Int32 {
    Int32(min(Int(prompt) + Int(output), TraceRows.longestLength))
  }

  /// Ends the session whose turn would come next.
  mutating func endNext() { free.append(popNext()) }

  /// Whether a turn of this many tokens is within the limit on context.
  func fits(_ tokens: Int) -> Bool { tokens <= limit }

  /// Tells a session that its turn was answered, or came to nothing, at `time`.
  mutating func answered(_ id: Int32, completed: Bool, at time: Int64) {
    talks[Int(id)].turn += 1
    let talk = talks[Int(id)]
    guard completed, talk.turn < talk.turns else {
      free.append(id)
      return
    }
    let (bits, _) = thinking.block(talk.number << 16 | UInt64(talk.turn))
    let thought = Distribution.unitExponential(unitInterval(bits)) * meanThinkTime
    push((later(time, by: thought), id))
  }

  // MARK: The heap, by (time, session's number)

  private func precedes(_ a: (time: Int64, talk: Int32), _ b: (time: Int64, talk: Int32)) -> Bool {
    a.time != b.time
      ? a.time < b.time : talks[Int(a.talk)].number < talks[Int(b.talk)].number
  }

  private mutating func push(_ entry: (time: Int64, talk: Int32)) {
    next.append(entry)
    var at = next.count - 1
    while at > 0 {
      let parent = (at - 1) / 2
      if !precedes(next[at], next[parent]) { return }
      next.swapAt(at, parent)
      at = parent
    }
  }

  private mutating func popNext() -> Int32 {
    let id = next[0].talk
    next.swapAt(0, next.count - 1)
    next.removeLast()
    var at = 0
    while true {
      var least = at
      for child in [2 * at + 1, 2 * at + 2]
      where child < next.count && precedes(next[child], next[least]) { least = child }
      if least == at { return id }
      next.swapAt(at, least)
      at = least
    }
  }
}
