/// A second of real time, by which charges are dated.
///
/// Billing periods are hours, days and months of an account's own clock, a fixed offset from UTC
/// without daylight saving: clouds bill in UTC unless a contract says otherwise.
public struct BillingTime: Hashable, Comparable, Sendable {
  /// Seconds since 1970-01-01T00:00:00Z.
  public var seconds: Int64

  /// Creates a time from seconds since 1970-01-01T00:00:00Z.
  public init(seconds: Int64) {
    self.seconds = seconds
  }

  /// Midnight, by a clock `offsetMinutes` ahead of UTC, at the start of a date.
  public init(_ date: CivilDate, offsetMinutes: Int = 0) {
    seconds = date.dayNumber * 86_400 - Int64(offsetMinutes) * 60
  }

  /// The date by a clock `offsetMinutes` ahead of UTC.
  public func date(offsetMinutes: Int = 0) -> CivilDate {
    let local = seconds + Int64(offsetMinutes) * 60
    return CivilDate(dayNumber: local >= 0 ? local / 86_400 : (local - 86_399) / 86_400)
  }

  /// The start of its hour, UTC.
  public var hourStart: BillingTime {
    let hour = seconds >= 0 ? seconds / 3600 : (seconds - 3599) / 3600
    return BillingTime(seconds: hour * 3600)
  }

  /// The start of the next day by a clock `offsetMinutes` ahead of UTC.
  public func nextDayStart(offsetMinutes: Int = 0) -> BillingTime {
    BillingTime(date(offsetMinutes: offsetMinutes).adding(days: 1), offsetMinutes: offsetMinutes)
  }

  /// The start of the next month by a clock `offsetMinutes` ahead of UTC.
  public func nextMonthStart(offsetMinutes: Int = 0) -> BillingTime {
    BillingTime(date(offsetMinutes: offsetMinutes).nextMonthStart, offsetMinutes: offsetMinutes)
  }

  /// `seconds` later.
  public func adding(seconds more: Int64) -> BillingTime { BillingTime(seconds: seconds + more) }

  /// Whether `a` is earlier.
  public static func < (a: BillingTime, b: BillingTime) -> Bool { a.seconds < b.seconds }
}

extension BillingTime: CustomStringConvertible {
  /// `2026-02-01T08:15:00Z`.
  public var description: String {
    let date = date()
    let second = seconds - date.dayNumber * 86_400
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(date)T\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))Z"
  }
}
