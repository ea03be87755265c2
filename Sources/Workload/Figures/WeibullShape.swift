import SimulationKernel

/// The shape of a Weibull law by its variation.
public enum WeibullShape {
  /// The shape at which the coefficient of variation is the given one, within the shapes that arrivals
  /// take, 0.1 to 50; the nearest of those where none is.
  ///
  /// By halving: the variation `√(Γ(1 + 2/k) / Γ(1 + 1/k)² − 1)` falls as the shape rises. About fifty
  /// evaluations.
  public static func shape(coefficientOfVariation wanted: Double) -> Double {
    var (low, high) = (0.1, 50.0)
    for _ in 0..<60 {
      let middle = 0.5 * (low + high)
      if coefficientOfVariation(shape: middle) > wanted { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }

  /// The coefficient of variation of the law with a shape.
  ///
  /// - Precondition: `shape` is at least 0.05.
  public static func coefficientOfVariation(shape: Double) -> Double {
    precondition(shape >= 0.05)
    let logRatio =
      DeterministicMath.logGamma(1 + 2 / shape) - 2 * DeterministicMath.logGamma(1 + 1 / shape)
    return max(0, DeterministicMath.exp(logRatio) - 1).squareRoot()
  }
}
