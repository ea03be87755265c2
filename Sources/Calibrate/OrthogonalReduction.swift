/// A matrix brought to triangular form by reflections, and a right-hand side with it: what least squares
/// over some of its columns need. (Householder, Unitary triangularization, 1958; Golub and Van Loan,
/// Matrix computations, 4th edition 2013, algorithm 5.2.1.)
struct OrthogonalReduction {
  /// The triangle, column by column: `triangle[j][i]` for `i ≤ j`.
  private(set) var triangle: [[Double]]
  /// The first elements of the reflected right-hand side.
  private(set) var side: [Double]
  /// Squared length of the rest of it: the sum of squared residuals.
  private(set) var rest: Double

  /// - Complexity: O(rows × columns²).
  /// - Precondition: at least as many rows as columns.
  init(columns: [[Double]], target: [Double]) {
    var a = columns
    var b = target
    let (m, n) = (target.count, columns.count)
    precondition(m >= n && columns.allSatisfy { $0.count == m })
    for k in 0..<n {
      let length = (k..<m).reduce(0.0) { $0 + a[k][$1] * a[k][$1] }.squareRoot()
      if length == 0 { continue }
      let alpha = a[k][k] > 0 ? -length : length
      var v = Array(a[k][k..<m])
      v[0] -= alpha
      let square = v.reduce(0) { $0 + $1 * $1 }
      if square == 0 { continue }
      for j in k..<n { Self.reflect(&a[j], v, square, from: k) }
      Self.reflect(&b, v, square, from: k)
    }
    triangle = (0..<n).map { Array(a[$0][...$0]) }
    side = Array(b[..<n])
    rest = b[n...].reduce(0) { $0 + $1 * $1 }
  }

  private static func reflect(
    _ x: inout [Double], _ v: [Double], _ square: Double, from k: Int
  ) {
    var product = 0.0
    for i in v.indices { product += v[i] * x[k + i] }
    let factor = 2 * product / square
    for i in v.indices { x[k + i] -= factor * v[i] }
  }

  /// The solution, zero along columns that depend on those before them.
  func solution() -> [Double] {
    let n = side.count
    var x = [Double](repeating: 0, count: n)
    let largest = (0..<n).map { abs(triangle[$0][$0]) }.max() ?? 0
    for k in stride(from: n - 1, through: 0, by: -1) {
      let sum = (k + 1..<n).reduce(side[k]) { $0 - triangle[$1][k] * x[$1] }
      let pivot = triangle[k][k]
      x[k] = abs(pivot) <= 1e-13 * largest ? 0 : sum / pivot
    }
    return x
  }

  /// The diagonal of `(AᵀA)⁻¹`: variances of the coefficients for residuals of variance 1. Infinite
  /// along columns that depend on those before them.
  func inverseDiagonal() -> [Double] {
    let n = side.count
    let largest = (0..<n).map { abs(triangle[$0][$0]) }.max() ?? 0
    guard (0..<n).allSatisfy({ abs(triangle[$0][$0]) > 1e-13 * largest }) else {
      return [Double](repeating: .infinity, count: n)
    }
    var sums = [Double](repeating: 0, count: n)
    // Column by column of the inverse of the triangle.
    for j in 0..<n {
      var column = [Double](repeating: 0, count: n)
      column[j] = 1 / triangle[j][j]
      for i in stride(from: j - 1, through: 0, by: -1) {
        let sum = (i + 1...j).reduce(0.0) { $0 + triangle[$1][i] * column[$1] }
        column[i] = -sum / triangle[i][i]
      }
      for i in 0...j { sums[i] += column[i] * column[i] }
    }
    return sums
  }
}
