/// Reads data a second.
extension Amounts {
  private static let bitUnits: [(String, Int64)] = [
    ("kbit", 1000), ("Mbit", 1_000_000), ("Gbit", 1_000_000_000), ("Tbit", 1_000_000_000_000),
  ]
  private static let mostBytesPerSecond = 1e15

  /// Whole bytes a second.
  static func bandwidth(_ text: String) -> Result<ScalarValue, ScalarParser.Problem> {
    let kind = ScalarKind.bandwidth
    if text.hasPrefix("-") {
      return .failure(
        ScalarParser.Problem("'\(text)' is negative: expected \(kind.expectation)"))
    }
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "_") }
    let unit = text.dropFirst(number.count).trimmed
    guard let value = Decimal128(scaled: number) else { return ScalarParser.expected(kind, text) }
    guard unit.hasSuffix("/s") else {
      return .failure("'\(text)' has no unit: write \(number) Gbit/s or \(number) GB/s")
    }
    let amount = unit.dropping(suffix: "/s").trimmed
    let bits = bitUnits.first { $0.0 == amount }?.1
    guard let scale = bits ?? byteUnits.first(where: { $0.0 == amount && $0.0 != "B" })?.1 else {
      return .failure(
        "unknown unit '\(unit)' in '\(text)': use Mbit/s, Gbit/s, MB/s, GB/s, MiB/s or GiB/s")
    }
    let over: Int64 = bits == nil ? 1 : 8
    guard value.double * Double(scale) / Double(over) <= mostBytesPerSecond else {
      return .failure("'\(text)' is above 1000 TB/s")
    }
    guard let bytes = value.times(scale, over: over), bytes > 0 else {
      return .failure("'\(text)' is no whole number of bytes a second, or none")
    }
    return .success(.integer(Int(bytes)))
  }
}
