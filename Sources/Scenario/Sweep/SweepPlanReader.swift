import Yams

/// Takes a plan apart and says what is wrong with it.
struct SweepPlanReader {
  private var axes: [SweepAxis] = []
  private var cells: [Cell] = []
  private let diagnostics: Diagnostics

  /// A cell that was written out.
  private struct Cell {
    var mark: Mark
    var overrides: [(path: String, value: String, mark: Mark)]
  }

  /// What a scenario varies itself; its axes are checked with it.
  init(axes: [SweepAxis], diagnostics: Diagnostics) {
    self.axes = axes
    self.diagnostics = diagnostics
  }

  /// What a plan varies, or what its scenario does where it says nothing.
  ///
  /// - Parameters:
  ///   - scenario: The scenario, overrides of the command line applied.
  ///   - node: The same as YAML.
  init(plan: Item, scenario: ScenarioDocument, node: Node, diagnostics: Diagnostics) {
    self.diagnostics = diagnostics
    let check = SweepCheck(scenario: node, diagnostics: diagnostics)
    if let written = plan["axes"] {
      axes = written.entries.map { SweepAxis($0) }
      check.check(axes)
    }
    if let written = plan["cells"] {
      if plan["axes"] != nil {
        diagnostics.report(written.mark, "give axes or cells, not both")
      }
      readCells(written, check)
    }
    if plan["axes"] == nil, plan["cells"] == nil { axes = scenario.axes }
  }

  private mutating func readCells(_ list: Item, _ check: SweepCheck) {
    if list.items.isEmpty { diagnostics.report(list.mark, "cells is empty; give at least one") }
    var known: [[String]: Int] = [:]
    for (index, item) in list.items.enumerated() {
      let overrides = item.entries.map {
        (path: $0.key, value: $0.item.text, mark: $0.item.mark)
      }
      var isGood = true
      for (place, override) in overrides.enumerated() {
        let earlier = overrides[..<place].map(\.path)
        isGood = check.checkPath(override.path, after: earlier, at: override.mark) && isGood
      }
      let key = overrides.map { "\($0.path)=\($0.value)" }.sorted()
      if let first = known[key] {
        // What is wrong with both is said of the first; a check goes through the whole scenario.
        diagnostics.report(item.mark, "cell \(index + 1) is the same as cell \(first + 1)")
      } else {
        known[key] = index
        if isGood { check.check(overrides) }
      }
      cells.append(Cell(mark: item.mark, overrides: overrides))
    }
  }

  /// The seeds that a plan asks for.
  func seeds(_ item: Item) -> SweepPlan.Seeds {
    guard case .list(let items) = item.content else {
      guard 1...UInt64(SweepPlan.mostCells) ~= item.seed else {
        diagnostics.report(
          item.mark,
          "\(item.seed) seeds: expected a number from 1 to \(SweepPlan.mostCells), "
            + "or a list of seeds in brackets")
        return .count(1)
      }
      return .count(Int(item.seed))
    }
    let seeds = items.map(\.seed)
    var known: Set<UInt64> = []
    for item in items where !known.insert(item.seed).inserted {
      diagnostics.report(item.mark, "seed \(item.seed) stands in the list twice")
    }
    return .list(seeds)
  }

  /// Columns and combinations, the last axis fastest. Reports too many cells and makes none then.
  func combinations(seeds: Int) -> (columns: [String], combinations: [[String?]]) {
    var total = seeds
    for axis in axes {
      let (product, overflows) = total.multipliedReportingOverflow(by: axis.values.count)
      total = overflows ? Int.max : product
    }
    if !cells.isEmpty { total = seeds * cells.count }
    guard total <= SweepPlan.mostCells else {
      diagnostics.report(
        axes.first?.mark ?? Mark(line: 1, column: 1),
        "\(total == Int.max ? "far too many" : "\(total)") cells with \(seeds) seeds each, at most "
          + "\(SweepPlan.mostCells) are allowed; take fewer values, or several plans")
      return ([], [])
    }
    if cells.isEmpty {
      var rows: [[String?]] = [[]]
      for axis in axes {
        rows = rows.flatMap { row in axis.values.map { row + [$0] } }
      }
      return (axes.map(\.path), rows)
    }
    var columns: [String] = []
    var places: [String: Int] = [:]
    for override in cells.flatMap(\.overrides) where places[override.path] == nil {
      places[override.path] = columns.count
      columns.append(override.path)
    }
    let rows = cells.map { cell in
      var row = [String?](repeating: nil, count: columns.count)
      for override in cell.overrides { row[places[override.path]!] = override.value }
      return row
    }
    return (columns, rows)
  }

  // MARK: Files

  /// The checked plan; `nil` where there were problems, which are reported.
  static func item(_ text: String, diagnostics: Diagnostics) throws -> Item? {
    let node: Node
    do {
      node = try YAMLText.document(text)
    } catch {
      diagnostics.report(error.mark, error.message)
      return nil
    }
    guard node.mapping != nil else {
      diagnostics.report(Mark(node), "expected keys and values, found a \(node.noun)")
      return nil
    }
    return ShapeReader(diagnostics: diagnostics).read(node, as: SweepShape.root, path: "")
  }

  /// Whether a text is a scenario and not a plan: it says which version of the format it has.
  static func isScenario(_ text: String) -> Bool {
    guard let mapping = (try? YAMLText.document(text))?.mapping else { return false }
    return mapping.contains { $0.key.scalar?.string == "plimsoll" }
  }

  /// A path that a file names, from where the program stands.
  static func beside(_ path: String, _ name: String) -> String {
    guard !name.hasPrefix("/"), let slash = path.lastIndex(of: "/") else { return name }
    return path[...slash] + name
  }
}
