/// Checks of parameters and their messages.
enum QuotaProblem {
  /// Beyond it sums of weighted tokens might not fit.
  static let largestLimit: Int64 = 1_000_000_000_000
  private static let largestWeight = 10_000.0

  /// A limit is a whole number from one on.
  static func limit(_ value: Int64, _ what: String, largest: Int64 = largestLimit) -> [String] {
    if value < 1 { return ["\(what) is \(value), expected 1 or more"] }
    if value > largest { return ["\(what) is \(value), expected at most \(largest)"] }
    return []
  }

  /// A product of two limits is a limit too.
  static func product(_ a: Int64, _ b: Int64, _ what: String) -> [String] {
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    if overflow || product > largestLimit {
      return ["\(a) x \(b) \(what) are too many, expected at most \(largestLimit)"]
    }
    return []
  }

  /// A weight is a number from zero on.
  static func weight(_ value: Double, _ what: String) -> [String] {
    value >= 0 && value <= largestWeight
      ? [] : ["\(what) is \(value), expected 0 to \(largestWeight)"]
  }

  /// A share is a number of zero to one.
  static func share(_ value: Double, _ what: String) -> [String] {
    value >= 0 && value <= 1 ? [] : ["\(what) is \(value), expected 0 to 1"]
  }
}
