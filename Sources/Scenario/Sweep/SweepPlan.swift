/// What a sweep varies: combinations of overrides, each with several seeds.
///
/// It is written in a plan file that names a scenario, or under the `axes` of a scenario itself.
public struct SweepPlan: Sendable {
  /// More cells than this are refused: they would take a file each.
  public static let mostCells = 100_000

  /// The seeds of every combination.
  public enum Seeds: Hashable, Sendable {
    /// So many, from the scenario's own on.
    case count(Int)
    /// These.
    case list([UInt64])

    /// How many there are.
    public var count: Int {
      switch self {
      case .count(let count): count
      case .list(let seeds): seeds.count
      }
    }
  }

  /// The plan's file, as given.
  public var path: String
  /// The scenario's file: as given where it is the plan, else beside the plan.
  public var scenarioPath: String
  /// The scenario's text.
  public var scenarioText: String
  /// The places that vary, paths as in `--set`: the columns of the results.
  public var columns: [String]
  /// What stands in each column, `nil` where a combination leaves the scenario's own; in the order
  /// of the plan, the last axis fastest.
  public var combinations: [[String?]]
  /// Seeds of every combination.
  public var seeds: Seeds
  /// Metrics to keep in the results; empty for all.
  public var figures: [String]

  /// Cells: combinations × seeds.
  public var cellCount: Int { combinations.count * seeds.count }

  /// The overrides of a combination, as for `--set`, in the order of the columns.
  public func overrides(_ combination: Int) -> [String] {
    zip(columns, combinations[combination]).compactMap { column, value in
      value.map { "\(column)=\($0)" }
    }
  }

  /// Reads a plan, or a scenario that holds its axes itself, and holds every value against the
  /// scenario.
  ///
  /// - Parameters:
  ///   - text: Text of the file.
  ///   - path: The file, for messages and for the way to the scenario.
  ///   - overrides: `path=value`, put into the scenario before anything is varied.
  ///   - seedCount: Seeds of every combination, in place of what the file says.
  ///   - read: The text of a file that the plan names.
  /// - Throws: ``ScenarioError`` with every problem, about the plan or about the scenario; and what
  ///   `read` throws.
  public init(
    text: String, path: String, overrides: [String] = [], seedCount: Int? = nil,
    reading read: (String) throws -> String
  ) throws {
    self.path = path
    let diagnostics = Diagnostics()
    func check() throws {
      if !diagnostics.isEmpty {
        throw ScenarioError(path: path, text: text, diagnostics: diagnostics.all)
      }
    }
    let reader: SweepPlanReader
    if SweepPlanReader.isScenario(text) {
      scenarioPath = path
      scenarioText = text
      let document = try ScenarioDocument(text: text, path: path, overrides: overrides)
      reader = SweepPlanReader(axes: document.axes, diagnostics: diagnostics)
      seeds = .count(seedCount ?? 1)
      figures = []
    } else {
      let item = try SweepPlanReader.item(text, diagnostics: diagnostics)
      try check()
      guard let item else { preconditionFailure("a plan without problems has been read") }
      scenarioPath = SweepPlanReader.beside(path, item.required("scenario").text)
      scenarioText = try read(scenarioPath)
      let document = try ScenarioDocument(
        text: scenarioText, path: scenarioPath, overrides: overrides)
      let node = try ScenarioDocument.node(
        text: scenarioText, path: scenarioPath, overrides: overrides)
      reader = SweepPlanReader(
        plan: item, scenario: document, node: node, diagnostics: diagnostics)
      seeds = seedCount.map { .count($0) } ?? reader.seeds(item.required("seeds"))
      figures = item["figures"]?.oneOrMore.map(\.text) ?? []
    }
    try check()
    (columns, combinations) = reader.combinations(seeds: seeds.count)
    for override in overrides {
      let set = override.prefix { $0 != "=" }
      for column in columns where set == column || set.hasPrefix(column + ".") {
        diagnostics.report(
          .commandLine, "--set \(override): the sweep varies '\(column)', which would replace it")
      }
    }
    if columns.isEmpty, seeds.count == 1 {
      diagnostics.report(
        Mark(line: 1, column: 1),
        "nothing varies: give axes, cells or seeds, such as `seeds: 10`")
    }
    try check()
  }
}
