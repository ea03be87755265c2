import CCbc
import Synchronization

/// Whole-numbered programs by COIN-OR's Cbc, through its C interface.
///
/// A search is bounded by its gap and its nodes, never by seconds, and runs on one thread: the same answer
/// on every run.
public struct BranchAndCut: Sendable {
  /// Relative difference between the best found and the best possible at which a search ends.
  public var gap: Double
  /// Most nodes.
  public var nodes: Int

  /// Creates a search.
  public init(gap: Double = 1e-4, nodes: Int = 20_000) {
    self.gap = gap
    self.nodes = nodes
  }

  /// What was found.
  public struct Solution: Sendable {
    /// Values of the variables; whole numbers are whole.
    public var values: [Double]
    /// What they cost.
    public var cost: Double
    /// No solution costs less.
    public var bound: Double
    /// Nodes looked at.
    public var nodes: Int
    /// Whether nothing better than by the gap exists; otherwise the nodes ran out.
    public var isProven: Bool
  }

  /// Why there is no solution.
  public enum Problem: Error, Hashable, CustomStringConvertible {
    /// Some constraints cannot hold together: what would have to go unserved at least, in parts of each
    /// demand, or else what would have to be had beyond the limits.
    case infeasible(unserved: [Gap], unavailable: [Gap])
    /// The cost has no lower end.
    case unbounded
    /// The nodes ran out before any solution was found.
    case nothingFound(nodes: Int)

    /// A constraint and by how much it is missed.
    public struct Gap: Hashable, Sendable {
      /// Name of the constraint.
      public var constraint: String
      /// By how much.
      public var amount: Double
      /// Unit of the amount.
      public var unit: String
    }

    /// What is wrong.
    public var description: String {
      switch self {
      case .infeasible(let unserved, let unavailable):
        var lines = ["no placement holds every constraint"]
        if !unserved.isEmpty {
          lines.append("the least that would have to go unserved:")
          lines += unserved.map { "  \($0.constraint): \(rounded($0.amount)) \($0.unit)" }
        }
        if !unavailable.isEmpty {
          lines.append(
            unserved.isEmpty
              ? "the least beyond the limits that would do:"
              : "or the least beyond the limits that would serve it:")
          lines += unavailable.map { "  \($0.constraint): \(rounded($0.amount)) \($0.unit) more" }
        }
        return lines.joined(separator: "\n")
      case .unbounded: return "the cost has no lower end: some price is negative"
      case .nothingFound(let nodes):
        return "no placement was found within \(nodes) nodes; allow more with --nodes"
      }
    }

    private func rounded(_ value: Double) -> String {
      let places = value >= 100 ? 1.0 : 1000
      let up = (value * places - 1e-6).rounded(.up) / places
      return up == up.rounded() ? "\(Int(up))" : "\(up)"
    }
  }

  /// Minimises.
  public func solve(_ program: LinearProgram) throws(Problem) -> Solution {
    if let solution = try search(program) { return solution }
    throw .infeasible(
      unserved: try missing(program, .demand), unavailable: try missing(program, .supply))
  }

  /// By how much one side has to give way at least; nothing where that does not help.
  private func missing(
    _ program: LinearProgram, _ side: LinearProgram.Side
  ) throws(Problem) -> [Problem.Gap] {
    let (relaxed, gaps) = program.relaxed(side)
    guard !gaps.isEmpty, let nearest = try search(relaxed) else { return [] }
    var missing: [Problem.Gap] = []
    for gap in gaps {
      let amount = (nearest.values[gap.below] + nearest.values[gap.above]) * gap.scale
      if amount > 1e-6 {
        let row = program.rows[gap.row]
        missing.append(Problem.Gap(constraint: row.name, amount: amount, unit: row.unit))
      }
    }
    return missing
  }

  /// Cbc keeps the state of its command line in static variables: one search at a time.
  private static let turn = Mutex(())

  /// The solution; `nil` where there is none.
  private func search(_ program: LinearProgram) throws(Problem) -> Solution? {
    try Self.turn.withLock { _ throws(Problem) in try searchAlone(program) }
  }

  private func searchAlone(_ program: LinearProgram) throws(Problem) -> Solution? {
    if !program.variables.contains(where: \.isInteger) {
      return try LinearSolver().solve(program).map {
        Solution(values: $0.values, cost: $0.cost, bound: $0.cost, nodes: 0, isProven: true)
      }
    }
    guard let model = Cbc_newModel() else { preconditionFailure("Cbc has no memory") }
    defer { Cbc_deleteModel(model) }
    let (starts, rows, values) = program.columns
    Cbc_loadProblem(
      model, Int32(program.variables.count), Int32(program.rows.count), starts, rows, values,
      program.variables.map(\.lower), program.variables.map(\.upper),
      program.variables.map(\.cost), program.rows.map(\.lower), program.rows.map(\.upper))
    for (place, variable) in program.variables.enumerated() where variable.isInteger {
      Cbc_setInteger(model, Int32(place))
    }
    Cbc_setLogLevel(model, 0)
    for (name, value) in [
      ("log", "0"), ("threads", "0"), ("ratioGap", "\(gap)"), ("maxNodes", "\(nodes)"),
      ("randomCbcSeed", "20260129"), ("randomSeed", "20260129"),
    ] {
      Cbc_setParameter(model, name, value)
    }
    Cbc_solve(model)
    if Cbc_isContinuousUnbounded(model) != 0 { throw .unbounded }
    let isProven = Cbc_isProvenOptimal(model) != 0
    guard let best = Cbc_bestSolution(model) else {
      if Cbc_isProvenInfeasible(model) != 0 || isProven
        || Cbc_isInitialSolveProvenPrimalInfeasible(model) != 0
      {
        return nil
      }
      throw .nothingFound(nodes: Int(Cbc_getNodeCount(model)))
    }
    var found = Array(UnsafeBufferPointer(start: best, count: program.variables.count))
    for (place, variable) in program.variables.enumerated() where variable.isInteger {
      found[place].round()
    }
    return Solution(
      values: found, cost: program.cost(found), bound: Cbc_getBestPossibleObjValue(model),
      nodes: Int(Cbc_getNodeCount(model)), isProven: isProven)
  }
}
