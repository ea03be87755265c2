/// Additive Holt–Winters smoothing: a level, a trend a bin, and a deviation from the level by bin of a season.
///
/// With value `y` of a bin, level `l`, trend `b` and season `s`:
/// `l' = α (y − s) + (1 − α)(l + b)`, `b' = β (l' − l) + (1 − β) b`, `s' = γ (y − l') + (1 − γ) s`; the
/// forecast `h` bins ahead is `l + h b + s` (Winters, "Forecasting sales by exponentially weighted moving
/// averages", Management Science 6, 1960; in this form R's `HoltWinters`). It begins with the first season:
/// its mean is the level, the trend is none.
struct SeasonalForecast: Sendable {
  /// Weights of the newest value in each part, 0 to 1.
  struct Weights: Sendable {
    var level: Double
    var trend: Double
    var season: Double
  }

  private let weights: Weights
  private var season: [Double]
  private var level = 0.0
  private var trend = 0.0
  /// Bin of the season that comes next.
  private var next: Int
  /// Bins of the first season that are still to come.
  private var missing: Int
  private var squaredErrors: [Double]
  private var errors = 0

  /// - Parameters:
  ///   - bins: Bins of a season.
  ///   - first: Bin of the season that the first value is of.
  ///   - history: A season's values, where they are known.
  init(bins: Int, first: Int, weights: Weights, history: [Double] = []) {
    precondition(bins > 0 && (0..<bins).contains(first))
    precondition(history.isEmpty || history.count == bins)
    self.weights = weights
    next = first
    season = history.isEmpty ? Array(repeating: 0, count: bins) : history
    missing = history.isEmpty ? bins : 0
    squaredErrors = Array(repeating: 0, count: bins)
    if missing == 0 { begin() }
  }

  /// Whether a whole season is known.
  var isReady: Bool { missing == 0 }

  /// Takes in the value of the next bin. O(1), once O(bins).
  mutating func observe(_ value: Double) {
    defer { next = (next + 1) % season.count }
    guard isReady else {
      season[next] = value
      missing -= 1
      if isReady { begin() }
      return
    }
    let expected = level + trend
    let error = value - expected - season[next]
    squaredErrors[errors % squaredErrors.count] = error * error
    errors += 1
    let newLevel = weights.level * (value - season[next]) + (1 - weights.level) * expected
    trend = weights.trend * (newLevel - level) + (1 - weights.trend) * trend
    season[next] = weights.season * (value - newLevel) + (1 - weights.season) * season[next]
    level = newLevel
  }

  /// The value expected so many bins after the last one, at least zero.
  ///
  /// - Precondition: ``isReady``, and `bins` is positive.
  func value(ahead bins: Int) -> Double {
    max(0, level + Double(bins) * trend + season[(next + bins - 1) % season.count])
  }

  /// Root mean square of the errors one bin ahead over the last season; 0 before there was one.
  /// O(bins).
  var deviation: Double {
    let count = min(errors, squaredErrors.count)
    guard count > 0 else { return 0 }
    return (squaredErrors[..<count].reduce(0, +) / Double(count)).squareRoot()
  }

  private mutating func begin() {
    level = season.reduce(0, +) / Double(season.count)
    for place in season.indices { season[place] -= level }
  }
}
