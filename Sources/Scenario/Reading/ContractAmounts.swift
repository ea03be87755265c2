import Money

/// Reads what contracts are written in: large sums, prices by the hour, days and terms.
enum ContractAmounts {
  private typealias Problem = ScalarParser.Problem

  /// A trillion dollars, beyond any contract, and far within 128 bits.
  private static let most = Money(dollars: 1_000_000_000_000)

  static func money(_ text: String) -> Result<ScalarValue, ScalarParser.Problem> {
    read(text, "USD", .contractMoney, hint: "\(text) USD")
  }

  static func hourly(_ text: String) -> Result<ScalarValue, ScalarParser.Problem> {
    read(text, "USD/h", .hourlyMoney, hint: "\(text) USD/h")
  }

  static func unitMonth(_ text: String) -> Result<ScalarValue, ScalarParser.Problem> {
    read(text, "USD/unit/month", .unitMonthMoney, hint: "\(text) USD/unit/month")
  }

  private static func read(
    _ text: String, _ unit: String, _ kind: ScalarKind, hint: String
  ) -> Result<ScalarValue, ScalarParser.Problem> {
    if text.hasPrefix("-") {
      return .failure(Problem("'\(text)' is negative: expected \(kind.expectation)"))
    }
    let tight = text.filter { $0 != " " }
    guard tight.hasSuffix(unit) else {
      return Decimal128(scaled: Substring(text)) != nil
        ? .failure(Problem("'\(text)' has no unit: write \(hint)"))
        : ScalarParser.expected(kind, text)
    }
    var body = Substring(tight.dropLast(unit.count))
    var scale: Int128 = 1
    if body.hasSuffix("bn") {
      scale = 1_000_000_000
      body = body.dropLast(2)
    }
    guard let number = Decimal128(scaled: body) else { return ScalarParser.expected(kind, text) }
    guard let picodollars = number.wholeTimes(scale * Money.dollar) else {
      return .failure(Problem("'\(text)' is finer than a picodollar"))
    }
    let money = Money(picodollars: picodollars)
    // A million machines for ten years at that come to what 128 bits of picodollars hold.
    if case .hourlyMoney = kind, money > Money(dollars: 1_000_000_000) {
      return .failure(Problem("'\(text)' is above a billion USD an hour"))
    }
    return money <= most
      ? .success(.money(money)) : .failure(Problem("'\(text)' is above a trillion USD"))
  }

  static func date(_ text: String) -> Result<ScalarValue, ScalarParser.Problem> {
    if let date = CivilDate(text) { return .success(.integer(Int(date.dayNumber))) }
    return noSuchDay(text) ?? ScalarParser.expected(.date, text)
  }

  /// Seconds since 1970.
  static func moment(_ text: String) -> Result<ScalarValue, ScalarParser.Problem> {
    if let date = CivilDate(text) {
      return .success(.integer(Int(BillingTime(date).seconds)))
    }
    let parts = text.split(separator: "T", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].hasSuffix("Z") else {
      return noSuchDay(text) ?? ScalarParser.expected(.moment, text)
    }
    guard let date = CivilDate(String(parts[0])) else {
      return noSuchDay(String(parts[0])) ?? ScalarParser.expected(.moment, text)
    }
    let clock = parts[1].dropLast().split(separator: ":", omittingEmptySubsequences: false)
    guard clock.count == 2, clock.allSatisfy({ $0.utf8.count == 2 }), let hour = Int(clock[0]),
      let minute = Int(clock[1]), 0...23 ~= hour, 0...59 ~= minute
    else { return ScalarParser.expected(.moment, text) }
    return .success(.integer(Int(BillingTime(date).seconds) + hour * 3600 + minute * 60))
  }

  /// A day in the right form that no calendar has.
  private static func noSuchDay(_ text: String) -> Result<ScalarValue, ScalarParser.Problem>? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ $0.allSatisfy(\.isNumber) && !$0.isEmpty }),
      parts[0].count == 4
    else { return nil }
    return .failure(Problem("there is no day '\(text)': expected \(ScalarKind.date.expectation)"))
  }

  /// Months.
  static func term(_ text: String) -> Result<ScalarValue, ScalarParser.Problem> {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let unit = text.dropFirst(digits.count).trimmed
    guard let number = Int(digits), number > 0 else { return ScalarParser.expected(.term, text) }
    let months: Int? =
      switch unit {
      case "y": number <= 10 ? number * 12 : nil
      case "mo": number <= 120 ? number : nil
      default: 0
      }
    guard let months else { return .failure(Problem("'\(text)' is longer than ten years")) }
    return months > 0 ? .success(.integer(months)) : ScalarParser.expected(.term, text)
  }
}
