/// How far a quota is used at an instant, in the unit of its rule.
public struct QuotaReading: Hashable, Sendable {
  /// The limit as agreed.
  public var limit: Int64
  /// The limit in force, lower than ``limit`` during a cut.
  public var effectiveLimit: Int64
  /// What is used of it; above the limit where the rule lets calls overshoot.
  public var used: Int64
  /// Used share of the limit in force; 1 where that is zero.
  public var usedFraction: Double

  /// Creates a reading.
  public init(limit: Int64, effectiveLimit: Int64, used: Int64, usedFraction: Double) {
    self.limit = limit
    self.effectiveLimit = effectiveLimit
    self.used = used
    self.usedFraction = usedFraction
  }

  /// A reading whose fraction follows from whole numbers.
  init(_ limit: EffectiveLimit, used: Int64) {
    self.init(
      limit: limit.full, effectiveLimit: limit.effective, used: used,
      usedFraction: limit.effective == 0 ? 1 : Double(used) / Double(limit.effective))
  }
}
