/// The triangular factor of a small symmetric positive definite matrix.
struct Cholesky {
  private var rows: [[Double]]

  /// Factors; `nil` where the matrix is singular to 12 digits. O(size³).
  init?(_ matrix: [[Double]]) {
    rows = matrix
    for i in matrix.indices {
      for j in 0...i {
        var sum = matrix[i][j]
        for k in 0..<j { sum -= rows[i][k] * rows[j][k] }
        if i > j {
          rows[i][j] = sum / rows[j][j]
        } else {
          guard sum > 1e-12 * matrix[i][i] else { return nil }
          rows[i][i] = sum.squareRoot()
        }
      }
    }
  }

  /// The solution of the system with this right side. O(size²).
  func solve(_ right: [Double]) -> [Double] {
    var x = right
    for i in x.indices {
      for k in 0..<i { x[i] -= rows[i][k] * x[k] }
      x[i] /= rows[i][i]
    }
    for i in x.indices.reversed() {
      for k in i + 1..<x.count { x[i] -= rows[k][i] * x[k] }
      x[i] /= rows[i][i]
    }
    return x
  }
}
