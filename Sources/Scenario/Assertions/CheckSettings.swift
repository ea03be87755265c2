/// How a scenario wants to be checked against its baseline.
public struct CheckSettings: Hashable, Sendable {
  /// Seeds a check runs, from the scenario's on.
  public var replications: Int
  /// Chance that a check of unchanged behaviour under other seeds fails, over all figures together.
  public var alpha: Double
  /// Smallest relative difference that matters.
  public var relevance: Double
  /// Tolerances of figures; of several that fit one, the last counts.
  public var tolerances: [Tolerance]

  /// What is usual.
  public init() {
    replications = 8
    alpha = 0.01
    relevance = 0.005
    tolerances = []
  }
}

/// How much figures may differ from a baseline.
public struct Tolerance: Hashable, Sendable {
  /// The metric, or its beginning followed by `*`.
  public var pattern: String
  /// Name of the thing it is about; `nil` for all.
  public var scope: String?
  /// The rule.
  public var rule: Rule

  /// Ways to judge a difference.
  public enum Rule: Hashable, Sendable {
    /// It fails where it is statistically real, for the worse, and larger than this share of the baseline.
    case real(relevance: Double)
    /// It fails where the means are apart, for the worse, by more than this share of the baseline.
    case relative(Double)
    /// It fails where the means are apart, for the worse, by more than this, in the metric's unit.
    case absolute(Double)
    /// Any difference fails.
    case exact
    /// Nothing fails.
    case ignored
  }

  /// Whether it is about a figure. O(length).
  public func fits(scope name: String, metric: String) -> Bool {
    if let scope, scope != name { return false }
    return Self.fits(pattern, metric)
  }

  static func fits(_ pattern: String, _ metric: String) -> Bool {
    pattern.hasSuffix("*") ? metric.hasPrefix(pattern.dropLast()) : metric == pattern
  }

  /// Reads a tolerance.
  ///
  /// - Parameters:
  ///   - key: `ttft_p95`, `chat ttft_p95` or `chat ttft_*`.
  ///   - value: `2%`, `5ms`, `real`, `real 1%`, `exact` or `ignore`.
  /// - Throws: What is wrong with either, in words.
  public init(key: String, value: String) throws(Problem) {
    let parts = key.split(separator: " ")
    guard let last = parts.last, !key.hasPrefix(" "), !key.hasSuffix(" ") else {
      throw Problem("'\(key)': expected a metric, or a name and a metric, such as chat ttft_p95")
    }
    pattern = String(last)
    scope = parts.count > 1 ? parts.dropLast().joined(separator: " ") : nil
    let metrics = Self.metrics(pattern)
    guard !metrics.isEmpty else {
      let names = Set(FigureMetric.all.map(\.name)).sorted()
      throw Problem("unknown metric '\(pattern)'" + NearestName.hint(for: pattern, among: names))
    }
    rule = try Self.rule(value, key: key, units: Set(metrics.map(\.unit)))
  }

  /// What is wrong with a tolerance.
  public struct Problem: Error, Hashable, CustomStringConvertible {
    /// In words.
    public var description: String
    init(_ description: String) { self.description = description }
  }

  private static func metrics(_ pattern: String) -> [FigureMetric] {
    let fixed = FigureMetric.all.filter { fits(pattern, $0.name) }
    if !fixed.isEmpty { return fixed }
    return FigureMetric.scopeKinds.compactMap { FigureMetric.named(pattern, of: $0) }
  }

  private static func rule(
    _ value: String, key: String, units: Set<String>
  ) throws(Problem) -> Rule {
    switch value {
    case "exact": return .exact
    case "ignore": return .ignored
    case "real": return .real(relevance: 0)
    default: break
    }
    if value.hasPrefix("real ") {
      return .real(relevance: try share(value.dropFirst(5), key))
    }
    if value.hasSuffix("%") { return .relative(try share(Substring(value), key)) }
    guard units.count == 1, let unit = units.first else {
      throw Problem(
        "\(key): the metrics of '\(key)' have several units; give a share such as 2%, or name one")
    }
    switch FigureLimit.parse(value, unit: unit) {
    case .success(let number): return .absolute(number)
    case .failure(let problem):
      throw Problem(
        "\(key): \(problem.message); a tolerance is a share such as 2%, an amount, "
          + "real, real 1%, exact or ignore")
    }
  }

  private static func share(_ text: Substring, _ key: String) throws(Problem) -> Double {
    switch ScalarParser.parse(String(text.trimmed), as: .ratio(0...1e6)) {
    case .success(.number(let share)) where text.hasSuffix("%"): return share
    default:
      throw Problem("\(key): expected a share such as 2%, found '\(text.trimmed)'")
    }
  }
}
