/// How long a run must be for a half-width, before it is made.
///
/// For large n the variance of a mean of n dependent observations is v / n with a constant v, so
/// n = z² v / halfWidth².
public enum RunLength {
  /// n · Var(mean wait in the queue of n customers of an M/M/1 queue) for large n, in squares of a mean
  /// service time: ρ(2 + 5ρ - 4ρ² + ρ³) / (1 - ρ)⁴.
  ///
  /// Source: D. J. Daley, "The serial correlation coefficients of waiting times in a stationary single server
  /// queue", J. Austral. Math. Soc. 8 (1968). A first guess for other queues of the same load.
  ///
  /// - Precondition: 0 ≤ `load` < 1.
  public static func singleServerVariance(load: Double) -> Double {
    precondition(load >= 0 && load < 1, "a steady state needs a load below 1")
    let idle = (1 - load) * (1 - load)
    return load * (2 + load * (5 + load * (-4 + load))) / (idle * idle)
  }

  /// Mean wait in the queue of an M/M/1 queue, in mean service times.
  ///
  /// - Precondition: 0 ≤ `load` < 1.
  public static func singleServerWait(load: Double) -> Double {
    precondition(load >= 0 && load < 1, "a steady state needs a load below 1")
    return load / (1 - load)
  }

  /// Observations for a half-width, warm-up not counted; at least 1, at most `Int.max`.
  ///
  /// - Parameter variance: n · Var(mean of n) for large n: ``singleServerVariance(load:)`` or
  ///   ``BatchMeans/asymptoticVariance``; the variance itself where observations are independent.
  /// - Precondition: `halfWidth` is positive, 0 < `level` < 1.
  public static func observations(
    halfWidth: Double, variance: Double, level: Double = 0.95
  ) -> Int {
    precondition(halfWidth > 0, "a run of finite length has a half-width above 0")
    let z = Normal.critical(level: level)
    let count = (z * z * variance / (halfWidth * halfWidth)).rounded(.up)
    return count < 0x1p62 ? max(1, Int(count)) : .max
  }
}
