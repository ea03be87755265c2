/// What kind of number something is, and so how it is written.
enum NumberForm: Hashable, Sendable {
  /// A share of 1.
  case percent
  /// A count or a mean of counts.
  case count
  /// A count that is always whole.
  case whole
  /// Something for each second.
  case rate
  /// Milliseconds.
  case milliseconds
  /// Seconds of simulated time.
  case seconds
  /// Dollars.
  case dollars
  /// A plain quotient, such as attempts for each request.
  case quotient

  /// The number as text.
  func text(_ value: Double) -> String {
    switch self {
    case .percent: Figure.percent(value)
    case .whole: Figure.fixed(value, 0)
    case .count: Figure.fixed(value, Self.decimals(value))
    case .rate: Figure.rate(value)
    case .milliseconds: Figure.latency(milliseconds: value)
    case .seconds: Figure.span(seconds: value)
    case .dollars: Figure.dollars(value)
    case .quotient: Figure.fixed(value, 2)
    }
  }

  /// The form of a metric of `summary.csv`, from its unit and its name.
  init(metric: String, unit: String) {
    switch unit {
    case "1": self = metric.hasPrefix("attempts_per_request") ? .quotient : .percent
    case "ms": self = .milliseconds
    case "s": self = .seconds
    case "USD": self = .dollars
    case "requests/s", "tokens/s", "kWh", "kg": self = .rate
    case "requests" where metric.hasSuffix("_mean"), "replicas" where metric.hasSuffix("_mean"):
      self = .count
    case "h": self = .count
    default: self = .whole
    }
  }

  /// Decimals of a count: none where it is whole or large, more the smaller it is.
  private static func decimals(_ value: Double) -> Int {
    let size = abs(value)
    if size == size.rounded() || size >= 100 { return 0 }
    return size >= 10 ? 1 : size >= 0.1 ? 2 : 4
  }
}
