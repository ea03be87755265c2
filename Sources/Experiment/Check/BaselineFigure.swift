import Scenario

/// A figure of a baseline beside the same figure now, and what is to be said of the difference.
public struct BaselineFigure: Sendable {
  /// What is said of a difference.
  public enum Verdict: String, Sendable {
    /// There is none.
    case same
    /// It is not real, or too small to matter.
    case within
    /// It is for the better.
    case improved
    /// It is real, but the figure is neither better nor worse, or nobody asked to judge it.
    case moved
    /// The figure is new.
    case appeared
    /// It is for the worse: a failure.
    case regressed
    /// It is larger than a tolerance of a figure that is neither better nor worse: a failure.
    case changed
    /// The figure is not there any more: a failure where it is judged.
    case gone

    /// Whether a check fails by it.
    public var isFailure: Bool { self == .regressed || self == .changed || self == .gone }
  }

  /// Which figure.
  public var key: FigureKey
  /// Mean of the baseline; `nil` where there is no value.
  public var before: Double?
  /// Mean now; `nil` where there is no value.
  public var now: Double?
  /// Half the width of the 95 % interval of the difference; `nil` where there is none.
  public var halfWidth: Double?
  /// Chance of such a difference where there is none; `nil` where it was not tested.
  public var probability: Double?
  /// Whether seeds were compared one by one.
  public var isPaired: Bool
  /// Which way is better.
  public var better: FigureMetric.Better
  /// How it was judged.
  public var rule: Tolerance.Rule
  /// What is said.
  public var verdict: Verdict

  /// The difference of the means; 0 where one is missing.
  public var difference: Double {
    guard let before, let now else { return 0 }
    return now - before
  }

  /// The difference as a share of the baseline; infinite where that is zero.
  public var relative: Double {
    if difference == 0 { return 0 }
    return difference / abs(before ?? 0)
  }

  /// Whether the difference is for the worse.
  var isWorse: Bool {
    switch better {
    case .lower: difference > 0
    case .higher: difference < 0
    case .neither: difference != 0
    }
  }
}

/// How figures are judged where nothing else is said of them, and what is.
public struct CheckRules: Sendable {
  /// Chance that a check of unchanged behaviour under other seeds fails, over all figures together.
  public var alpha: Double
  /// Smallest relative difference that matters.
  public var relevance: Double
  /// Tolerances; of several that fit, the last counts.
  public var tolerances: [Tolerance]
  /// Whether every figure and every fingerprint must be the same.
  public var isExact: Bool

  /// Creates rules.
  public init(alpha: Double, relevance: Double, tolerances: [Tolerance], isExact: Bool) {
    self.alpha = alpha
    self.relevance = relevance
    self.tolerances = tolerances
    self.isExact = isExact
  }

  /// Kinds of things whose figures a user feels; those of pools and places say why, not whether.
  private static let outcomes: Set<String> = ["all", "workload", "tenant", "account", "commitment"]

  /// The rule of a figure and whether somebody asked for it.
  func rule(of key: FigureKey, _ metric: FigureMetric?) -> (rule: Tolerance.Rule, isAsked: Bool) {
    if let asked = tolerances.last(where: { $0.fits(scope: key.scope, metric: key.metric) }) {
      return (asked.rule, true)
    }
    if isExact { return (.exact, true) }
    // The largest of many is no sound statistic: one request decides it.
    let isJudged =
      Self.outcomes.contains(key.scopeKind) && key.source != "estimated"
      && (metric?.better ?? .neither) != .neither && !key.metric.hasSuffix("_max")
    return (isJudged ? .real(relevance: relevance) : .ignored, false)
  }
}
