import Multicloud
import Scenario
import SimulationKernel
import Tables

/// Why a sweep could not be made, run or merged.
public enum SweepError: Error, CustomStringConvertible {
  /// A combination of values that makes no world.
  public struct BadCombination: Sendable {
    /// How a person tells it from the others.
    public var name: String
    /// What is wrong with it.
    public var error: ScenarioError
  }

  /// Combinations that make no world.
  case badCombinations([BadCombination])
  /// A cell that cannot be simulated.
  case badCell(String, String)
  /// A cell whose run broke a law of the simulator.
  case broken(cell: String, InvariantViolation)
  /// Cells that are not the plan's.
  case foreign(folder: String, files: Int, reason: String)
  /// The same cell in two folders, with other bytes.
  case conflict(String, String, cell: String)
  /// Cells that are not there.
  case missing(count: Int, of: Int, halfWritten: Int, names: [String])
  /// A figure that no cell has.
  case unknownFigure(String, hint: String)
  /// A shard that does not exist, or cannot be told.
  case shard(String)
  /// A file that cannot be read or written.
  case table(TableError)
  /// Stopped on request.
  case interrupted
  /// Something inside is broken.
  case failed(String)

  /// What happened and what to do.
  public var description: String {
    switch self {
    case .badCombinations(let all):
      let shown = all.prefix(3).map { bad in
        (bad.name.isEmpty ? "" : "with \(bad.name):\n") + bad.error.description
      }
      let more = all.count > 3 ? ["and \(all.count - 3) combinations more"] : []
      return (shown + more).joined(separator: "\n")
    case .badCell(let name, let problem): return "error: cell \(name): \(problem)"
    case .broken(let name, let violation): return "cell \(name): \(violation)"
    case .foreign(let folder, let files, let reason):
      let cells = files == 1 ? "a cell that is" : "\(files) cells that are"
      return "error: \(folder): holds \(cells) not of this plan: \(reason); "
        + "name another folder, or remove them with `plimsoll sweep PLAN --prune`"
    case .conflict(let a, let b, let cell):
      return
        "error: \(a) and \(b) hold the same cell (\(cell)) with other bytes: one of them was made "
        + "by another build or has been changed; remove the wrong one and run the sweep again"
    case .missing(let count, let total, let halfWritten, let names):
      let broken = halfWritten == 0 ? "" : " (\(halfWritten) half-written)"
      let more = count > names.count ? ", …" : ""
      return "error: \(count) of \(total) cells are missing\(broken): "
        + names.joined(separator: "; ") + more
        + "; run the sweep again, which does only these, or merge what there is with --partial"
    case .unknownFigure(let name, let hint): return "error: no cell has a figure '\(name)'\(hint)"
    case .shard(let problem): return "error: \(Excerpt.message(problem))"
    case .table(let error): return "error: \(error)"
    case .interrupted: return "interrupted"
    case .failed(let problem): return "error: \(problem)"
    }
  }
}
