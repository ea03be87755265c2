extension Contracts {
  /// The next moment at which billing closes a period: the next hour of UTC, or an earlier start of a
  /// day by some account's calendar. O(accounts).
  public func nextClosing(after time: BillingTime) -> BillingTime {
    var next = time.hourStart.adding(seconds: 3600)
    for account in accounts {
      next = min(next, time.nextDayStart(offsetMinutes: account.offsetMinutes))
    }
    return next
  }

  /// The next start of a day by some account's calendar. O(accounts).
  public func nextDay(after time: BillingTime) -> BillingTime {
    accounts.map { time.nextDayStart(offsetMinutes: $0.offsetMinutes) }.min() ?? time.nextDayStart()
  }
}
