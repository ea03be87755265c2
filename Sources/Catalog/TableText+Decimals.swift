extension TableText.Row {
  /// A decimal number of 0 or more times 10^`digits`, exactly.
  ///
  /// Throws where the text is no plain decimal number (`12.50`), has more than `digits` decimals
  /// that are not zero, or does not fit.
  func scaledDecimal(_ column: String, digits: Int) throws(CatalogError) -> Int64 {
    let value = text(column)
    let parts = value.utf8.split(
      separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    let isPlain = !parts.isEmpty && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(Self.isDigit) }
    guard isPlain else { throw error("\(column) is '\(value)'; expected a number such as 1.25") }
    var decimals = parts.count == 2 ? Array(parts[1]) : []
    while decimals.last == UInt8(ascii: "0") { decimals.removeLast() }
    guard decimals.count <= digits else {
      throw error("\(column) is '\(value)'; expected at most \(digits) decimals")
    }
    decimals += Array(repeating: UInt8(ascii: "0"), count: digits - decimals.count)
    guard let number = Int64(String(decoding: Array(parts[0]) + decimals, as: UTF8.self)) else {
      throw error("\(column) is '\(value)', which is too large")
    }
    return number
  }

  /// A price in USD per million tokens as picodollars per token, exactly.
  func picodollarsPerToken(_ column: String) throws(CatalogError) -> Int64 {
    try scaledDecimal(column, digits: 6)
  }

  /// What `read` makes of `column`, or `nil` where it is empty.
  func optional<Value>(
    _ column: String, _ read: (String) throws(CatalogError) -> Value
  ) throws(CatalogError) -> Value? {
    text(column).isEmpty ? nil : try read(column)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
