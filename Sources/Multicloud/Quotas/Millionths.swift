/// Shares and weights as whole millionths, so that what is made of them is exact and balances.
enum Millionths {
  /// One.
  static let one: Int64 = 1_000_000

  /// The nearest whole number of millionths to `value`.
  static func rounding(_ value: Double) -> Int64 {
    Int64((value * 1_000_000).rounded())
  }

  /// `share` of `whole`, rounded down.
  static func share(_ share: Int64, of whole: Int64) -> Int64 {
    Int64(truncatingIfNeeded: Int128(whole) * Int128(share) / Int128(one))
  }
}
