/// Picodollars as dollars with twelve decimals: 128 bits, where a bill may need them.
enum DollarText {
  static func text(_ picodollars: Int128) -> String {
    let unit: UInt128 = 1_000_000_000_000
    let decimals = String(picodollars.magnitude % unit)
    let zeros = String(repeating: "0", count: 12 - decimals.utf8.count)
    return (picodollars < 0 ? "-" : "") + String(picodollars.magnitude / unit) + "." + zeros
      + decimals
  }

  /// The picodollars that dollars with at most twelve decimals stand for; `nil` where the text is none
  /// or passes 30 digits. O(length).
  static func parse(_ text: some Collection<UInt8>) -> Int128? {
    let isNegative = text.first == UInt8(ascii: "-")
    let digits = isNegative ? text.dropFirst() : text[...]
    let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first, !whole.isEmpty,
      parts.count == 1 || !parts[1].isEmpty
    else { return nil }
    let decimals = parts.count == 2 ? parts[1].count : 0
    guard decimals <= 12, whole.count <= 18 else { return nil }
    var magnitude: Int128 = 0
    for byte in parts.joined() {
      guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
      magnitude = magnitude * 10 + Int128(byte - UInt8(ascii: "0"))
    }
    for _ in decimals..<12 { magnitude *= 10 }
    return isNegative ? -magnitude : magnitude
  }
}

extension CSVReader {
  /// The field in dollars with at most twelve decimals as exact picodollars, `nil` where it is empty.
  /// Throws where it is no such amount.
  public func picodollars(_ index: Int) throws(TableError) -> Int128? {
    let text = bytes(index)
    if text.isEmpty { return nil }
    guard let amount = DollarText.parse(text) else {
      throw malformed("expected dollars with at most 12 decimals", column: index)
    }
    return amount
  }
}
