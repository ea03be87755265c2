import Money
import SimulationKernel

/// The kinds of single values, each with the way people write it.
enum ScalarKind: Sendable {
  /// Any text.
  case text
  /// One of some words.
  case word([String])
  /// `true` or `false`.
  case flag
  /// A whole number of 64 bits without sign.
  case seed
  /// A whole number in a range: `12`, `1_000`, `8k`, `2M`.
  case count(ClosedRange<Int>)
  /// Tokens: a count, with or without the word.
  case tokens(ClosedRange<Int>)
  /// Tokens, or a word that stands for a number of them.
  case tokensOr(String, ClosedRange<Int>)
  /// A number in a range, without unit.
  case number(ClosedRange<Double>)
  /// A number in a range, also in percent: `30%`, `0.3`.
  case ratio(ClosedRange<Double>)
  /// A length of time with its unit: `45ms`, `1.2s`, `24h`; at most ten years, so that sums of
  /// a few stay below the end of simulated time.
  case duration(allowsZero: Bool)
  /// Requests per time: `12/s`, `90k/min`; at most 1e9 a second.
  case rate(allowsZero: Bool)
  /// A share: `45%` or `0.45`.
  case share
  /// A multiple: `x60`, `×400`, `1.5x`.
  case scale
  /// A time of day: `20:00`.
  case timeOfDay
  /// Growth over time: `6%/month`, `80%/year`, `-2%/month`; read as a share a month.
  case growth
  /// A difference from UTC: `-5h`, `5.5h`.
  case offset
  /// US dollars: `20k USD`; read as picodollars, so at most 9 million.
  case money
  /// US dollars of a contract: `750M USD`, `1.2bn USD`; at most a trillion.
  case contractMoney
  /// US dollars an hour: `43.16 USD/h`.
  case hourlyMoney
  /// US dollars a unit and month: `221 USD/unit/month`.
  case unitMonthMoney
  /// A day: `2026-02-01`.
  case date
  /// A moment in UTC: `2026-03-02` or `2026-03-02T08:00Z`.
  case moment
  /// Months of a contract: `3y`, `18mo`.
  case term
  /// US dollars for tokens: `1.25 USD/M tokens`; read as picodollars a token.
  case price
  /// A limit in tokens or requests a time: `20M tokens/min`, `12k/min`; read as a whole number a
  /// minute.
  case limit(noun: String)
  /// Tokens a second: `80 tokens/s`.
  case speed
  /// An amount of data: `3 MB`, `512 KiB`.
  case bytes
  /// Data a second: `400 Gbit/s`, `50 GB/s`; read as bytes a second.
  case bandwidth
  /// Units of provisioned throughput: `300 PTU`, `5 GSU`.
  case units
  /// A limit of a figure, in whatever unit the figure has: `300ms`, `99%`, `4 USD`, `12`.
  case limitOfFigure
  /// What a replica shall bear, a rate, a share or a number of requests, as the policy has it:
  /// `2.5/s`, `60%`, `8`.
  case load

  /// What a value should look like, for messages.
  var expectation: String {
    switch self {
    case .text: "text"
    case .word(let words): "one of \(words.joined(separator: ", "))"
    case .flag: "true or false"
    case .seed: "a whole number from 0 to \(UInt64.max)"
    case .tokensOr(let word, let range):
      "\(word), or a number of tokens such as 512 or 8k" + Self.bounds(range)
    case .count(let range): "a whole number" + Self.bounds(range)
    case .tokens(let range): "a number of tokens such as 512 or 8k" + Self.bounds(range)
    case .number(let range): "a number" + Self.bounds(range)
    case .ratio(let range): "a ratio such as 30% or 0.3" + Self.bounds(range)
    case .duration(let allowsZero):
      (allowsZero ? "a duration" : "a duration above zero") + " such as 45ms, 1.2s or 12h"
    case .rate(let allowsZero):
      (allowsZero ? "a rate" : "a rate above zero") + " such as 12/s, 90k/min or 1.2M/h"
    case .share: "a share such as 45% or 0.45"
    case .scale: "a multiple such as x60 or 1.5x"
    case .timeOfDay: "a time of day such as 20:00"
    case .growth: "growth from -50% to 1000% a month, such as 6%/month or 80%/year"
    case .offset: "hours from UTC such as 1h, -5h or 5.5h"
    case .money: "an amount above zero such as 20k USD"
    case .contractMoney: "an amount such as 750M USD or 1.2bn USD"
    case .hourlyMoney: "a price such as 43.16 USD/h"
    case .unitMonthMoney: "a price such as 221 USD/unit/month"
    case .date: "a day such as 2026-02-01"
    case .moment: "a moment in UTC such as 2026-03-02 or 2026-03-02T08:00Z"
    case .term: "a term such as 3y or 18mo"
    case .price: "a price such as 1.25 USD/M tokens"
    case .limit(let noun): "a limit above zero such as 20M/min or 12k \(noun)/min"
    case .speed: "a speed above zero such as 80 tokens/s"
    case .bytes: "an amount of data such as 3 MB or 512 KiB"
    case .bandwidth: "data a second such as 400 Gbit/s or 50 GB/s"
    case .units: "a number of units such as 300 PTU or 5 GSU"
    case .limitOfFigure: "a limit such as 300ms, 99%, 4 USD or 12"
    case .load: "a load such as 2.5/s, 60% or 8"
    }
  }

