/// Points in time written as a date and a time of day.
enum CalendarTime {
  /// Reads `2023-11-16 18:17:03.9799600`, also with `T` between and `Z` or a zone such as `+00:00` or
  /// `-07:00` behind, as nanoseconds since 1970 in the proleptic Gregorian calendar; `nil` for anything
  /// else.
  ///
  /// Leap seconds do not exist in this count, as in POSIX time.
  static func nanoseconds(_ text: UnsafeBufferPointer<UInt8>.SubSequence) -> Int64? {
    var rest = text
    guard let year = take(4, &rest), skip("-", &rest), let month = take(2, &rest),
      skip("-", &rest), let day = take(2, &rest), skip(" ", &rest) || skip("T", &rest),
      let hour = take(2, &rest), skip(":", &rest), let minute = take(2, &rest),
      skip(":", &rest), let second = take(2, &rest)
    else { return nil }
    guard (1970...2200).contains(year), (1...12).contains(month), hour < 24, minute < 60,
      second < 60, day >= 1 && day <= daysInMonth(month, year)
    else { return nil }
    var fraction = 0
    var scale = 1_000_000_000
    if skip(".", &rest) {
      guard let first = rest.first, isDigit(first) else { return nil }
      // Digits beyond nanoseconds are dropped: no recorder's clock is that good.
      while let byte = rest.first, isDigit(byte) {
        if scale > 1 {
          scale /= 10
          fraction += Int(byte - UInt8(ascii: "0")) * scale
        }
        rest = rest.dropFirst()
      }
    }
    guard let zone = zoneSeconds(rest) else { return nil }
    let seconds = (daysSince1970(year, month, day) * 24 + hour) * 3600 + minute * 60 + second
    return Int64(seconds - zone) * 1_000_000_000 + Int64(fraction)
  }

  /// How far a zone is ahead of UTC: nothing, `Z`, or hours and minutes up to fourteen hours.
  private static func zoneSeconds(_ text: UnsafeBufferPointer<UInt8>.SubSequence) -> Int? {
    if text.isEmpty || text.elementsEqual("Z".utf8) { return 0 }
    var rest = text
    let isBehind = rest.first == UInt8(ascii: "-")
    guard skip("+", &rest) || skip("-", &rest), let hours = take(2, &rest), skip(":", &rest),
      let minutes = take(2, &rest), rest.isEmpty, hours <= 14, minutes < 60
    else { return nil }
    return (hours * 60 + minutes) * (isBehind ? -60 : 60)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private static func take(
    _ count: Int, _ rest: inout UnsafeBufferPointer<UInt8>.SubSequence
  ) -> Int? {
    guard rest.count >= count else { return nil }
    var value = 0
    for byte in rest.prefix(count) {
      guard isDigit(byte) else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    rest = rest.dropFirst(count)
    return value
  }

  private static func skip(
    _ character: Unicode.Scalar, _ rest: inout UnsafeBufferPointer<UInt8>.SubSequence
  ) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest = rest.dropFirst()
    return true
  }

  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  private static func daysInMonth(_ month: Int, _ year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
    var days = day - 1
    for m in 1..<month { days += daysInMonth(m, year) }
    let before = year - 1
    let leapDays = before / 4 - before / 100 + before / 400
    return days + before * 365 + leapDays - 719_162
  }
}
