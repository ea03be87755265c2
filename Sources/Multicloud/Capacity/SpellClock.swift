import SimulationKernel

/// One course of two laws that take turns, from its stationary state.
///
/// Block 0 of the stream says whether it begins up and which part of the first spell is left, block 1 how
/// long that spell is (size-biased, as the spell is that covers a moment), block n + 1 how long spell n is.
struct SpellClock: Sendable {
  private let spells: SpellPair
  private let stream: KeyedStream

  /// Whether there is capacity now.
  private(set) var isUp: Bool
  /// Number of the present spell; the one at the start is 0.
  private(set) var number: UInt64 = 0
  /// When the present spell ends, nanoseconds from the start; `Int64.max` for never.
  private(set) var nextChange: Int64

  init(_ spells: SpellPair, stream: KeyedStream) {
    self.spells = spells
    self.stream = stream
    let first = stream.block(0)
    isUp = unitInterval(first.0) < spells.availability
    let law = isUp ? spells.up : spells.down
    let residual = law.residual(
      spell: unitInterval(stream.block(1).0), part: unitInterval(first.1))
    nextChange = Self.moment(residual, after: 0)
  }

  /// Goes on to the next spell.
  ///
  /// - Precondition: ``nextChange`` is a moment.
  mutating func advance() {
    precondition(nextChange < .max, "a spell without end has no next one")
    number += 1
    isUp.toggle()
    let law = isUp ? spells.up : spells.down
    nextChange = Self.moment(
      law.quantile(unitInterval(stream.block(number + 1).0)), after: nextChange)
  }

  /// The moment some seconds later, a nanosecond at least; never where it is beyond simulated time.
  private static func moment(_ seconds: Double, after start: Int64) -> Int64 {
    let last = SimTime.never.nanoseconds
    guard seconds * 1e9 < Double(last - start) else { return .max }
    return start + max(1, Duration(seconds: seconds).nanoseconds)
  }
}
