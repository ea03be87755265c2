/// Dates of the Gregorian calendar in UTC, as `2026-01-29T08:15:00Z`.
enum UTCTime {
  private static let secondsPerDay: Int64 = 86_400
  /// Days of 400 years, after which the calendar repeats.
  private static let daysPerEra: Int64 = 146_097
  /// From 0000-03-01 to 1970-01-01.
  private static let daysToEpoch: Int64 = 719_468

  /// Seconds since 1970-01-01 whose years have four digits; a clock that is off may show others.
  static let range: ClosedRange<Int64> = -62_167_219_200...253_402_300_799

  /// The text of a second since 1970-01-01. Years 0 to 9999.
  static func text(unixSeconds: Int64) -> String {
    let day = floorDivide(unixSeconds, secondsPerDay)
    let second = unixSeconds - day * secondsPerDay
    // Counted from 1 March, so that the leap day is the last of its year and months before it have
    // a regular pattern of lengths: 153 days in every five.
    let shifted = day + daysToEpoch
    let era = floorDivide(shifted, daysPerEra)
    let dayOfEra = shifted - era * daysPerEra
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let dayOfMonth = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    let date = padded(year, 4) + "-" + padded(month, 2) + "-" + padded(dayOfMonth, 2)
    let time = [second / 3600, second / 60 % 60, second % 60].map { padded($0, 2) }
    return date + "T" + time.joined(separator: ":") + "Z"
  }

  /// The second since 1970-01-01 that `text` names, or `nil` where it is out of form.
  static func parse(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    guard bytes.count == 20, let year = number(bytes[0..<4]), let month = number(bytes[5..<7]),
      let day = number(bytes[8..<10]), let hour = number(bytes[11..<13]),
      let minute = number(bytes[14..<16]), let second = number(bytes[17..<19]),
      1...12 ~= month, 1...31 ~= day
    else { return nil }
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = floorDivide(shiftedYear, 400)
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = era * daysPerEra + dayOfEra - daysToEpoch
    let seconds = days * secondsPerDay + hour * 3600 + minute * 60 + second
    // Whatever does not come back as it was (31 February, 25 o'clock, other separators) is no date.
    return self.text(unixSeconds: seconds) == text ? seconds : nil
  }

  private static func floorDivide(_ a: Int64, _ b: Int64) -> Int64 {
    a >= 0 ? a / b : -((b - 1 - a) / b)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
    FixedDecimal.parse(digits, decimals: 0)
  }

  private static func padded(_ value: Int64, _ width: Int) -> String {
    let digits = "\(value)"
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
