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

  private func deployment(_ name: String, at place: String) throws -> Int {
    guard let d = world.deploymentNames.firstIndex(of: name) else {
      throw Failure.input(
        "\(place): error: no deployment '\(name)'; there are "
          + world.deploymentNames.joined(separator: ", "))
    }
    guard d < world.pools.count || world.endpoints[d - world.pools.count].units > 0 else {
      throw Failure.input(
        "\(place): error: '\(name)' has neither replicas nor provisioned units to vary")
    }
    return d
  }

  private static let mostReplicas = 1_000_000

  private func addVaried(_ d: Int, to varied: inout [Int], at place: String) throws {
    guard !varied.contains(d) else {
      throw Failure.input(
        "\(place): error: '\(world.deploymentName(d))' is given twice; expected each once")
    }
    varied.append(d)
  }

  private func set(_ d: Int, _ count: Int, _ placement: inout Placement) {
    if d < world.pools.count {
      placement.replicas[d] = count
    } else {
      placement.units[d - world.pools.count] = count
    }
  }

  private func combinations(_ ranges: [String]) throws -> ([Int], [Placement]) {
    var placements = [Placement(world)]
    var varied: [Int] = []
    for entry in ranges {
      let parts = entry.split(separator: "=", omittingEmptySubsequences: false)
      let ends = parts.count == 2 ? parts[1].split(separator: ".").compactMap { Int($0) } : []
      guard ends.count == 2, ends[0] >= 0, ends[0] <= ends[1], parts[1].contains("..") else {
        throw Failure.input("error: --vary \(entry): expected deployment=a..b, such as a/b/c=2..12")
      }
      guard ends[1] <= Self.mostReplicas else {
        throw Failure.input("error: --vary \(entry): expected counts from 0 to 1,000,000")
      }
      let d = try deployment(String(parts[0]), at: "--vary")
      try addVaried(d, to: &varied, at: "--vary")
      let total = placements.count.multipliedReportingOverflow(by: ends[1] - ends[0] + 1)
      guard !total.overflow, total.partialValue <= PlacementScreen.mostPlacements else {
        let problem = PlacementScreen.Problem.tooMany(
          count: total.overflow ? .max : total.partialValue, most: PlacementScreen.mostPlacements)
        throw Failure.input("error: \(problem)")
      }
      placements = placements.flatMap { placement in
        (ends[0]...ends[1]).map { count in
          var next = placement
          set(d, count, &next)
          return next
        }
      }
    }
    return (varied, placements)
  }

  private func read(_ path: String) throws -> ([Int], [Placement]) {
    let bytes: [UInt8]
    do {
      bytes = try RowFile.contents(of: path)
    } catch {
      throw Failure.input("error: \(error)")
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    guard let header = lines.first else {
      throw Failure.input("\(path): error: the file is empty; expected a header of deployments")
    }
    var varied: [Int] = []
    for name in header.split(separator: ",", omittingEmptySubsequences: false) {
      let d = try deployment(name.trimmingCharacters(in: .whitespaces), at: "\(path):1")
      try addVaried(d, to: &varied, at: "\(path):1")
    }
    guard lines.count > 1 else {
      throw Failure.input("\(path): error: no placements below the header; expected one a line")
    }
    guard lines.count - 1 <= PlacementScreen.mostPlacements else {
      let problem = PlacementScreen.Problem.tooMany(
        count: lines.count - 1, most: PlacementScreen.mostPlacements)
      throw Failure.input("\(path): error: \(problem)")
    }
    var placements: [Placement] = []
    for (number, line) in lines.dropFirst().enumerated() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard fields.count == varied.count else {
        throw Failure.input(
          "\(path):\(number + 2): error: \(fields.count) fields, expected \(varied.count)")
      }
      var placement = Placement(world)
      for (d, field) in zip(varied, fields) {
        guard let count = Int(field.trimmingCharacters(in: .whitespaces)),
          0...Self.mostReplicas ~= count
        else {
          throw Failure.input(
            "\(path):\(number + 2): error: '\(field)' for \(world.deploymentName(d)), expected a "
              + "count from 0 to 1,000,000")
        }
        set(d, count, &placement)
      }
      placements.append(placement)
    }
    return (varied, placements)
  }
}
