import Calibrate
import SimulationKernel
import Testing

@Suite("Least squares")
struct LeastSquaresTests {
  /// A table of random numbers, the same every time.
  private static func columns(_ count: Int, rows: Int, seed: UInt64) -> [[Double]] {
    var generator = SplitMix64(seed: seed)
    return (0..<count).map { _ in
      (0..<rows).map { _ in Double(generator.next() >> 11) * 0x1p-53 - 0.5 }
    }
  }

  @Test("dgelsd finds a line through points, and what its residuals are")
  func line() {
    // y = 1.1, 1.9, 3.1, 3.9 at 1…4: slope 0.96, intercept 0.1 by the normal equations.
    let fit = LeastSquares(
      columns: [[1, 1, 1, 1], [1, 2, 3, 4]], target: [1.1, 1.9, 3.1, 3.9])
    #expect(abs(fit.coefficients[0] - 0.1) < 1e-12)
    #expect(abs(fit.coefficients[1] - 0.96) < 1e-12)
    #expect(abs(fit.residualSumOfSquares - 0.032) < 1e-12)
    #expect(fit.rank == 2)
    // The eigenvalues of [[4, 10], [10, 30]] are 17 ± √269.
    #expect(abs(fit.singularValues[0] - (17 + 269.0.squareRoot()).squareRoot()) < 1e-12)
    #expect(abs(fit.singularValues[1] - (17 - 269.0.squareRoot()).squareRoot()) < 1e-12)
  }

  @Test("columns that depend on each other: less rank, and the shortest solution")
  func dependent() {
    let fit = LeastSquares(columns: [[1, 2, 3], [2, 4, 6]], target: [5, 10, 15])
    #expect(fit.rank == 1)
    #expect(abs(fit.coefficients[0] - 1) < 1e-12 && abs(fit.coefficients[1] - 2) < 1e-12)
    #expect(fit.condition > 1e12)
  }

  @Test("variance shares name the columns that move together")
  func shares() {
    var columns = Self.columns(3, rows: 50, seed: 4)
    columns[2] = zip(columns[0], columns[2]).map { $0 + 0.001 * $1 }
    let (values, shares) = LeastSquares.varianceShares(columns: columns)
    #expect(values[0] / values[2] > 100)
    #expect(shares[2][0] > 0.99 && shares[2][2] > 0.99 && shares[2][1] < 0.3)
    for column in 0..<3 { #expect(abs((0..<3).reduce(0) { $0 + shares[$1][column] } - 1) < 1e-12) }
  }

  /// The conditions of Karush, Kuhn and Tucker are necessary and sufficient: the problem is convex.
  @Test("non-negative least squares meets its optimality conditions", arguments: 0..<200)
  func conditions(seed: Int) {
    let n = 1 + seed % 7
    let columns = Self.columns(n, rows: n + seed % 13, seed: UInt64(seed))
    let target = Self.columns(1, rows: n + seed % 13, seed: UInt64(seed) + 1000)[0]
    let fit = NonNegativeLeastSquares(columns: columns, target: target)
    let residual = target.indices.map { row in
      target[row] - (0..<n).reduce(0) { $0 + columns[$1][row] * fit.coefficients[$1] }
    }
    for column in 0..<n {
      let slope = zip(columns[column], residual).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(fit.coefficients[column] >= 0)
      #expect(slope < 1e-9, "a column that would still help was left out")
      if fit.coefficients[column] > 0 { #expect(abs(slope) < 1e-9) }
    }
    let plain = LeastSquares(columns: columns, target: target)
    #expect(fit.residualSumOfSquares >= plain.residualSumOfSquares - 1e-12)
    if plain.coefficients.allSatisfy({ $0 > 1e-9 }) {
      for column in 0..<n {
        #expect(abs(fit.coefficients[column] - plain.coefficients[column]) < 1e-7)
      }
    }
  }

  @Test("a coefficient that would be negative is held at zero, the others make up for it")
  func heldAtZero() {
    let fit = NonNegativeLeastSquares(columns: [[1, 1, 1], [0, 1, 2]], target: [3, 2, 1])
    #expect(fit.coefficients == [2, 0])
    #expect(fit.free == [0])
    #expect(abs(fit.residualSumOfSquares - 2) < 1e-12)
  }
}
