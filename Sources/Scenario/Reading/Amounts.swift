/// Reads money, prices, limits, speeds, data and units of throughput: whole numbers of a small unit,
/// so that what is written is what is counted.
enum Amounts {
  private typealias Problem = ScalarParser.Problem

  private static let picodollars: Int64 = 1_000_000_000_000
  /// Some of these fit 64 bits of picodollars with room for a sum.
  private static let mostDollars: Int64 = 9_000_000
  private static let mostPerMinute: Int64 = 1_000_000_000_000

  /// Picodollars.
  static func money(_ text: String) -> Result<ScalarValue, ScalarParser.Problem> {
    if text.hasPrefix("-") { return negative(text, .money) }
    guard let amount = amount(text, unit: "USD") else {
      return Decimal128(scaled: Substring(text)) != nil
        ? .failure("'\(text)' has no currency: write \(text) USD")
        : ScalarParser.expected(.money, text)
    }
    guard let number = Decimal128(scaled: amount) else {
      return ScalarParser.expected(.money, text)
    }
    if number.double == 0 {
      return .failure(Problem("'\(text)' is zero: expected \(ScalarKind.money.expectation)"))
    }
    if number.double > Double(mostDollars) {
      return .failure("'\(text)' is above 9M USD, more than can be counted exactly")
    }
    guard let value = number.times(picodollars) else {
      return .failure("'\(text)' is finer than a picodollar")
    }
    return .success(.integer(Int(value)))
  }

  /// Picodollars a token.
  static func price(_ text: String) -> Result<ScalarValue, ScalarParser.Problem> {
    if text.hasPrefix("-") { return negative(text, .price) }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let amount = amount(String(parts[0].trimmed), unit: "USD"),
      let number = Decimal128(scaled: amount), let tokens = tokens(parts[1].trimmed)
    else { return ScalarParser.expected(.price, text) }
    guard number.double / Double(tokens) <= 1 else {
      return .failure("'\(text)' is above 1 USD a token")
    }
    guard let value = number.times(picodollars, over: tokens) else {
      return .failure("'\(text)' is finer than a picodollar a token")
    }
    return .success(.integer(Int(value)))
  }

  /// Tokens or requests a minute.
  static func limit(_ text: String, noun: String) -> Result<ScalarValue, ScalarParser.Problem> {
    let kind = ScalarKind.limit(noun: noun)
    if text.hasPrefix("-") { return negative(text, kind) }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      return Decimal128(scaled: Substring(text)) != nil
        ? .failure("'\(text)' has no unit: write \(text)/min")
        : ScalarParser.expected(kind, text)
    }
    let amount = parts[0].trimmed.dropping(suffix: noun).dropping(suffix: String(noun.dropLast()))
    guard let number = Decimal128(scaled: amount.trimmed) else {
      return ScalarParser.expected(kind, text)
    }
    guard let seconds = ScalarParser.secondsOfUnit(parts[1]) else {
      return .failure("unknown unit '/\(parts[1].trimmed)' in '\(text)': use /s, /min, /h or /d")
    }
    if number.double == 0 {
      return .failure(Problem("'\(text)' is zero: expected \(kind.expectation)"))
    }
    guard number.double * 60 / Double(seconds) <= Double(mostPerMinute) else {
      return .failure("'\(text)' is above 1000G/min")
    }
    guard let value = number.times(60, over: seconds) else {
      return .failure(Problem("'\(text)' is no whole number of \(noun) a minute"))
    }
    return .success(.integer(Int(value)))
  }

  /// Tokens a second.
  static func speed(_ text: String) -> Result<ScalarValue, ScalarParser.Problem> {
    let kind = ScalarKind.speed
    if text.hasPrefix("-") { return negative(text, kind) }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      return Decimal128(scaled: Substring(text)) != nil
        ? .failure("'\(text)' has no unit: write \(text) tokens/s")
        : ScalarParser.expected(kind, text)
    }
    let amount = parts[0].trimmed.dropping(suffix: "tokens").dropping(suffix: "token")
    guard let number = Decimal128(scaled: amount.trimmed),
      let seconds = ScalarParser.secondsOfUnit(parts[1]), seconds <= 60
    else { return ScalarParser.expected(kind, text) }
    let speed = number.double / Double(seconds)
    guard speed >= 0.001, speed <= 1e9 else {
      return .failure(Problem("'\(text)' is out of range: expected 0.001 to 1G tokens/s"))
    }
    return .success(.number(speed))
  }

  /// Bytes.
  static func bytes(_ text: String) -> Result<ScalarValue, ScalarParser.Problem> {
    if text.hasPrefix("-") { return negative(text, .bytes) }
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "_") }
    let unit = text.dropFirst(number.count).trimmed
    guard let value = Decimal128(scaled: number) else { return ScalarParser.expected(.bytes, text) }
    if unit.isEmpty, value.double == 0 { return .success(.integer(0)) }
    if unit.isEmpty { return .failure("'\(text)' has no unit: write \(text) B or \(text) MB") }
    guard let scale = byteUnits.first(where: { $0.0 == unit })?.1 else {
      return .failure("unknown unit '\(unit)' in '\(text)': use B, kB, MB, GB, KiB, MiB or GiB")
    }
    guard value.double * Double(scale) <= 1e15 else {
      return .failure("'\(text)' is above 1000 TB")
    }
    guard let bytes = value.times(scale) else { return .failure("'\(text)' is no whole byte") }
    return .success(.integer(Int(bytes)))
  }

  /// Units of provisioned throughput; the caller holds the word against the cloud.
  static func units(_ text: String) -> Result<ScalarValue, ScalarParser.Problem> {
    if text.hasPrefix("-") { return negative(text, .units) }
    var body = Substring(text)
    for word in ["PTUs", "PTU", "GSUs", "GSU", "units", "unit"] where body.hasSuffix(word) {
      body = body.dropping(suffix: word)
      break
    }
    guard let units = Decimal128(scaled: body.trimmed)?.whole else {
      return ScalarParser.expected(.units, text)
    }
    guard (1...10_000_000).contains(units) else {
      return .failure(Problem("'\(text)' is out of range: expected 1 to 10M units"))
    }
    return .success(.integer(units))
  }

  static let byteUnits: [(String, Int64)] = [
    ("B", 1), ("kB", 1000), ("KB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000),
    ("TB", 1_000_000_000_000), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30),
    ("TiB", 1 << 40),
  ]

  private static func amount(_ text: String, unit: String) -> Substring? {
    text.hasSuffix(unit) ? Substring(text).dropping(suffix: unit).trimmed : nil
  }

  /// Tokens that a price is for.
  private static func tokens(_ text: Substring) -> Int64? {
    guard text.hasSuffix("tokens") || text.hasSuffix("token") else { return nil }
    switch text.dropping(suffix: "tokens").dropping(suffix: "token").trimmed {
    case "": return 1
    case "k", "K": return 1000
    case "M": return 1_000_000
    default: return nil
    }
  }

  private static func negative(
    _ text: String, _ kind: ScalarKind
  ) -> Result<ScalarValue, ScalarParser.Problem> {
    .failure(Problem("'\(text)' is negative: expected \(kind.expectation)"))
  }
}
