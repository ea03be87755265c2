import SimulationKernel

/// Capacity that comes and goes in spells: ``level`` accelerators while there is some, ``low`` else.
///
/// There is some while the market's own spells are up and no shortage of its region reaches it. The course
/// of the region is common to all markets that name it, so that they fail together: two markets of
/// exposures e and f have the covariance q·q'·e·f·r·(1 − r), r being the region's availability and q, q'
/// their own. A market of exposure 1 has capacity only while the region has.
public struct SpellModel: Hashable, Sendable {
  /// Accelerators while there are some, those already held included.
  public var level: Int
  /// Accelerators in a shortage.
  public var low: Int
  /// The market's own spells.
  public var own: SpellPair
  /// Shortages of the region; `nil` for none.
  public var common: CommonSpells?

  /// Creates a model.
  ///
  /// - Precondition: `0 <= low < level`.
  public init(level: Int, low: Int = 0, own: SpellPair, common: CommonSpells? = nil) {
    precondition(0 <= low && low < level, "a shortage has less than there is without one")
    self.level = level
    self.low = low
    self.own = own
    self.common = common
  }

  /// Share of time without a shortage, in the long run.
  public var availability: Double { own.availability * (common?.availability ?? 1) }

  /// Falls from ``level`` to ``low`` a second, in the long run: those of one course while the other is up.
  public var dropsPerSecond: Double {
    guard let common else { return own.dropsPerSecond }
    return own.dropsPerSecond * common.availability + common.dropsPerSecond * own.availability
  }
}

/// Shortages that several markets share, and how much of them reaches one.
public struct CommonSpells: Hashable, Sendable {
  /// The spells of the region.
  public var spells: SpellPair
  /// Number of the course: markets with the same number see the same one.
  public var key: UInt32
  /// Share of the region's shortages that reach the market, each as a whole or not at all.
  public var exposure: Double

  /// Creates shortages.
  ///
  /// - Precondition: `exposure` is from 0 to 1.
  public init(spells: SpellPair, key: UInt32, exposure: Double = 1) {
    precondition((0...1).contains(exposure), "an exposure is a share")
    self.spells = spells
    self.key = key
    self.exposure = exposure
  }

  /// Share of time in which no shortage of the region reaches the market.
  public var availability: Double { 1 - exposure * (1 - spells.availability) }

  /// Shortages that reach the market, a second.
  public var dropsPerSecond: Double { exposure * spells.dropsPerSecond }
}
