import Scenario
import SimulationKernel
import Statistics

/// One figure of several alternatives, each beside the first, the base, and beside the best.
public struct FigureComparison: Sendable {
  /// Which figure.
  public let key: FigureKey
  /// Which way is better.
  public let direction: FigureMetric.Better
  /// By alternative.
  public let rows: [Row]
  /// How many times narrower common random numbers made the intervals of the differences: the geometric mean
  /// over the alternatives of independent half-width over paired one; `nil` where nothing was paired or differs.
  public let narrowing: Double?

  /// One alternative.
  public struct Row: Sendable {
    /// Replications that have a value.
    public var count: Int
    /// Their mean.
    public var mean: Double
    /// Half-width of its interval; `nil` for one replication.
    public var halfWidth: Double?
    /// Mean difference to the base, with its interval at ``level``; `nil` for the base and where there is none.
    public var difference: ConfidenceInterval?
    /// Half-width of the difference, were replications not paired.
    public var independentHalfWidth: Double?
    /// What the difference says.
    public var verdict: Verdict
    /// Distance to the best of the others; `nil` where no direction is better.
    public var distance: ComparisonWithBest.Distance?
    /// Whether it may be the best; `nil` where no direction is better.
    public var mayBeBest: Bool?
  }

  /// What a difference to the base says, with all differences of the figure right at once.
  public enum Verdict: String, Sendable {
    /// It is the base.
    case base
    /// Better, for certain.
    case better
    /// Worse, for certain.
    case worse
    /// More, for certain, of what is neither good nor bad.
    case higher
    /// Less, for certain.
    case lower
    /// The same in every replication.
    case equal
    /// It cannot be told with so many replications.
    case undecided
  }

  /// Confidence of the differences' intervals: that of the family, shared out by Bonferroni.
  public let level: Double

  /// Compares; `nil` where an alternative lacks the figure in some replication.
  ///
  /// - Parameters:
  ///   - samples: By alternative.
  ///   - isPaired: Whether replication `r` of all alternatives has the same seed.
  ///   - family: Confidence that all differences of the figure are right.
  init?(_ key: FigureKey, _ samples: [FigureSamples], isPaired: Bool, family: Double) {
    let values = samples.map { $0.values(key) }
    for (sample, values) in zip(samples, values) {
      guard values.count == sample.count, sample.count > 0 else { return nil }
    }
    self.key = key
    direction = key.better
    level = 1 - (1 - family) / Double(max(1, samples.count - 1))
    let best: ComparisonWithBest? =
      switch direction {
      case .neither: nil
      case .lower, .higher:
        Set(values.map(\.count)).count > 1
          ? nil
          : ComparisonWithBest(
            values, bestIs: direction == .higher ? .largest : .smallest, level: family)
      }
    var ratios: [Double] = []
    var rows: [Row] = []
    for (place, own) in values.enumerated() {
      let moments = SampleMoments(own)
      var row = Row(
        count: own.count, mean: moments.mean,
        halfWidth: ConfidenceInterval(moments)?.halfWidth, verdict: .base,
        distance: best?.distances[place], mayBeBest: best.map { $0.possible.contains(place) })
      if place > 0 {
        let welch = WelchDifference(moments, SampleMoments(values[0]), level: level)
        let paired = isPaired ? PairedDifference(own, values[0], level: level) : nil
        row.independentHalfWidth = welch?.interval.halfWidth
        row.difference = paired?.interval ?? welch?.interval
        if let paired, let welch, paired.interval.halfWidth > 0, welch.interval.halfWidth > 0 {
          ratios.append(welch.interval.halfWidth / paired.interval.halfWidth)
        }
        row.verdict = Self.verdict(row.difference, own == values[0], direction)
      }
      rows.append(row)
    }
    self.rows = rows
    narrowing = ratios.isEmpty ? nil : Self.geometricMean(ratios)
  }

  private static func verdict(
    _ difference: ConfidenceInterval?, _ isEqual: Bool, _ direction: FigureMetric.Better
  ) -> Verdict {
    if isEqual { return .equal }
    guard let difference, !difference.contains(0) else { return .undecided }
    switch direction {
    case .neither: return difference.estimate > 0 ? .higher : .lower
    case .lower: return difference.estimate < 0 ? .better : .worse
    case .higher: return difference.estimate > 0 ? .better : .worse
    }
  }

  private static func geometricMean(_ values: [Double]) -> Double {
    let logs = values.reduce(0) { $0 + DeterministicMath.log($1) }
    return DeterministicMath.exp(logs / Double(values.count))
  }
}