  private static func bounds(_ range: ClosedRange<Int>) -> String {
    range.upperBound >= 1 << 40
      ? " of at least \(range.lowerBound)" : " from \(range.lowerBound) to \(range.upperBound)"
  }

  private static func bounds(_ range: ClosedRange<Double>) -> String {
    let (least, greatest) = (text(range.lowerBound), text(range.upperBound))
    return range.upperBound >= 1e9 ? " of at least \(least)" : " from \(least) to \(greatest)"
  }

  /// A number without a fraction of zero.
  private static func text(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
  }

  /// A pattern for the JSON Schema; `nil` where a type says it all.
  var pattern: String? {
    switch self {
    case .duration: "^[0-9][0-9_]*(\\.[0-9]+)? ?(ns|us|µs|ms|s|min|m|h|d|w)$"
    case .rate:
      "^[0-9][0-9_]*(\\.[0-9]+)?[kKMG]? ?(requests?)? ?/ ?(s|sec|second|m|min|minute|h|hour|d|day)$"
    case .share: "^[0-9]+(\\.[0-9]+)? ?%$"
    case .scale: "^([x×] ?[0-9]+(\\.[0-9]+)?|[0-9]+(\\.[0-9]+)? ?[x×])$"
    case .timeOfDay: "^[0-2]?[0-9]:[0-5][0-9]$"
    case .growth: "^[+-]?[0-9]+(\\.[0-9]+)? ?% ?/ ?(mo|month|y|year)$"
    case .offset: "^[+-]?[0-9]+(\\.[0-9]+)? ?h$"
    case .count: "^[0-9][0-9_]*(\\.[0-9]+)?[kMG]?$"
    case .tokens: "^[0-9][0-9_]*(\\.[0-9]+)?[kMG]?( tokens)?$"
    case .tokensOr(let word, _): "^(\(word)|[0-9][0-9_]*(\\.[0-9]+)?[kMG]?( tokens)?)$"
    case .ratio: "^[0-9]+(\\.[0-9]+)? ?%$"
    case .money: "^[0-9][0-9_]*(\\.[0-9]+)?[kKMG]? ?USD$"
    case .contractMoney: "^[0-9][0-9_]*(\\.[0-9]+)?(k|K|M|G|bn)? ?USD$"
    case .hourlyMoney: "^[0-9][0-9_]*(\\.[0-9]+)?[kK]? ?USD ?/ ?h$"
    case .unitMonthMoney: "^[0-9][0-9_]*(\\.[0-9]+)? ?USD ?/ ?unit ?/ ?month$"
    case .date: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
    case .moment: "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}Z)?$"
    case .term: "^[0-9]+ ?(y|mo)$"
    case .price: "^[0-9][0-9_]*(\\.[0-9]+)? ?USD ?/ ?[kKM]? ?tokens?$"
    case .limit(let noun):
      "^[0-9][0-9_]*(\\.[0-9]+)?[kKMG]? ?(\(noun)|\(noun.dropLast()))? ?/ ?(s|sec|second|m|min|minute|h|hour|d|day)$"
    case .speed: "^[0-9][0-9_]*(\\.[0-9]+)?[kKMG]? ?(tokens?)? ?/ ?(s|sec|second|m|min|minute)$"
    case .bytes: "^[0-9][0-9_]*(\\.[0-9]+)? ?(B|kB|KB|MB|GB|TB|KiB|MiB|GiB|TiB)$"
    case .bandwidth:
      "^[0-9][0-9_]*(\\.[0-9]+)? ?(kbit|Mbit|Gbit|Tbit|kB|KB|MB|GB|TB|KiB|MiB|GiB|TiB)/s$"
    case .units: "^[0-9][0-9_]*k? ?(PTU|GSU|units?)?$"
    case .text, .word, .flag, .number, .seed, .limitOfFigure, .load: nil
    }
  }
}

/// A checked single value.
enum ScalarValue: Hashable, Sendable {
  case text(String)
  case flag(Bool)
  case integer(Int)
  case seed(UInt64)
  case number(Double)
  case duration(Duration)
  case money(Money)
}
