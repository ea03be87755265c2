/// Least squares of a function that can only be tried: Gauss and Newton's steps from finite
/// differences, shortened by Levenberg and Marquardt's rule where they go too far. (Marquardt, An
/// algorithm for least-squares estimation of nonlinear parameters, 1963.)
struct GaussNewton {
  /// Where the search ended.
  struct Result {
    var parameters: [Double]
    /// Sum of squares at the start and at the end.
    var before: Double
    var after: Double
    /// Rows of differences at the end, by parameter.
    var jacobian: [[Double]]
    var residuals: [Double]
    var rounds: Int
  }

  /// Step of the finite differences: a simulation answers in small jumps, so it is not tiny.
  var difference = 0.02
  /// Largest size of a parameter; parameters are logarithms of factors.
  var bound = 3.0
  var maximumRounds = 15

  /// - Parameter residuals: The residuals at some parameters, as many at each.
  /// - Complexity: rounds × (2 · parameters + 1) calls of `residuals`, and least squares of its rows.
  func minimise(
    from start: [Double],
    _ residuals: ([Double]) throws(CalibrationError) -> [Double]
  ) throws(CalibrationError) -> Result {
    var x = start
    var r = try residuals(x)
    var cost = r.reduce(0) { $0 + $1 * $1 }
    let before = cost
    var damping = 1e-3
    var rounds = 0
    var jacobian = try differences(x, residuals)
    while rounds < maximumRounds {
      rounds += 1
      var improved = false
      var step = 0.0
      var gain = 0.0
      for _ in 0..<6 {
        let move = Self.move(jacobian, r, damping)
        let tried = x.indices.map { min(bound, max(-bound, x[$0] + move[$0])) }
        let there = try residuals(tried)
        let sum = there.reduce(0) { $0 + $1 * $1 }
        if sum < cost {
          step = x.indices.map { abs(tried[$0] - x[$0]) }.max() ?? 0
          gain = (cost - sum) / max(cost, .leastNormalMagnitude)
          (x, r, cost) = (tried, there, sum)
          damping = max(1e-9, damping / 5)
          improved = true
          break
        }
        damping *= 8
      }
      if !improved || step < 1e-5 || gain < 1e-6 { break }
      jacobian = try differences(x, residuals)
    }
    return Result(
      parameters: x, before: before, after: cost, jacobian: jacobian, residuals: r, rounds: rounds)
  }

  private func differences(
    _ x: [Double], _ residuals: ([Double]) throws(CalibrationError) -> [Double]
  ) throws(CalibrationError) -> [[Double]] {
    var columns: [[Double]] = []
    for parameter in x.indices {
      var (up, down) = (x, x)
      up[parameter] += difference
      down[parameter] -= difference
      let (high, low) = (try residuals(up), try residuals(down))
      columns.append(high.indices.map { (high[$0] - low[$0]) / (2 * difference) })
    }
    return columns
  }

  /// The step: `(J; √λ D) · move ≈ (−r; 0)`, D the lengths of the columns.
  private static func move(_ jacobian: [[Double]], _ r: [Double], _ damping: Double) -> [Double] {
    let n = jacobian.count
    let columns = (0..<n).map { column in
      let length = jacobian[column].reduce(0) { $0 + $1 * $1 }.squareRoot()
      return jacobian[column]
        + (0..<n).map { $0 == column ? damping.squareRoot() * max(length, 1e-9) : 0 }
    }
    let target = r.map { -$0 } + [Double](repeating: 0, count: n)
    return LeastSquares(columns: columns, target: target).coefficients
  }
}
