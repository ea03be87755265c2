/// Whole numbers of replicas from loads, the same on every machine.
///
/// Loads and targets are decimal fractions that a `Double` does not hold exactly: 2.1 requests a second at
/// 0.3 each would ask for eight replicas. So a billionth is forgiven before rounding.
enum ReplicaNeed {
  /// Most replicas a policy can want: beyond any pool, and small enough to add a few up.
  static let most = 1 << 50

  private static let slack = 1e-9

  /// The fewest replicas that bear a load at `target` each; none for no load.
  static func count(_ load: Double, at target: Double) -> Int {
    load > 0 ? ceiling(load / target) : 0
  }

  /// A number of replicas rounded up.
  ///
  /// - Precondition: It is not negative.
  static func ceiling(_ exact: Double) -> Int {
    Int(min((exact * (1 - slack)).rounded(.up), Double(most)))
  }

  /// A number of replicas times a rate that may be infinite, rounded up.
  static func product(_ replicas: Int, _ rate: Double) -> Int {
    rate < .infinity ? ceiling(Double(replicas) * rate) : most
  }

  /// A number of replicas rounded down.
  ///
  /// - Precondition: It is not negative.
  static func floor(_ exact: Double) -> Int {
    Int(min((exact * (1 + slack)).rounded(.down), Double(most)))
  }

  /// Whether a value is above a limit by more than rounding.
  static func isAbove(_ value: Double, _ limit: Double) -> Bool {
    value > limit + abs(limit) * slack
  }

  /// Whether a value is below a limit by more than rounding.
  static func isBelow(_ value: Double, _ limit: Double) -> Bool {
    value < limit - abs(limit) * slack
  }
}
