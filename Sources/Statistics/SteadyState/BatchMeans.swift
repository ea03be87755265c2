/// The interval of a mean from one long run in its steady state, by means of 20 to 30 batches.
///
/// More batches would be too short to be independent and add little (B. Schmeiser, "Batch size effects in the
/// analysis of simulation output", Operations Research 30, 1982). Of these numbers the one that wastes the
/// fewest observations is taken, the larger of equals; what is over is left out at the start.
public struct BatchMeans: Hashable, Sendable {
  /// Means of the batches, in order.
  public let means: [Double]
  /// Observations of a batch.
  public let batchSize: Int
  /// The t interval of the mean of the batch means.
  public let interval: ConfidenceInterval
  /// Correlation of each batch mean with the next.
  public let lagOneCorrelation: Double
  /// Von Neumann's statistic 1 - Σ(Y' - Y)² / 2Σ(Y - mean)²: the correlation of neighbours with its ends put
  /// right. For independent normal batch means it is nearly normal, with mean 0 and variance
  /// (b - 2) / (b² - 1) (G. S. Fishman, "Grouping observations in digital simulation", Management Science 24,
  /// 1978).
  public let vonNeumann: Double
  /// Estimate of n · Var(mean of n observations) for large n: what plans a run's length.
  public let asymptoticVariance: Double

  /// Makes batches; `nil` for fewer than 40 observations. O(observations).
  ///
  /// - Precondition: 0 < `level` < 1.
  public init?(_ observations: [Double], level: Double = 0.95) {
    let n = observations.count
    guard n >= 40 else { return nil }
    var number = 20
    for b in 21...30 where n / b >= 2 && n % b <= n % number { number = b }
    let size = n / number
    let skipped = n - size * number
    let means = (0..<number).map { batch in
      let start = skipped + batch * size
      return SampleMoments(observations[start..<start + size]).mean
    }
    self.init(ofBatches: means, batchSize: size, level: level)
  }

  /// Takes figures of batches that somebody else made, such as quantiles; `nil` for fewer than three.
  ///
  /// - Parameter batchSize: Observations of a batch; 1 where a batch is the unit.
  /// - Precondition: 0 < `level` < 1.
  public init?(ofBatches means: [Double], batchSize: Int = 1, level: Double = 0.95) {
    let moments = SampleMoments(means)
    guard means.count > 2, let interval = ConfidenceInterval(moments, level: level) else {
      return nil
    }
    self.means = means
    self.interval = interval
    self.batchSize = batchSize
    asymptoticVariance = Double(batchSize) * moments.variance
    let d = means.map { $0 - moments.mean }
    let squares = d.reduce(0) { $0 + $1 * $1 }
    let products = zip(d, d.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    let ends = d[0] * d[0] + d[means.count - 1] * d[means.count - 1]
    lagOneCorrelation = squares > 0 ? products / squares : 0
    vonNeumann = squares > 0 ? (products + 0.5 * ends) / squares : 0
  }

  /// Above this, neighbouring batch means are taken to depend on each other: a one-sided test at 5 %.
  public var largestCorrelation: Double {
    let b = Double(means.count)
    return 1.6448536269514722 * ((b - 2) / (b * b - 1)).squareRoot()
  }

  /// Whether the batches passed for independent. Where not, the interval is too narrow: run longer.
  public var isTrusted: Bool { vonNeumann <= largestCorrelation }
}
