import SimulationKernel

/// The kinds of single values, each with the way people write it.
enum ScalarKind: Sendable {
  /// Any text.
  case text
  /// One of some words.
  case word([String])
  /// `true` or `false`.
  case flag
  /// A whole number in a range: `12`, `1_000`, `8k`, `2M`.
  case count(ClosedRange<Int>)
  /// Tokens: a count, with or without the word.
  case tokens(ClosedRange<Int>)
  /// A number in a range, without unit.
  case number(ClosedRange<Double>)
  /// A length of time with its unit: `45ms`, `1.2s`, `24h`.
  case duration(allowsZero: Bool)
  /// Requests per time: `12/s`, `90k/min`.
  case rate
  /// A share: `45%` or `0.45`.
  case share
  /// A multiple: `x60`, `×400`, `1.5x`.
  case scale
  /// A time of day: `20:00`.
  case timeOfDay
  /// A difference from UTC: `-5h`, `5.5h`.
  case offset

  /// What a value should look like, for messages.
  var expectation: String {
    switch self {
    case .text: "text"
    case .word(let words): "one of \(words.joined(separator: ", "))"
    case .flag: "true or false"
    case .count(let range): "a whole number" + Self.bounds(range)
    case .tokens(let range): "a number of tokens such as 512 or 8k" + Self.bounds(range)
    case .number(let range):
      range.upperBound >= 1e15
        ? "a number of at least \(range.lowerBound)"
        : "a number from \(range.lowerBound) to \(range.upperBound)"
    case .duration(let allowsZero):
      (allowsZero ? "a duration" : "a duration above zero") + " such as 45ms, 1.2s or 12h"
    case .rate: "a rate such as 12/s, 90k/min or 1.2M/h"
    case .share: "a share such as 45% or 0.45"
    case .scale: "a multiple such as x60 or 1.5x"
    case .timeOfDay: "a time of day such as 20:00"
    case .offset: "hours from UTC such as 1h, -5h or 5.5h"
    }
  }

  private static func bounds(_ range: ClosedRange<Int>) -> String {
    range.upperBound >= 1 << 40
      ? " of at least \(range.lowerBound)" : " from \(range.lowerBound) to \(range.upperBound)"
  }

  /// A pattern for the JSON Schema; `nil` where a type says it all.
  var pattern: String? {
    switch self {
    case .duration: "^[0-9][0-9_]*(\\.[0-9]+)? ?(ns|us|µs|ms|s|min|m|h|d|w)$"
    case .rate: "^[0-9][0-9_]*(\\.[0-9]+)?[kMG]? ?(requests)? ?/ ?(s|sec|min|m|h|d)$"
    case .share: "^[0-9]+(\\.[0-9]+)? ?%$"
    case .scale: "^([x×] ?[0-9]+(\\.[0-9]+)?|[0-9]+(\\.[0-9]+)? ?[x×])$"
    case .timeOfDay: "^[0-2]?[0-9]:[0-5][0-9]$"
    case .offset: "^[+-]?[0-9]+(\\.[0-9]+)? ?h$"
    case .count: "^[0-9][0-9_]*(\\.[0-9]+)?[kMG]?$"
    case .tokens: "^[0-9][0-9_]*(\\.[0-9]+)?[kMG]?( tokens)?$"
    case .text, .word, .flag, .number: nil
    }
  }
}

/// A checked single value.
enum ScalarValue: Hashable, Sendable {
  case text(String)
  case flag(Bool)
  case integer(Int)
  case number(Double)
  case duration(Duration)
}
