import Estimate
import Foundation
import Multicloud
import Report
import Runner
import SimulationKernel
import Tables

/// Thousands of placements from a file or from ranges, screened and written as a table.
struct PlacementTable {
  private let world: World
  private let out: String?
  private let scenario: Manifest.Input
  private let options: ScenarioOptions

  init(_ world: World, out: String?, scenario: Manifest.Input, options: ScenarioOptions) {
    self.world = world
    self.out = out
    self.scenario = scenario
    self.options = options
  }

  func run(file: String?, ranges: [String], horizon: Duration, bin: Duration) throws {
    if let problem = world.estimateProblem { throw Failure.input("error: \(problem)") }
    let (varied, placements) = try file.map(read) ?? combinations(ranges)
    let results: [PlacementScreen.Result]
    let clock = ContinuousClock()
    let begin = clock.now
    do {
      let growth = DemandGrowth(world)
      guard horizon > .zero, bin > .zero else { throw PlacementScreen.Problem.emptyHorizon }
      let grid = DemandGrid(world, binWidth: bin, horizon: horizon) { growth.factor($0, at: $1) }
      results = try PlacementScreen(world, grid).run(placements).results
    } catch let problem as PlacementScreen.Problem {
      throw Failure.input("error: \(problem)")
    }
    let wall = clock.now - begin
    let seconds = Double(wall.components.seconds) + Double(wall.components.attoseconds) / 1e18
    try write(varied, placements, results, seconds)
    show(varied, placements, results, seconds)
  }

  private func names(_ varied: [Int], _ placement: Placement) -> String {
    varied.map { "\(world.deploymentName($0))=\(count(of: $0, placement))" }
      .joined(separator: " ")
  }

  private func show(
    _ varied: [Int], _ placements: [Placement], _ results: [PlacementScreen.Result],
    _ seconds: Double
  ) {
    let order = results.indices.sorted {
      let (a, b) = (results[$0], results[$1])
      let (x, y) = ((a.goodShare * 1000).rounded(.down), (b.goodShare * 1000).rounded(.down))
      return x != y ? x > y : (a.dollarsPerHour, $0) < (b.dollarsPerHour, $1)
    }
    // A letter stands for each deployment that varies: their names would not fit beside each other.
    let layout = Terminal.output
    let letters = varied.indices.map(Self.letters)
    var table = TextTable(
      [
        .number("placement"), .number("USD/h"), .number("within SLO"), .number("mean load"),
        .number("peak"),
      ] + letters.map { .number($0) })
    for place in order.prefix(10) {
      let result = results[place]
      table.add(
        [
          "\(place + 1)", Quantity.fixed(result.dollarsPerHour, 2),
          Quantity.percent(result.goodShare),
          Quantity.percent(result.meanUtilisation), Quantity.percent(result.peakLoad),
        ] + varied.map { "\(count(of: $0, placements[place]))" })
    }
    standardOutput("ESTIMATE of \(placements.count) placements in \(Quantity.fixed(seconds, 2)) s")
    if let note = world.elasticNote {
      standardOutput(
        layout.labelled("!", .warning, column: 2, note).joined(separator: "\n"))
    }
    let legend = zip(letters, varied).map { "\($0) = \(world.deploymentName($1))" }
    standardOutput(
      (table.laidOut(width: layout.width)
        + layout.wrapped(legend.joined(separator: ", "))).joined(separator: "\n"))
  }

  /// `a` to `z`, `aa`, `ab`, …
  private static func letters(_ place: Int) -> String {
    let last = String(UnicodeScalar(UInt8(ascii: "a") + UInt8(place % 26)))
    return place < 26 ? last : letters(place / 26 - 1) + last
  }

  private func count(of d: Int, _ placement: Placement) -> Int {
    d < world.pools.count ? placement.replicas[d] : placement.units[d - world.pools.count]
  }

  private func write(
    _ varied: [Int], _ placements: [Placement], _ results: [PlacementScreen.Result],
    _ seconds: Double
  ) throws {
    guard let out else { return }
    do {
      let directory = try RunDirectory(out)
      var table: TextTableFile<PlacementEstimateRow> = try directory.table(
        of: PlacementEstimateRow.self)
      for (place, result) in results.enumerated() {
        try table.append(
          PlacementEstimateRow(
            placement: place + 1, capacity: names(varied, placements[place]),
            dollarsPerHour: result.dollarsPerHour, meanUtilisation: result.meanUtilisation,
            peakLoad: result.peakLoad, goodShare: result.goodShare,
            overloadShare: result.overloadShare, kilowatts: result.kilowatts))
      }
      let finished = [try table.finish()]
      let manifest = Manifest(
        toolVersion: Version.current, scenario: scenario, seed: world.seed,
        overrides: options.allOverrides, startedUnixSeconds: Int64(Date().timeIntervalSince1970),
        wall: Duration(seconds: seconds), simulated: .zero, requests: 0, events: 0, fingerprint: 0)
      try directory.complete(manifest, tables: finished)
    } catch {
      throw Failure(error)
    }
  }

  // MARK: Reading

  /// Every combination of the ranges of `--vary`.
  private func combinations(_ ranges: [String]) throws -> ([Int], [Placement]) {
    try list { () throws(PlacementList.Problem) in try PlacementList(ranges: ranges, world: world) }
  }

  /// Reads placements from a table: the first line names deployments, every other has a count for each.
  private func read(_ path: String) throws -> ([Int], [Placement]) {
    let bytes: [UInt8]
    do {
      bytes = try RowFile.contents(of: path)
    } catch {
      throw Failure.input("error: \(error)")
    }
    return try list { () throws(PlacementList.Problem) in
      try PlacementList(table: bytes, path: path, world: world)
    }
  }

  private func list(
    _ make: () throws(PlacementList.Problem) -> PlacementList
  ) throws -> ([Int], [Placement]) {
    do {
      let list = try make()
      return (list.varied, list.placements)
    } catch {
      throw Failure.input(error.description)
    }
  }
}
