/// Text of floating-point numbers that is the same on every machine.
public enum RealText {
  /// The shortest text that reads back to the same number, without a needless `.0`; `nil` for an
  /// infinity or what is not a number, which tables leave empty.
  public static func shortest(_ value: Double) -> String? {
    guard value.isFinite else { return nil }
    if value == 0 { return "0" }
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// The number with exactly `digits` significant digits; `nil` where it is not finite.
  ///
  /// Whole-number work on the digits of the shortest text, rounded half away from zero, so that
  /// what is rounded is the number a person reads. Plain notation from 10⁻⁵ up to 10¹⁵, an exponent
  /// elsewhere. Traps where `digits` is below 1 or above 17.
  public static func significant(_ value: Double, digits: Int = 6) -> String? {
    precondition(1...17 ~= digits, "a Double has 1 to 17 significant digits")
    guard value.isFinite else { return nil }
    if value == 0 { return digits == 1 ? "0" : "0." + String(repeating: "0", count: digits - 1) }
    var (number, exponent) = decimal(value.magnitude)
    // Keep one digit more than wanted, round on it, and drop the digit that a carry may have added.
    if number.count > digits {
      let up = number[digits] >= 5
      number.removeLast(number.count - digits)
      if up {
        var place = digits - 1
        while place >= 0, number[place] == 9 {
          number[place] = 0
          place -= 1
        }
        if place >= 0 {
          number[place] += 1
        } else {
          number.insert(1, at: 0)
          number.removeLast()
          exponent += 1
        }
      }
    }
    number.append(contentsOf: repeatElement(0, count: digits - number.count))
    let sign = value < 0 ? "-" : ""
    return sign + layOut(number, exponent: exponent)
  }

  /// The digits of the shortest text, without leading or trailing zeros, and the power of ten of
  /// the first.
  private static func decimal(_ magnitude: Double) -> (digits: [UInt8], exponent: Int) {
    var digits: [UInt8] = []
    var pointAfter: Int?
    var written = 0
    var parts = magnitude.description.utf8.split(separator: UInt8(ascii: "e"))
    if parts.count == 1 { parts.append("0"[...].utf8) }
    for byte in parts[0] {
      if byte == UInt8(ascii: ".") {
        pointAfter = digits.count
      } else {
        digits.append(byte - UInt8(ascii: "0"))
      }
      written += 1
    }
    var exponent = (pointAfter ?? digits.count) - 1 + (Int(String(Substring(parts[1]))) ?? 0)
    let zeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(zeros)
    exponent -= zeros
    while digits.last == 0 { digits.removeLast() }
    return (digits, exponent)
  }

  private static func layOut(_ digits: [UInt8], exponent: Int) -> String {
    let text = digits.map { String($0) }
    func joined(_ range: some Sequence<String>) -> String { range.joined() }
    switch exponent {
    case 0..<15:
      if digits.count <= exponent + 1 {
        return joined(text) + String(repeating: "0", count: exponent + 1 - digits.count)
      }
      return joined(text[...exponent]) + "." + joined(text[(exponent + 1)...])
    case -5..<0:
      return "0." + String(repeating: "0", count: -exponent - 1) + joined(text)
    default:
      let fraction = joined(text.dropFirst())
      return text[0] + (fraction.isEmpty ? "" : "." + fraction) + "e\(exponent)"
    }
  }
}
