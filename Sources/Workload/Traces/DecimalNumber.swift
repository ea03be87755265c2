/// A decimal number as it stands in a text, exactly: ± digits × 10^exponent.
struct DecimalNumber {
  var isNegative: Bool
  var digits: UInt64
  var exponent: Int
  /// Whether digits that are not zero had to be dropped after the nineteenth.
  var isCut: Bool

  /// Reads `-12`, `3.25`, `.5`, `1e-05`; `nil` for anything else, blanks included.
  init?(_ text: UnsafeBufferPointer<UInt8>.SubSequence) {
    var rest = text
    isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    digits = 0
    exponent = 0
    isCut = false
    var anyDigit = false
    var afterPoint = false
    while let byte = rest.first {
      if let digit = Self.digit(byte) {
        anyDigit = true
        if digits < 1_000_000_000_000_000_000 {
          digits = digits * 10 + digit
          exponent -= afterPoint ? 1 : 0
        } else {
          isCut = isCut || digit != 0
          exponent += afterPoint ? 0 : 1
        }
      } else if byte == UInt8(ascii: ".") && !afterPoint {
        afterPoint = true
      } else {
        break
      }
      rest = rest.dropFirst()
    }
    guard anyDigit else { return nil }
    if let byte = rest.first {
      guard byte | 0x20 == UInt8(ascii: "e"), let power = Self.power(rest.dropFirst()) else {
        return nil
      }
      exponent += power
    }
  }

  /// The number times 10^`power`, rounded half to even; `nil` where it is not below 2^62.
  func scaled(byPowerOfTen power: Int) -> Int64? {
    if digits == 0 { return 0 }
    var value = digits
    var shift = exponent + power
    while shift > 0 {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow || product >= 1 << 62 { return nil }
      value = product
      shift -= 1
    }
    // Dividing digit by digit: `last` is the digit dropped latest, `more` whether any before it was
    // not zero.
    var last: UInt64 = 0
    var more = isCut
    while shift < 0 {
      if value == 0 && last == 0 { return 0 }
      more = more || last != 0
      last = value % 10
      value /= 10
      shift += 1
    }
    if last > 5 || (last == 5 && (more || value & 1 == 1)) { value += 1 }
    if value >= 1 << 62 { return nil }
    return isNegative ? -Int64(value) : Int64(value)
  }

  /// Whether the number is a whole one.
  var isWhole: Bool {
    if isCut { return exponent > 0 }
    var value = digits
    var shift = exponent
    while shift < 0 && value != 0 {
      if value % 10 != 0 { return false }
      value /= 10
      shift += 1
    }
    return true
  }

  private static func digit(_ byte: UInt8) -> UInt64? {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") ? UInt64(byte - UInt8(ascii: "0")) : nil
  }

  private static func power(_ text: UnsafeBufferPointer<UInt8>.SubSequence) -> Int? {
    var rest = text
    let negative = rest.first == UInt8(ascii: "-")
    if negative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    var power = 0
    if rest.isEmpty { return nil }
    for byte in rest {
      guard let digit = digit(byte), power < 1_000 else { return nil }
      power = power * 10 + Int(digit)
    }
    return negative ? -power : power
  }
}
