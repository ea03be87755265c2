/// Decimal text of scaled whole numbers, both ways, with no floating point in between.
public enum FixedDecimal {
  /// `value / 10^decimals` with exactly that many decimals, 0 to 18.
  public static func text(_ value: Int64, decimals: Int) -> String {
    String(unsafeUninitializedCapacity: ByteCursor.maximumNumberBytes) { buffer in
      var cursor = ByteCursor(next: buffer.baseAddress!)
      cursor.fixed(value, decimals: decimals)
      return cursor.next - buffer.baseAddress!
    }
  }

  /// The whole number that `text` is at a scale of `10^decimals` (0 to 18), or `nil` where the text
  /// is not a plain decimal number, has more decimals, or does not fit. O(length).
  ///
  /// A plain number is an optional minus, digits, and optionally a point and digits.
  public static func parse(_ text: some Collection<UInt8>, decimals: Int) -> Int64? {
    precondition(0...18 ~= decimals, "a 64-bit number has at most 18 decimals")
    var rest = text[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative { rest = rest.dropFirst() }
    var magnitude: UInt64 = 0
    var wholeDigits = 0
    var fractionDigits: Int?
    for byte in rest {
      if byte == UInt8(ascii: "."), fractionDigits == nil, wholeDigits > 0 {
        fractionDigits = 0
        continue
      }
      guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
      if let count = fractionDigits {
        guard count < decimals else { return nil }
        fractionDigits = count + 1
      } else {
        wholeDigits += 1
      }
      guard append(byte - UInt8(ascii: "0"), to: &magnitude) else { return nil }
    }
    guard wholeDigits > 0, fractionDigits != 0 else { return nil }
    for _ in (fractionDigits ?? 0)..<decimals {
      guard append(0, to: &magnitude) else { return nil }
    }
    if isNegative {
      return magnitude <= Int64.min.magnitude ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil
    }
    return Int64(exactly: magnitude)
  }

  private static func append(_ digit: UInt8, to magnitude: inout UInt64) -> Bool {
    let (tenfold, overflowed) = magnitude.multipliedReportingOverflow(by: 10)
    let (sum, carried) = tenfold.addingReportingOverflow(UInt64(digit))
    magnitude = sum
    return !overflowed && !carried
  }
}
