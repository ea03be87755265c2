import CCbc

/// Linear programs by COIN-OR's Clp, with the prices of their constraints.
public struct LinearSolver: Sendable {
  /// Creates a solver.
  public init() {}

  /// An optimum.
  public struct Solution: Sendable {
    /// Values of the variables.
    public var values: [Double]
    /// What they cost.
    public var cost: Double
    /// By row: what the cost would change if its binding side were one higher.
    public var prices: [Double]
  }

  /// Minimises, whole-numbered variables taken as they are; `nil` where no values hold every row.
  public func solve(
    _ program: LinearProgram
  ) throws(BranchAndCut.Problem) -> Solution? {
    guard let model = Clp_newModel() else { preconditionFailure("Clp has no memory") }
    defer { Clp_deleteModel(model) }
    Clp_setLogLevel(model, 0)
    let (starts, rows, values) = program.columns
    Clp_loadProblem(
      model, Int32(program.variables.count), Int32(program.rows.count), starts, rows, values,
      program.variables.map(\.lower), program.variables.map(\.upper),
      program.variables.map(\.cost), program.rows.map(\.lower), program.rows.map(\.upper))
    Clp_initialSolve(model)
    switch Clp_status(model) {
    case 0: break
    case 2: throw .unbounded
    default: return nil
    }
    guard let columns = Clp_primalColumnSolution(model), let duals = Clp_dualRowSolution(model)
    else { return nil }
    let found = Array(UnsafeBufferPointer(start: columns, count: program.variables.count))
    return Solution(
      values: found, cost: program.cost(found),
      prices: Array(UnsafeBufferPointer(start: duals, count: program.rows.count)))
  }
}
