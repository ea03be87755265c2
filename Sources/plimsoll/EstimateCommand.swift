import ArgumentParser
import Estimate
import Foundation
import Money
import Multicloud
import Report
import Runner
import Scenario
import SimulationKernel
import Tables

struct EstimateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "estimate",
    abstract:
      "Estimate a scenario over its whole contract in seconds, without simulating a request.",
    discussion: """
      Rates, times, quotas, money and commitments from matrices, for every bin of the horizon. Figures are \
      expectations, marked as estimates; --verify simulates windows and says how far they are off.

      Examples:
        plimsoll estimate scenarios/flagship.yaml                    to the end of its commitments
        plimsoll estimate my.yaml --horizon 3y --bin 1m
        plimsoll estimate my.yaml --verify 4 --seeds 3               peak, trough, month end, incidents
        plimsoll estimate my.yaml --placements placements.csv        thousands of placements at once
        plimsoll estimate my.yaml --vary azure/eastus2/h100-chat=2..12
      """)

  @Argument(help: "Scenario file.", completion: .file(extensions: ["yaml", "yml"]))
  var scenario: String

  @OptionGroup var options: ScenarioOptions

  @Option(
    help: ArgumentHelp(
      "How long, such as 90d or 3y; default to the end of the last commitment, else the scenario's.",
      valueName: "time"))
  var horizon: TimeSpan?

  @Flag(help: "The scenario's own horizon, whatever its commitments.")
  var own = false

  @Option(
    help: ArgumentHelp(
      "Length of a bin; default a minute, an hour for more than a week.", valueName: "time"))
  var bin: TimeSpan?

  @Option(
    help: ArgumentHelp("Directory for the tables; default none.", valueName: "directory"))
  var out: String?

  @Option(help: ArgumentHelp("Simulate this many windows and compare.", valueName: "windows"))
  var verify: Int = 0

  @Option(help: "Seeds each window is simulated with.")
  var seeds: Int = 1

  @Flag(help: "Exit with code 1 if a verified figure is outside its band.")
  var strict = false

  @Option(
    help: ArgumentHelp(
      "CSV file of placements: a column for each deployment that varies, a row for each placement.",
      valueName: "file"))
  var placements: String?

  @Option(
    help: ArgumentHelp(
      "Replicas of a pool or units of an endpoint from a to b; several make every combination.",
      valueName: "deployment=a..b"))
  var vary: [String] = []

  @Option(help: "How to print the figures: table, json or csv.")
  var format: OutputFormat = .table

  func validate() throws {
    if verify < 0 { throw ValidationError("--verify is 0 or more") }
    if !(1...1000 ~= seeds) { throw ValidationError("--seeds is from 1 to 1000") }
    if own, horizon != nil { throw ValidationError("give --own or --horizon, not both") }
    if placements != nil, !vary.isEmpty {
      throw ValidationError("give --placements or --vary, not both")
    }
  }

  func run() throws {
    let options = try options.withIncidentOverrides(scenario)
    let (loaded, file) = try options.load(scenario)
    let world = loaded.world
    try world.requireWholePools(scenario, "estimate")
    if placements != nil || !vary.isEmpty {
      try PlacementTable(world, out: out, scenario: file, options: options).run(
        file: placements, ranges: vary, horizon: horizon?.duration ?? .seconds(7 * 86_400),
        bin: bin?.duration ?? .seconds(3600))
      return
    }
    var estimate = EstimateRun(world)
    estimate.horizon =
      horizon?.duration ?? (own ? nil : world.contractHorizon) ?? world.horizon
    let isLong = estimate.horizon > .seconds(7 * 86_400)
    estimate.binWidth = bin?.duration ?? .seconds(isLong ? 3600 : 60)
    if estimate.horizon != world.horizon { estimate.warmup = .zero }
    // A row of the table is an hour at least where minutes would be too many rows.
    if isLong, estimate.binWidth > .zero {
      estimate.binsPerRow = max(1, Int(3600 / max(1, estimate.binWidth.seconds)))
    }
    if isLong { estimate.mostLevels = 64 }
    if let problem = estimate.problem { throw Failure.input("\(scenario): error: \(problem)") }
    let outcome: EstimateRun.Outcome
    do {
      outcome = try estimate.run()
    } catch let problem as TrafficEquations.Problem {
      throw Failure.input("\(scenario): error: \(problem)")
    }
    var results: [Verification.Result] = []
    if verify > 0 {
      results = try Verification(
        world, horizon: estimate.horizon, windows: verify, seeds: seeds, longest: .seconds(86_400)
      ).run { _, window in
        standardError("plimsoll: simulating \(window.reason), \(Quantity.counted(seeds, "seed"))")
      }
    }
    // The table says it itself.
    if format != .table, let note = world.elasticNote { standardError("plimsoll: \(note)") }
    try write(world, outcome, results, estimate.horizon, file, loaded)
    if strict, results.contains(where: { !$0.comparison.outside.isEmpty }) { throw ExitCode(1) }
  }

  private func write(
    _ world: World, _ outcome: EstimateRun.Outcome, _ results: [Verification.Result],
    _ horizon: Duration, _ file: Manifest.Input, _ loaded: LoadedScenario
  ) throws {
    let tables = EstimateTables(world, outcome, horizon: horizon)
    if let out {
      do {
        let directory = try RunDirectory(out)
        let finished = try tables.write(into: directory, verification: results)
        let manifest = Manifest(
          toolVersion: Version.current, scenario: file,
          inputs: loaded.inputs.map { Manifest.Input(name: $0.name, contents: $0.contents) },
          seed: world.seed, overrides: options.allOverrides,
          startedUnixSeconds: Int64(Date().timeIntervalSince1970),
          wall: Duration(seconds: outcome.wallSeconds), simulated: .zero, requests: 0, events: 0,
          fingerprint: 0)
        try directory.complete(manifest, tables: finished)
      } catch {
        throw Failure(error)
      }
    }
    switch format {
    case .table:
      let summary = EstimateSummary(
        world, outcome, horizon: horizon, verification: results, layout: Terminal.output)
      standardOutput(summary.lines.joined(separator: "\n"))
      if let out { standardOutput("\n  tables: \(out)/") }
    case .json: standardOutput(SummaryText.json(tables.summary))
    case .csv: standardOutput(SummaryText.csv(tables.summary))
    }
  }
}

extension World {
  /// Until the last commitment ends; `nil` where there is none.
  var contractHorizon: Duration? {
    guard let contracts = billing?.contracts else { return nil }
    let ends = contracts.commitments.map { commitment in
      BillingTime(
        commitment.ends.adding(days: 1),
        offsetMinutes: contracts.accounts[commitment.account].offsetMinutes
      ).seconds - contracts.starts.seconds
    }
    return ends.max().flatMap { $0 > 0 ? .seconds($0) : nil }
  }
}
