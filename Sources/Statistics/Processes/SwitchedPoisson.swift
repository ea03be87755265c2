import SimulationKernel

/// A Poisson process that switches between two rates, each for exponential times: the smallest model of
/// arrivals that come in bursts.
///
/// Source: W. Fischer and K. Meier-Hellstern, The Markov-modulated Poisson process (MMPP) cookbook,
/// Performance Evaluation 18 (1992); H. Heffes and D. M. Lucantoni, IEEE JSAC 4 (1986), for the variance
/// of counts.
public struct SwitchedPoisson: Hashable, Sendable {
  /// Events a second in the slow state, 0 or more.
  public var lowRate: Double
  /// Events a second in the fast state.
  public var highRate: Double
  /// Mean time in the slow state, seconds.
  public var lowMean: Double
  /// Mean time in the fast state, seconds.
  public var highMean: Double

  /// Creates a process.
  ///
  /// - Precondition: rates are not negative and not both zero, mean times are positive.
  public init(lowRate: Double, highRate: Double, lowMean: Double, highMean: Double) {
    precondition(lowRate >= 0 && highRate >= lowRate && highRate > 0 && lowMean > 0 && highMean > 0)
    self.lowRate = lowRate
    self.highRate = highRate
    self.lowMean = lowMean
    self.highMean = highMean
  }

  /// Share of the time in the fast state.
  public var highShare: Double { highMean / (lowMean + highMean) }

  /// Events a second.
  public var rate: Double { lowRate + (highRate - lowRate) * highShare }

  /// Variance of the rate over time.
  public var rateVariance: Double {
    highShare * (1 - highShare) * (highRate - lowRate) * (highRate - lowRate)
  }

  /// How long the rate remembers, seconds: its autocovariance falls as e^(−t / memory).
  public var memory: Double { 1 / (1 / lowMean + 1 / highMean) }

  /// Index of dispersion of counts in windows of some seconds:
  /// `1 + 2 v m / λ · (1 − m / t · (1 − e^(−t / m)))`, with v the rate's variance, m its memory, λ the mean.
  public func dispersion(window: Double) -> Double {
    1 + 2 * rateVariance * memory / rate * Self.reached(window / memory)
  }

  /// The part of the final dispersion that a window of `x` memories sees.
  private static func reached(_ x: Double) -> Double {
    x < 1e-4 ? 0.5 * x : 1 - (1 - DeterministicMath.exp(-x)) / x
  }

  /// The process of a rate whose dispersion is nearest to that seen through some windows: least squares
  /// of the logarithms over memories from a tenth of the shortest window to ten times the longest; both
  /// states last equally long where rates allow it, else the slow one is silent.
  ///
  /// - Parameter seen: Windows in seconds and the dispersion in each.
  /// - Returns: `nil` where no window shows more than a Poisson process does.
  public static func fit(
    rate: Double, seen: [(window: Double, index: Double)]
  ) -> SwitchedPoisson? {
    precondition(rate > 0)
    let told = seen.filter { $0.index > 0 }
    guard let shortest = told.map(\.window).min(), let longest = told.map(\.window).max(),
      told.contains(where: { $0.index > 1 })
    else { return nil }
    var best: (error: Double, memory: Double, final: Double)?
    let steps = 240
    let span = DeterministicMath.log(100 * longest / shortest)
    for step in 0...steps {
      let memory =
        0.1 * shortest * DeterministicMath.exp(span * Double(step) / Double(steps))
      guard let (error, final) = bestFinal(memory, told) else { continue }
      if error < best?.error ?? .infinity { best = (error, memory, final) }
    }
    guard let best, best.final > 1e-6 else { return nil }
    let variance = best.final * rate / (2 * best.memory)
    let deviation = variance.squareRoot()
    if deviation < 0.95 * rate {
      return SwitchedPoisson(
        lowRate: rate - deviation, highRate: rate + deviation, lowMean: 2 * best.memory,
        highMean: 2 * best.memory)
    }
    // A rate that is zero or λ / p has the variance λ² (1 − p) / p.
    let share = rate * rate / (rate * rate + variance)
    return SwitchedPoisson(
      lowRate: 0, highRate: rate / share, lowMean: best.memory / share,
      highMean: best.memory / (1 - share))
  }

  /// At a memory, the final dispersion (less 1) with the least squares of the logarithms, by golden
  /// section over its own logarithm.
  private static func bestFinal(
    _ memory: Double, _ seen: [(window: Double, index: Double)]
  ) -> (error: Double, final: Double)? {
    let reached = seen.map { Self.reached($0.window / memory) }
    func error(_ logFinal: Double) -> Double {
      let final = DeterministicMath.exp(logFinal)
      var sum = 0.0
      for (place, part) in zip(seen, reached) {
        let miss = DeterministicMath.log(1 + final * part) - DeterministicMath.log(place.index)
        sum += miss * miss
      }
      return sum
    }
    let most = zip(seen, reached).map { ($0.index + 1) / max($1, 1e-9) }.max() ?? 1
    var (low, high) = (-14.0, DeterministicMath.log(most))
    guard high > low else { return nil }
    let golden = 0.618_033_988_749_894_8
    var (a, b) = (high - golden * (high - low), low + golden * (high - low))
    var (atA, atB) = (error(a), error(b))
    for _ in 0..<60 {
      if atA < atB {
        (high, b, atB) = (b, a, atA)
        a = high - golden * (high - low)
        atA = error(a)
      } else {
        (low, a, atA) = (a, b, atB)
        b = low + golden * (high - low)
        atB = error(b)
      }
    }
    let middle = 0.5 * (low + high)
    return (error(middle), DeterministicMath.exp(middle))
  }
}
