/// A place in a buffer where text is put down: the hot path of every table.
///
/// It never checks for room. Whoever makes one has reserved at least `maximumNumberBytes` for each
/// number, the length of each text, and `slack` more (texts are copied 16 bytes at a time).
struct ByteCursor {
  /// Where the next byte goes.
  var next: UnsafeMutablePointer<UInt8>

  /// Longest number: `-9223372036854775.808`, or `18446744073709551615.` and so on.
  static let maximumNumberBytes = 32
  /// Bytes that a copy may write past the end of its text.
  static let slack = 16

  /// Puts down one byte.
  @inline(__always)
  mutating func byte(_ byte: UInt8) {
    next.pointee = byte
    next += 1
  }

  /// Puts down a comma.
  @inline(__always)
  mutating func comma() { byte(UInt8(ascii: ",")) }

  /// Copies `count` bytes, in pieces of 16: both sides must have `slack` bytes more than `count`.
  @inline(__always)
  mutating func copy(_ source: UnsafePointer<UInt8>, count: Int) {
    var done = 0
    let from = UnsafeRawPointer(source)
    let to = UnsafeMutableRawPointer(next)
    repeat {
      let piece = from.loadUnaligned(fromByteOffset: done, as: SIMD16<UInt8>.self)
      to.storeBytes(of: piece, toByteOffset: done, as: SIMD16<UInt8>.self)
      done &+= 16
    } while done < count
    next += count
  }

  /// Puts down the two decimal digits of a number below 100.
  @inline(__always)
  private mutating func pair(_ value: UInt64) {
    Self.putPair(value, at: next)
    next += 2
  }

  @inline(__always)
  private static func putPair(_ value: UInt64, at place: UnsafeMutablePointer<UInt8>) {
    let source = UnsafeRawPointer(digitPairs.utf8Start)
    let digits = source.loadUnaligned(
      fromByteOffset: Int(truncatingIfNeeded: value &* 2), as: UInt16.self)
    UnsafeMutableRawPointer(place).storeBytes(of: digits, as: UInt16.self)
  }

  /// Puts down a whole number. At most 20 bytes.
  @inline(__always)
  mutating func unsigned(_ value: UInt64) {
    if value < 10 {
      byte(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value))
    } else if value < 100 {
      pair(value)
    } else {
      long(value)
    }
  }

  /// Numbers of three digits and more, from the last pair to the first.
  private mutating func long(_ value: UInt64) {
    let count = decimalDigits(value)
    var place = next + count
    next = place
    var rest = value
    while rest >= 100 {
      let quotient = rest / 100
      place -= 2
      Self.putPair(rest &- quotient &* 100, at: place)
      rest = quotient
    }
    if rest >= 10 {
      Self.putPair(rest, at: place - 2)
    } else {
      (place - 1).pointee = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest)
    }
  }

  /// Puts down a whole number. At most 20 bytes.
  @inline(__always)
  mutating func integer(_ value: Int64) {
    if value < 0 { byte(UInt8(ascii: "-")) }
    unsigned(value.magnitude)
  }

  /// Puts down millionths as a number with six decimals: nanoseconds as milliseconds.
  @inline(__always)
  mutating func millionths(_ value: Int64) {
    if value < 0 { byte(UInt8(ascii: "-")) }
    let magnitude = value.magnitude
    let whole = magnitude / 1_000_000
    unsigned(whole)
    byte(UInt8(ascii: "."))
    sixDigits(magnitude &- whole &* 1_000_000)
  }

  /// Puts down billionths as a number with nine decimals: nanoseconds as seconds.
  @inline(__always)
  mutating func billionths(_ value: Int64) {
    if value < 0 { byte(UInt8(ascii: "-")) }
    let magnitude = value.magnitude
    let whole = magnitude / 1_000_000_000
    unsigned(whole)
    byte(UInt8(ascii: "."))
    let part = magnitude &- whole &* 1_000_000_000
    let high = part / 1_000_000
    byte(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: high / 100))
    pair(high % 100)
    sixDigits(part &- high &* 1_000_000)
  }

  @inline(__always)
  private mutating func sixDigits(_ value: UInt64) {
    let high = value / 10_000
    let low = value &- high &* 10_000
    let middle = low / 100
    pair(high)
    pair(middle)
    pair(low &- middle &* 100)
  }

  /// Puts down `value / 10^decimals` with exactly that many decimals, 0 to 18. At most 32 bytes.
  mutating func fixed(_ value: Int64, decimals: Int) {
    precondition(0...18 ~= decimals, "a 64-bit number has at most 18 decimals")
    if value < 0 { byte(UInt8(ascii: "-")) }
    var unit: UInt64 = 1
    for _ in 0..<decimals { unit *= 10 }
    let (whole, part) = value.magnitude.quotientAndRemainder(dividingBy: unit)
    unsigned(whole)
    guard decimals > 0 else { return }
    byte(UInt8(ascii: "."))
    var rest = part
    for place in stride(from: decimals - 1, through: 0, by: -1) {
      (next + place).pointee = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
    }
    next += decimals
  }
}

/// How many decimal digits a number of at least 1 has.
@inline(__always)
private func decimalDigits(_ value: UInt64) -> Int {
  // 1233 / 4096 is log10(2) closely enough for every bit count up to 64; the comparison corrects
  // the estimate where the power of ten falls inside the bit range.
  let bits = 64 &- value.leadingZeroBitCount
  let estimate = (bits &* 1233) &>> 12
  return powersOfTen.withUnsafeBufferPointer { estimate &+ (value >= $0[estimate] ? 1 : 0) }
}

private let powersOfTen: [UInt64] = [
  1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
  10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000,
  1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000,
  1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
]

private let digitPairs: StaticString = """
  00010203040506070809101112131415161718192021222324252627282930313233343536373839\
  40414243444546474849505152535455565758596061626364656667686970717273747576777879\
  8081828384858687888990919293949596979899
  """
