import Scenario
import Tables

/// The finished cells of a sweep in one output folder.
public struct SweepFolder: Sendable {
  /// The output folder, as given.
  public let path: String
  let cells: CellFolder

  /// The folder of an output; nothing is created or read.
  public init(_ path: String) {
    self.path = path
    cells = CellFolder(of: path)
  }

  /// What is known of a cell's file.
  public enum State: Sendable {
    /// There is none.
    case missing
    /// It was cut off or changed.
    case halfWritten
    /// It is whole.
    case finished(CellTable)
  }

  /// What is known of a cell. Throws where its file cannot be read or is another's.
  public func state(_ cell: SweepCell) throws(SweepError) -> State {
    do {
      return try cells.cell(cell.identity).map { .finished($0) } ?? .missing
    } catch {
      if error.kind == .incomplete || error.kind == .malformed || error.kind == .header {
        return .halfWritten
      }
      throw .table(error)
    }
  }

  /// Whether a cell is there, whole. Throws where its file cannot be read or is another's.
  public func holds(_ cell: SweepCell) throws(SweepError) -> Bool {
    if case .finished = try state(cell) { return true }
    return false
  }

  /// Identities of cells that are not of a sweep. Throws where the folder cannot be read.
  public func foreign(to sweep: Sweep) throws(SweepError) -> [String] {
    let own = Set(sweep.cells.map(\.identity))
    do {
      return try cells.identities().filter { !own.contains($0) }
    } catch {
      throw .table(error)
    }
  }

  /// Throws where the folder holds cells of another plan, scenario or version, and says which.
  public func refuseForeign(to sweep: Sweep) throws(SweepError) {
    let files = try foreign(to: sweep)
    guard let first = files.first else { return }
    throw .foreign(folder: path, files: files.count, reason: reason(first, sweep))
  }

  /// Removes cells that are not of a sweep; returns how many.
  public func prune(to sweep: Sweep) throws(SweepError) -> Int {
    let files = try foreign(to: sweep)
    do {
      for identity in files { try cells.remove(identity) }
    } catch {
      throw .table(error)
    }
    return files.count
  }

  /// In what a cell differs from those of a sweep, the coarsest difference first.
  private func reason(_ identity: String, _ sweep: Sweep) -> String {
    let shown = "\(identity.prefix(12))….csv"
    guard let cell = try? cells.cell(identity), let wanted = sweep.cells.first?.inputs else {
      return "\(shown) cannot be read as a cell"
    }
    func inputs(_ kind: String, _ all: [CellTable.Input]) -> [CellTable.Input] {
      all.filter { $0.kind == kind }
    }
    let program = inputs("program", cell.inputs)
    if program != inputs("program", wanted) {
      return "\(shown) was made by version \(program.first?.value ?? "?"), this is "
        + sweep.source.toolVersion
    }
    if inputs("format", cell.inputs) != inputs("format", wanted) {
      return "\(shown) has another format"
    }
    if inputs("scenario", cell.inputs) != inputs("scenario", wanted) {
      return
        "\(shown) was made from another scenario, or '\(sweep.plan.scenarioPath)' has been changed"
    }
    let known = Set(sweep.cells.flatMap { inputs("file", $0.inputs) })
    if let file = inputs("file", cell.inputs).first(where: { !known.contains($0) }) {
      return "\(shown) was made from another '\(file.name)'"
    }
    let overrides = inputs("override", cell.inputs).map { "\($0.name)=\($0.value)" }
    let seed = inputs("seed", cell.inputs).first.map { ["seed \($0.value)"] } ?? []
    return "\(shown) is " + (overrides + seed).joined(separator: ", ")
  }
}
