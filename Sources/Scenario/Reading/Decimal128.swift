/// A decimal number of at most 20 digits, exact: `units / 10^places`.
struct Decimal128 {
  private var units: Int128
  private var places: Int

  /// Reads digits with an optional fraction, `_` between digits, and a k, M or G at the end.
  init?(scaled text: Substring) {
    var body = text.trimmed
    var scale: Int128 = 1
    switch body.last {
    case "k", "K": scale = 1000
    case "M": scale = 1_000_000
    case "G": scale = 1_000_000_000
    default: break
    }
    if scale > 1 { body = body.dropLast().trimmed }
    units = 0
    places = 0
    var digits = 0
    var hasPoint = false
    var lastWasDigit = false
    for byte in body.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits += 1
        guard digits <= 20 else { return nil }
        units = units * 10 + Int128(byte - UInt8(ascii: "0"))
        if hasPoint { places += 1 }
        lastWasDigit = true
      case UInt8(ascii: ".") where !hasPoint && lastWasDigit:
        hasPoint = true
        lastWasDigit = false
      case UInt8(ascii: "_") where lastWasDigit: lastWasDigit = false
      default: return nil
      }
    }
    guard lastWasDigit else { return nil }
    units *= scale
  }

  private var divisor: Int128 { (0..<places).reduce(1) { product, _ in product * 10 } }

  /// The number as a whole one, where it is.
  var whole: Int? {
    let (quotient, remainder) = units.quotientAndRemainder(dividingBy: divisor)
    return remainder == 0 ? Int(exactly: quotient) : nil
  }

  /// The number as a whole one of 64 bits without sign, where it is.
  var unsigned: UInt64? {
    let (quotient, remainder) = units.quotientAndRemainder(dividingBy: divisor)
    return remainder == 0 ? UInt64(exactly: quotient) : nil
  }

  /// The nearest double: one division of two exact numbers.
  var double: Double { Double(units) / Double(divisor) }

  /// The product with a whole number, where it is whole and fits 128 bits.
  func wholeTimes(_ factor: Int128) -> Int128? {
    let (product, overflow) = units.multipliedReportingOverflow(by: factor)
    if overflow { return nil }
    let (quotient, remainder) = product.quotientAndRemainder(dividingBy: divisor)
    return remainder == 0 ? quotient : nil
  }

  /// The product with a whole number over another, where it is whole and fits.
  func times(_ factor: Int64, over denominator: Int64 = 1) -> Int64? {
    let (product, overflow) = units.multipliedReportingOverflow(by: Int128(factor))
    if overflow { return nil }
    let (quotient, remainder) = product.quotientAndRemainder(
      dividingBy: divisor * Int128(denominator))
    return remainder == 0 ? Int64(exactly: quotient) : nil
  }
}
