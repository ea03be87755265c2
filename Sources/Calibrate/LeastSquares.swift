import COpenBLAS

/// Linear least squares by LAPACK: the solution of least length, the singular values that say how well
/// the columns are told apart, and which columns are not.
///
/// The last bits differ between processors, so a fit serves profiles, which are written down; nothing in
/// the event path solves one.
public struct LeastSquares: Sendable {
  /// Coefficients, by column.
  public let coefficients: [Double]
  /// Singular values, falling.
  public let singularValues: [Double]
  /// How many singular values count: those above `cutoff` times the largest.
  public let rank: Int
  /// Sum of the squared residuals.
  public let residualSumOfSquares: Double

  /// Largest singular value over smallest; infinite where that is zero.
  public var condition: Double {
    guard let first = singularValues.first, let last = singularValues.last, last > 0 else {
      return .infinity
    }
    return first / last
  }

  /// Solves `columns · x ≈ target`.
  ///
  /// - Parameter cutoff: Singular values below this share of the largest count as zero.
  /// - Complexity: O(rows × columns²), by `dgelsd`.
  /// - Precondition: there are columns, each as long as the target, and at least one row.
  public init(columns: [[Double]], target: [Double], cutoff: Double = 1e-12) {
    let (m, n) = (target.count, columns.count)
    precondition(m > 0 && n > 0 && columns.allSatisfy { $0.count == m }, "a value in every row")
    var a = columns.flatMap { $0 }
    var b = target + [Double](repeating: 0, count: max(0, n - m))
    var (rows, count, one, leading) = (Int32(m), Int32(n), Int32(1), Int32(max(m, n)))
    var values = [Double](repeating: 0, count: min(m, n))
    var (cutoff, found, info) = (cutoff, Int32(0), Int32(0))
    var work = [0.0]
    var integers: [Int32] = [0]
    var length: Int32 = -1
    dgelsd_(
      &rows, &count, &one, &a, &rows, &b, &leading, &values, &cutoff, &found, &work, &length,
      &integers, &info)
    precondition(info == 0, "dgelsd was asked wrongly")
    length = Int32(work[0])
    work = [Double](repeating: 0, count: Int(length))
    integers = [Int32](repeating: 0, count: max(1, Int(integers[0])))
    dgelsd_(
      &rows, &count, &one, &a, &rows, &b, &leading, &values, &cutoff, &found, &work, &length,
      &integers, &info)
    precondition(info == 0, "dgelsd did not come to an end on finite numbers")
    let solution = Array(b[..<n])
    coefficients = solution
    singularValues = values
    rank = Int(found)
    residualSumOfSquares = target.indices.reduce(0) { sum, row in
      let fitted = columns.indices.reduce(0) { $0 + columns[$1][row] * solution[$1] }
      return sum + (target[row] - fitted) * (target[row] - fitted)
    }
  }

  /// By singular value, falling: the share of each coefficient's variance that lies in its direction,
  /// columns brought to length 1 first. Two columns with most of their variance in the direction of a
  /// small value cannot be told apart. (Belsley, Kuh and Welsch, Regression diagnostics, 1980, ch. 3.)
  ///
  /// - Complexity: O(rows × columns²), by `dgesdd`.
  /// - Precondition: at least as many rows as columns, no column all zero.
  public static func varianceShares(columns: [[Double]]) -> (
    singularValues: [Double], shares: [[Double]]
  ) {
    let n = columns.count
    let m = columns.first?.count ?? 0
    precondition(n > 0 && m >= n)
    var a: [Double] = []
    a.reserveCapacity(m * n)
    for column in columns {
      let length = column.reduce(0) { $0 + $1 * $1 }.squareRoot()
      precondition(length > 0, "a column of zeros says nothing")
      a += column.map { $0 / length }
    }
    var (rows, count, info, length) = (Int32(m), Int32(n), Int32(0), Int32(-1))
    var values = [Double](repeating: 0, count: n)
    var left = [Double](repeating: 0, count: m * n)
    var right = [Double](repeating: 0, count: n * n)
    var work = [0.0]
    var integers = [Int32](repeating: 0, count: 8 * n)
    dgesdd_(
      "S", &rows, &count, &a, &rows, &values, &left, &rows, &right, &count, &work, &length,
      &integers, &info, 1)
    precondition(info == 0, "dgesdd was asked wrongly")
    length = Int32(work[0])
    work = [Double](repeating: 0, count: Int(length))
    dgesdd_(
      "S", &rows, &count, &a, &rows, &values, &left, &rows, &right, &count, &work, &length,
      &integers, &info, 1)
    precondition(info == 0, "dgesdd did not come to an end on finite numbers")
    let floor = max(values[0] * 1e-15, Double.leastNormalMagnitude)
    var shares = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
    for column in 0..<n {
      // Element (value, column) of Vᵀ, column by column.
      let parts = (0..<n).map { value in
        let ratio = right[column * n + value] / max(values[value], floor)
        return ratio * ratio
      }
      let sum = parts.reduce(0, +)
      for value in 0..<n { shares[value][column] = parts[value] / sum }
    }
    return (values, shares)
  }
}
