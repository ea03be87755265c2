import Catalog
import Multicloud
import Runner
import Scenario
import SimulationKernel
import Tables

/// A plan with everything it needs: its cells, each known by the hash of what it is made from.
public struct Sweep: Sendable {
  /// What cells are made from besides their plan.
  public struct Source: Sendable {
    /// Facts about accelerators, models, clouds.
    public var catalog: Catalog
    /// Folder of recorded traces; `nil` takes the bundled profiles.
    public var dataDirectory: String?
    /// `--set` overrides, put into the scenario before anything is varied.
    public var overrides: [String]
    /// Seed in place of the scenario's own.
    public var seed: UInt64?
    /// Version of the program.
    public var toolVersion: String

    /// Creates a source.
    public init(
      catalog: Catalog, dataDirectory: String?, overrides: [String], seed: UInt64?,
      toolVersion: String
    ) {
      self.catalog = catalog
      self.dataDirectory = dataDirectory
      self.overrides = overrides
      self.seed = seed
      self.toolVersion = toolVersion
    }
  }

  /// What is varied.
  public let plan: SweepPlan
  /// What the cells are made from.
  public let source: Source
  /// Cells in the order of the results: combinations as in the plan, seeds fastest.
  public let cells: [SweepCell]
  /// SHA-256 of the scenario file.
  public let scenarioHash: String

  /// Builds the world of every combination once, so that what is wrong with the last of them is found
  /// before the first runs, and works out every cell's identity. O(cells + combinations × a world).
  ///
  /// - Throws: ``SweepError`` with the first few combinations that make no world, or `interrupted`.
  public init(
    _ plan: SweepPlan, _ source: Source, pool: WorkPool,
    shouldContinue: @Sendable () -> Bool = { true }
  ) throws(SweepError) {
    self.plan = plan
    self.source = source
    let scenarioHash = SHA256.hexDigest(of: plan.scenarioText.utf8)
    self.scenarioHash = scenarioHash
    let catalogBytes = source.catalog.contents
    let catalogInput = CellTable.Input(
      kind: "file", name: "catalog", value: SHA256.hexDigest(of: catalogBytes))
    let results: [Result<Combination, ScenarioError>?]
    do {
      results = try pool.map(plan.combinations.count, shouldContinue: shouldContinue) { index in
        Result { () throws(ScenarioError) in
          let scenario = try Self.load(plan, source, combination: index)
          let files = scenario.inputs.filter { $0.name != "catalog" }.map {
            CellTable.Input(kind: "file", name: $0.name, value: SHA256.hexDigest(of: $0.contents))
          }
          return Combination(seed: source.seed ?? scenario.world.seed, files: files)
        }
      }
    } catch {
      throw .failed("\(error)")
    }
    var problems: [SweepError.BadCombination] = []
    var cells: [SweepCell] = []
    cells.reserveCapacity(plan.cellCount)
    for (index, result) in results.enumerated() {
      switch result {
      case nil: throw .interrupted
      case .failure(let error)?:
        problems.append(
          SweepError.BadCombination(
            name: SweepCell.name(plan, combination: index), error: error))
      case .success(let combination)?:
        var inputs = [
          CellTable.Input(kind: "program", name: "plimsoll", value: source.toolVersion),
          CellTable.Input(kind: "format", value: String(CellTable.formatVersion)),
          CellTable.Input(kind: "scenario", value: scenarioHash), catalogInput,
        ]
        inputs += combination.files
        for override in source.overrides + plan.overrides(index) {
          let parts = override.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
          inputs.append(
            CellTable.Input(kind: "override", name: String(parts[0]), value: String(parts[1])))
        }
        for seed in plan.seeds.values(from: combination.seed) {
          cells.append(
            SweepCell(
              index: cells.count, combination: index, seed: seed,
              inputs: inputs + [CellTable.Input(kind: "seed", value: String(seed))]))
        }
      }
    }
    guard problems.isEmpty else { throw .badCombinations(problems) }
    self.cells = cells
  }

  /// What a combination brings besides its overrides.
  private struct Combination: Sendable {
    var seed: UInt64
    var files: [CellTable.Input]
  }

  private static func load(
    _ plan: SweepPlan, _ source: Source, combination: Int
  ) throws(ScenarioError) -> LoadedScenario {
    let document = try ScenarioDocument(
      text: plan.scenarioText, path: plan.scenarioPath,
      overrides: source.overrides + plan.overrides(combination), checksAxes: false)
    return try document.world(catalog: source.catalog, dataDirectory: source.dataDirectory)
  }

  /// What stands in the results' columns of a cell.
  public func row(_ cell: SweepCell) -> SweepTable.Cell {
    SweepTable.Cell(
      identity: cell.identity, values: plan.combinations[cell.combination], seed: cell.seed)
  }

  /// How a person tells a cell from the others.
  public func name(_ cell: SweepCell) -> String {
    let values = SweepCell.name(plan, combination: cell.combination)
    return values.isEmpty ? "seed \(cell.seed)" : "\(values), seed \(cell.seed)"
  }

  /// Simulates a cell; `nil` where it was stopped before its end.
  ///
  /// - Parameter shouldContinue: Asked every 65,536 events.
  func run(_ cell: SweepCell, shouldContinue: () -> Bool) throws -> CellTable? {
    var world = try Self.load(plan, source, combination: cell.combination).world
    world.seed = cell.seed
    let run = ScenarioRun(
      world: world, scenario: Manifest.Input(name: plan.scenarioPath, contents: []), inputs: [],
      overrides: [], toolVersion: source.toolVersion, level: .none, sample: 1, outputPath: nil)
    let outcome = try run.run { _ in shouldContinue() }
    guard outcome.result.isComplete else { return nil }
    return CellTable(
      inputs: cell.inputs, fingerprint: outcome.result.fingerprint,
      figures: outcome.summary.map { CellTable.Row($0) })
  }
}

extension SweepPlan.Seeds {
  /// The seeds, from `first` on where only their number is given.
  func values(from first: UInt64) -> [UInt64] {
    switch self {
    case .count(let count): (0..<UInt64(count)).map { first &+ $0 }
    case .list(let seeds): seeds
    }
  }
}
