import SimulationKernel

/// One course of a ``SpellModel``: the market's own spells and those shortages of its region that reach it.
///
/// The region's stream is keyed by the region alone, so all its markets see one course, whichever is asked
/// first. Whether shortage n reaches a market is drawn from the market's stream by n.
struct SpellCourse: Sendable {
  static let commonPurpose = KeyedStream.Purpose(rawValue: 1 << 16 | 0x20)
  static let exposurePurpose = KeyedStream.Purpose(rawValue: 1 << 16 | 0x21)

  private var own: SpellClock
  private var common: SpellClock?
  private let exposure: Double
  private let exposures: KeyedStream

  /// Whether there is capacity now.
  private(set) var isUp: Bool
  /// When that changes next, nanoseconds from the start; `Int64.max` for never.
  private(set) var nextChange: Int64 = .max

  init(_ model: SpellModel, stream: KeyedStream) {
    own = SpellClock(model.own, stream: stream)
    common = model.common.map {
      SpellClock(
        $0.spells,
        stream: KeyedStream(seed: stream.seed, entity: $0.key, purpose: Self.commonPurpose))
    }
    exposure = model.common?.exposure ?? 0
    exposures = KeyedStream(
      seed: stream.seed, entity: stream.entity, purpose: Self.exposurePurpose)
    isUp = true
    isUp = clocksAreUp
    seek()
  }

  /// Goes on to the next change. The cost is that of the spells in between: a constant, on average.
  mutating func advance() {
    precondition(nextChange < .max, "a level that stays has no next one")
    isUp.toggle()
    seek()
  }

  /// Runs the clocks to the next moment at which capacity comes or goes.
  private mutating func seek() {
    while true {
      let moment = min(own.nextChange, common?.nextChange ?? .max)
      nextChange = moment
      if moment == .max { return }
      if own.nextChange == moment { own.advance() }
      if common?.nextChange == moment { common?.advance() }
      if clocksAreUp != isUp { return }
    }
  }

  private var clocksAreUp: Bool {
    guard own.isUp else { return false }
    guard let common, !common.isUp else { return true }
    return unitInterval(exposures.block(common.number).0) >= exposure
  }
}
