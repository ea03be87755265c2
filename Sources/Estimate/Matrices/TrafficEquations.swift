import COpenBLAS

/// The traffic equations of a network of deployments: `(I − Pᵀ) Λ = Γ`.
///
/// `Γ` is what comes from outside, `P` the share of what a deployment is asked that moves on to another
/// (retries, failover, spillover), `Λ` what each is asked in all. (Jackson, Networks of waiting lines,
/// 1957.) Solved by LAPACK's `dgesv`, any number of right-hand sides at once.
public struct TrafficEquations: Sendable {
  /// `P`: from a deployment, by row, to another, by column; each row sums to 1 at most.
  public let moves: Matrix

  /// Why there is no answer.
  public enum Problem: Error, Hashable, CustomStringConvertible {
    /// Requests go round among these deployments for ever.
    case singular(deployments: [Int])
    /// A row of shares is not one: a negative share, or more than all moves on.
    case wrongShares(deployment: Int, sum: Double)

    /// What is wrong.
    public var description: String {
      switch self {
      case .singular(let deployments):
        "the traffic equations have no answer: requests move among deployments "
          + "\(deployments.map(String.init).joined(separator: ", ")) for ever and leave nowhere"
      case .wrongShares(let deployment, let sum):
        "the shares that move on from deployment \(deployment) sum to \(sum), expected 0 to 1"
      }
    }
  }

  /// Creates the equations.
  ///
  /// - Precondition: `moves` is square.
  public init(moves: Matrix) {
    precondition(moves.rows == moves.columns, "moves go from deployments to deployments")
    self.moves = moves
  }

  /// `Λ` for every column of `Γ`.
  ///
  /// - Parameter external: Γ, deployments × right-hand sides.
  /// - Complexity: O(n³ + n² × right-hand sides).
  public func solve(_ external: Matrix) throws(Problem) -> Matrix {
    let n = moves.rows
    precondition(external.rows == n, "a row of what comes for every deployment")
    if n == 0 || external.columns == 0 { return external }
    for row in 0..<n {
      let shares = moves.elements[row * n..<(row + 1) * n]
      let sum = shares.reduce(0, +)
      if shares.contains(where: { $0 < 0 || !$0.isFinite }) || sum > 1 + 1e-9 {
        throw .wrongShares(deployment: row, sum: sum)
      }
    }
    // Column by column, I − Pᵀ has at (row, column) what row `column` of P says: P's own layout, read by
    // rows, is Pᵀ's by columns.
    var a = moves.elements.map { -$0 }
    for i in 0..<n { a[i * n + i] += 1 }
    let norm = (0..<n).reduce(0.0) { worst, column in
      max(worst, a[column * n..<(column + 1) * n].reduce(0) { $0 + abs($1) })
    }
    var b = [Double](repeating: 0, count: n * external.columns)
    for row in 0..<n {
      for column in 0..<external.columns { b[column * n + row] = external[row, column] }
    }
    var size = Int32(n)
    var count = Int32(external.columns)
    var pivots = [Int32](repeating: 0, count: n)
    var info: Int32 = 0
    dgesv_(&size, &count, &a, &size, &pivots, &b, &size, &info)
    precondition(info >= 0, "dgesv was asked wrongly")
    if info > 0 || reciprocalCondition(a, norm, n) < 1e-13 {
      throw .singular(deployments: trapped())
    }
    var result = Matrix(rows: n, columns: external.columns)
    for row in 0..<n {
      for column in 0..<external.columns { result[row, column] = b[column * n + row] }
    }
    return result
  }

  private func reciprocalCondition(_ factors: [Double], _ norm: Double, _ n: Int) -> Double {
    var size = Int32(n)
    var norm = norm
    var condition = 0.0
    var work = [Double](repeating: 0, count: 4 * n)
    var integers = [Int32](repeating: 0, count: n)
    var info: Int32 = 0
    dgecon_("1", &size, factors, &size, &norm, &condition, &work, &integers, &info, 1)
    return condition
  }

  /// Deployments from which nothing can leave.
  private func trapped() -> [Int] {
    let n = moves.rows
    var leaves = (0..<n).map { row in
      moves.elements[row * n..<(row + 1) * n].reduce(0, +) < 1 - 1e-9
    }
    for _ in 0..<n {
      for row in 0..<n where !leaves[row] {
        leaves[row] = (0..<n).contains { leaves[$0] && moves[row, $0] > 0 }
      }
    }
    return leaves.indices.filter { !leaves[$0] }
  }
}
