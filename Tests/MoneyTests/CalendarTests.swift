import Money
import Testing

@Suite struct CalendarTests {
  @Test func everyDayOfEightCenturiesReadsBackAndFollowsTheOneBefore() {
    var expected = (year: 1600, month: 1, day: 1)
    let first = CivilDate(year: 1600, month: 1, day: 1)!.dayNumber
    for offset in 0..<Int64(146_097 * 2) {
      let date = CivilDate(dayNumber: first + offset)
      let parts = date.parts
      if parts != expected || CivilDate("\(date)") != date {
        Issue.record("\(date) is not \(expected)")
        return
      }
      expected.day += 1
      if expected.day > CivilDate.daysIn(month: expected.month, year: expected.year) {
        expected.day = 1
        expected.month += 1
        if expected.month > 12 {
          expected.month = 1
          expected.year += 1
        }
      }
    }
  }

  @Test(arguments: [
    ("2026-01-31", 1, "2026-02-28"), ("2028-01-31", 1, "2028-02-29"),
    ("2028-02-29", 12, "2029-02-28"), ("2026-02-01", 36, "2029-02-01"),
    ("2026-12-15", 1, "2027-01-15"), ("2026-01-15", -1, "2025-12-15"),
    ("2100-01-30", 1, "2100-02-28"), ("2000-01-30", 1, "2000-02-29"),
  ])
  func monthsLaterStayInTheirMonth(from: String, months: Int, to: String) {
    #expect(CivilDate(from)?.adding(months: months).description == to)
  }

  @Test(arguments: [
    "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-01-01", "2026-01-32", "", "a",
  ])
  func whatIsNoDayIsRefused(text: String) {
    #expect(CivilDate(text) == nil)
  }

  @Test func aMonthEndsAtMidnightOfTheAccountsOwnClock() {
    let time = BillingTime(seconds: 1_772_323_200)  // 2026-03-01T00:00:00Z
    #expect(time.description == "2026-03-01T00:00:00Z")
    #expect(time.date().description == "2026-03-01")
    #expect(time.date(offsetMinutes: -300).description == "2026-02-28")
    #expect(time.nextMonthStart(offsetMinutes: -300).description == "2026-03-01T05:00:00Z")
    #expect(time.nextMonthStart(offsetMinutes: 330).description == "2026-03-31T18:30:00Z")
    #expect(BillingTime(seconds: -1).date().description == "1969-12-31")
    #expect(BillingTime(seconds: -1).hourStart.seconds == -3600)
  }
}
