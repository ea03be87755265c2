import SimulationKernel

/// Reads single values as people write them.
enum ScalarParser {
  /// The value, or what is wrong with the text.
  static func parse(_ text: String, as kind: ScalarKind) -> Result<ScalarValue, Problem> {
    switch kind {
    case .text:
      if let problem = PlainText.problem(inName: text, longest: PlainText.longestPath) {
        return .failure(Problem(problem))
      }
      return .success(.text(text))
    case .limitOfFigure, .load:
      if let problem = PlainText.problem(inText: text) { return .failure(Problem(problem)) }
      return text.isEmpty ? .failure("is empty") : .success(.text(text))
    case .word(let words):
      return words.contains(text)
        ? .success(.text(text))
        : .failure(Problem("unknown name '\(text)'" + NearestName.hint(for: text, among: words)))
    case .flag:
      switch text {
      case "true", "yes", "on": return .success(.flag(true))
      case "false", "no", "off": return .success(.flag(false))
      default: return .failure("expected true or false, found '\(text)'")
      }
    case .count(let range), .tokens(let range):
      var body = Substring(text)
      if case .tokens = kind { body = body.dropping(suffix: " tokens").dropping(suffix: " token") }
      guard let number = Decimal128(scaled: body), let value = number.whole else {
        return expected(kind, text)
      }
      return range.contains(value)
        ? .success(.integer(value))
        : .failure("\(text) is out of range: expected \(kind.expectation)")
    case .seed:
      guard let seed = Decimal128(scaled: Substring(text))?.unsigned else {
        return expected(kind, text)
      }
      return .success(.seed(seed))
    case .tokensOr(let word, let range):
      if text == word { return .success(.text(text)) }
      if case .success(let tokens) = parse(text, as: .tokens(range)) { return .success(tokens) }
      return expected(kind, text)
    case .ratio(let range):
      let isPercent = text.hasSuffix("%")
      let body = Substring(text).dropping(suffix: "%").trimmed
      guard let value = Decimal128(scaled: body)?.double else { return expected(kind, text) }
      let ratio = isPercent ? value / 100 : value
      return range.contains(ratio)
        ? .success(.number(ratio))
        : .failure("\(text) is out of range: expected \(kind.expectation)")
    case .number(let range):
      guard let number = Decimal128(scaled: Substring(text)) else { return expected(kind, text) }
      return range.contains(number.double)
        ? .success(.number(number.double))
        : .failure("\(text) is out of range: expected \(kind.expectation)")
    case .duration(let allowsZero): return duration(text, allowsZero: allowsZero, kind)
    case .rate(let allowsZero): return rate(text, allowsZero: allowsZero, kind)
    case .share: return share(text)
    case .scale:
      var body = Substring(text)
      body = body.dropping(prefix: "x").dropping(prefix: "×")
      body = body.dropping(suffix: "x").dropping(suffix: "×")
      body = body.trimmed
      guard let number = Decimal128(scaled: body), number.double > 0, number.double <= 1e9 else {
        return expected(kind, text)
      }
      return .success(.number(number.double))
    case .growth: return growth(text)
    case .timeOfDay:
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]),
        (0...23).contains(hour), (0...59).contains(minute), parts[1].count == 2
      else { return expected(kind, text) }
      return .success(.number(Double(hour) + Double(minute) / 60))
    case .offset:
      let body = Substring(text).dropping(prefix: "+").dropping(suffix: "h").trimmed
      guard text.hasSuffix("h"), let hours = Double(body), abs(hours) <= 14 else {
        return expected(kind, text)
      }
      return .success(.number(hours))
    case .money: return Amounts.money(text)
    case .contractMoney: return ContractAmounts.money(text)
    case .hourlyMoney: return ContractAmounts.hourly(text)
    case .unitMonthMoney: return ContractAmounts.unitMonth(text)
    case .date: return ContractAmounts.date(text)
    case .moment: return ContractAmounts.moment(text)
    case .term: return ContractAmounts.term(text)
    case .price: return Amounts.price(text)
    case .limit(let noun): return Amounts.limit(text, noun: noun)
    case .speed: return Amounts.speed(text)
    case .bytes: return Amounts.bytes(text)
    case .bandwidth: return Amounts.bandwidth(text)
    case .units: return Amounts.units(text)
    }
  }

  /// What is wrong with a value.
  struct Problem: Error, ExpressibleByStringInterpolation, ExpressibleByStringLiteral {
    var message: String
    init(_ message: String) { self.message = message }
    init(stringLiteral value: String) { message = value }
  }

  static func expected(_ kind: ScalarKind, _ text: String) -> Result<ScalarValue, Problem> {
    .failure(Problem("expected \(kind.expectation), found '\(text)'"))
  }

  private static let longestDuration: Int64 = 3653 * 86_400_000_000_000

  private static let durationUnits: [(String, Int64)] = [
    ("ns", 1), ("us", 1000), ("µs", 1000), ("ms", 1_000_000), ("min", 60_000_000_000),
    ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000),
    ("d", 86_400_000_000_000), ("w", 604_800_000_000_000),
  ]

  private static func duration(
    _ text: String, allowsZero: Bool, _ kind: ScalarKind
  ) -> Result<ScalarValue, Problem> {
    if text.hasPrefix("-") {
      return .failure(Problem("'\(text)' is negative: expected \(kind.expectation)"))
    }
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "_") }
    let unit = text.dropFirst(number.count).trimmed
    guard let value = Decimal128(scaled: number) else { return expected(kind, text) }
    if unit.isEmpty, value.double == 0, allowsZero { return .success(.duration(.zero)) }
    if unit.isEmpty {
      return .failure("'\(text)' has no unit: write \(text)ms, \(text)s or \(text)h")
    }
    guard let scale = durationUnits.first(where: { $0.0 == unit })?.1 else {
      return .failure(
        "unknown unit '\(unit)' in '\(text)': use ns, us, ms, s, m (minutes), h, d or w")
    }
    guard let nanoseconds = value.times(scale) else {
      return .failure("'\(text)' is finer than a nanosecond or longer than ten years")
    }
    if nanoseconds > longestDuration { return .failure("'\(text)' is longer than ten years") }
    if nanoseconds == 0, !allowsZero {
      return .failure("'\(text)' is zero: expected \(kind.expectation)")
    }
    return .success(.duration(Duration(nanoseconds: nanoseconds)))
  }

  private static func rate(
    _ text: String, allowsZero: Bool, _ kind: ScalarKind
  ) -> Result<ScalarValue, Problem> {
    if text.hasPrefix("-") {
      return .failure(Problem("'\(text)' is negative: expected \(kind.expectation)"))
    }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      return Decimal128(scaled: Substring(text)) != nil
        ? .failure("'\(text)' has no unit: write \(text)/s, \(text)/min or \(text)/h")
        : expected(kind, text)
    }
    let amount = parts[0].trimmed.dropping(suffix: "requests").dropping(suffix: "request").trimmed
    guard let value = Decimal128(scaled: amount) else { return expected(kind, text) }
    guard let seconds = secondsOfUnit(parts[1]) else {
      return .failure("unknown unit '/\(parts[1].trimmed)' in '\(text)': use /s, /min, /h or /d")
    }
    let rate = value.double / Double(seconds)
    guard rate > 0 || allowsZero else {
      return .failure(Problem("'\(text)' is zero: expected \(kind.expectation)"))
    }
    guard rate <= 1e9 else { return .failure("'\(text)' is above 1G/s") }
    return .success(.number(rate))
  }

  /// Seconds of what stands behind the slash of a rate.
  static func secondsOfUnit(_ unit: Substring) -> Int64? {
    switch unit.trimmed {
    case "s", "sec", "second": 1
    case "m", "min", "minute": 60
    case "h", "hour": 3600
    case "d", "day": 86_400
    default: nil
    }
  }

  private static func growth(_ text: String) -> Result<ScalarValue, Problem> {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    var number = parts[0].trimmed
    let isNegative = number.hasPrefix("-")
    if isNegative || number.hasPrefix("+") { number = number.dropFirst() }
    guard number.hasSuffix("%"), let value = Decimal128(scaled: number.dropLast().trimmed) else {
      return expected(.growth, text)
    }
    guard parts.count == 2 else {
      return .failure("'\(text)' has no unit: write \(text)/month or \(text)/year")
    }
    let share = (isNegative ? -value.double : value.double) / 100
    let monthly: Double
    switch parts[1].trimmed {
    case "mo", "month": monthly = share
    case "y", "year":
      monthly = share > -1 ? DeterministicMath.pow(1 + share, 1.0 / 12) - 1 : -1
    default:
      return .failure("unknown unit '/\(parts[1].trimmed)' in '\(text)': use /month or /year")
    }
    return monthly >= -0.5 && monthly <= 10
      ? .success(.number(monthly))
      : .failure(Problem("\(text) is out of range: expected \(ScalarKind.growth.expectation)"))
  }

  private static func share(_ text: String) -> Result<ScalarValue, Problem> {
    let isPercent = text.hasSuffix("%")
    let body = Substring(text).dropping(suffix: "%").trimmed
    guard let value = Decimal128(scaled: body) else { return expected(.share, text) }
    let share = isPercent ? value.double / 100 : value.double
    guard share >= 0, share <= 1 else {
      return .failure(
        "'\(text)' is not between 0% and 100%\(isPercent ? "" : "; write \(text)% for percent")")
    }
    return .success(.number(share))
  }
}

extension Substring {
  func dropping(prefix: String) -> Substring { hasPrefix(prefix) ? dropFirst(prefix.count) : self }
  func dropping(suffix: String) -> Substring { hasSuffix(suffix) ? dropLast(suffix.count) : self }
  var trimmed: Substring {
    var rest = self
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    return rest
  }
}
