/// The mean of a figure with the luck of its replications taken out: known means of other quantities of the same
/// runs, such as the number of arrivals, say whether these were busier than they should be.
///
/// Estimate ȳ - β·(c̄ - μ) with β = S_cc⁻¹ s_cy; variance of the residuals over n - q - 1 degrees times
/// 1/n + (c̄ - μ)ᵀ ((n - 1) S_cc)⁻¹ (c̄ - μ). Exact t interval where figure and controls are jointly normal;
/// otherwise biased of order 1/n. Source: S. S. Lavenberg and P. D. Welch, "A perspective on the use of control
/// variables to increase the efficiency of Monte Carlo simulations", Management Science 27 (1981).
public struct ControlVariate: Hashable, Sendable {
  /// The mean, controlled.
  public let interval: ConfidenceInterval
  /// Change of the figure per unit of each control.
  public let coefficients: [Double]
  /// Variance of the residuals over that of the figure: what is left unexplained. 1 for a constant figure.
  public let varianceRatio: Double

  /// Controls; `nil` where there are too few replications (two more than controls are needed) or a control is
  /// constant or a combination of others. O(controls² replications + controls³).
  ///
  /// - Parameters:
  ///   - figure: By replication.
  ///   - controls: By control, then by replication.
  ///   - means: The known mean of each control.
  /// - Precondition: All have as many replications; as many means as controls, at least one.
  public init?(
    _ figure: [Double], controls: [[Double]], means: [Double], level: Double = 0.95
  ) {
    let (n, q) = (figure.count, controls.count)
    precondition(q > 0 && means.count == q, "each control needs its known mean")
    precondition(controls.allSatisfy { $0.count == n }, "controls are of the same replications")
    let degrees = n - q - 1
    guard degrees > 0 else { return nil }
    let y = SampleMoments(figure)
    let centres = controls.map { SampleMoments($0).mean }
    let deviations = zip(controls, centres).map { control, centre in control.map { $0 - centre } }
    let dy = figure.map { $0 - y.mean }
    let products = deviations.map { a in deviations.map { b in Self.dot(a, b) } }
    guard let factor = Cholesky(products) else { return nil }
    coefficients = factor.solve(deviations.map { Self.dot($0, dy) })
    let luck = zip(centres, means).map { $0 - $1 }
    // Residuals themselves, not a difference of sums of squares: it cannot go below 0.
    var residuals = 0.0
    for r in 0..<n {
      var residual = dy[r]
      for j in 0..<q { residual -= coefficients[j] * deviations[j][r] }
      residuals += residual * residual
    }
    let variance = residuals / Double(degrees)
    let spread = 1 / Double(n) + Self.dot(luck, factor.solve(luck))
    let t = StudentT.critical(level: level, degrees: Double(degrees))
    interval = ConfidenceInterval(
      estimate: y.mean - Self.dot(coefficients, luck),
      halfWidth: t * (variance * spread).squareRoot(), count: n, level: level)
    varianceRatio = y.variance > 0 ? variance / y.variance : 1
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
