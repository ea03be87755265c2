/// Least squares with coefficients that are not negative, as times are not.
///
/// The active set of Lawson and Hanson (Solving least squares problems, 1974, algorithm 23.10): columns
/// come in one at a time, the one along which the residuals fall fastest first, and go out where their
/// coefficient would turn negative.
public struct NonNegativeLeastSquares: Sendable {
  /// Coefficients, by column; zero or more.
  public let coefficients: [Double]
  /// Columns whose coefficient is free to be above zero.
  public let free: [Int]
  /// Sum of the squared residuals.
  public let residualSumOfSquares: Double

  /// Solves `columns · x ≈ target` with `x ≥ 0`.
  ///
  /// - Complexity: O(rows × columns²) and, for each of the few times the free columns change,
  ///   O(columns³).
  /// - Precondition: at least as many rows as columns, all of them as long as the target.
  public init(columns: [[Double]], target: [Double]) {
    // The triangle holds all that the search needs; rows by the thousand are gone through once.
    let whole = OrthogonalReduction(columns: columns, target: target)
    let n = columns.count
    let small = (0..<n).map { whole.triangle[$0] + [Double](repeating: 0, count: n - 1 - $0) }
    let side = whole.side
    var x = [Double](repeating: 0, count: n)
    var isFree = [Bool](repeating: false, count: n)
    func gradient() -> [Double] {
      var residual = side
      for j in 0..<n where x[j] != 0 { for i in 0..<n { residual[i] -= small[j][i] * x[j] } }
      return (0..<n).map { j in (0..<n).reduce(0.0) { $0 + small[j][$1] * residual[$1] } }
    }
    let lengths = small.map { column in column.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    let scale = side.reduce(0) { $0 + $1 * $1 }.squareRoot()
    func solve() -> [Double] {
      let chosen = (0..<n).filter { isFree[$0] }
      let part = OrthogonalReduction(columns: chosen.map { small[$0] }, target: side).solution()
      var z = [Double](repeating: 0, count: n)
      for (index, column) in chosen.enumerated() { z[column] = part[index] }
      return z
    }
    // Each round frees a column; that it ends within this is Lawson and Hanson's own bound.
    for _ in 0..<3 * n {
      let slope = gradient()
      let candidates = (0..<n).filter {
        !isFree[$0] && slope[$0] > 1e-12 * lengths[$0] * scale
      }
      guard let next = candidates.max(by: { slope[$0] / lengths[$0] < slope[$1] / lengths[$1] })
      else { break }
      isFree[next] = true
      var z = solve()
      // A column that comes in and would at once be negative is one that rounding let in.
      if z[next] <= 0 {
        isFree[next] = false
        break
      }
      while (0..<n).first(where: { isFree[$0] && z[$0] <= 0 }) != nil {
        let blocked = (0..<n).filter { isFree[$0] && z[$0] <= 0 }
        let step = blocked.map { x[$0] / (x[$0] - z[$0]) }.min() ?? 0
        for j in 0..<n where isFree[j] { x[j] += step * (z[j] - x[j]) }
        for j in blocked where x[j] <= 1e-14 * (abs(z[j]) + abs(x[j])) || x[j] <= 0 {
          x[j] = 0
          isFree[j] = false
        }
        // The one that bound the step lies at zero whatever rounding says.
        if let worst = blocked.min(by: { x[$0] < x[$1] }), isFree[worst] {
          x[worst] = 0
          isFree[worst] = false
        }
        z = solve()
      }
      x = z
    }
    coefficients = x
    free = (0..<n).filter { isFree[$0] }
    residualSumOfSquares = target.indices.reduce(0) { sum, row in
      let fitted = (0..<n).reduce(0.0) { $0 + columns[$1][row] * x[$1] }
      return sum + (target[row] - fitted) * (target[row] - fitted)
    }
  }
}
