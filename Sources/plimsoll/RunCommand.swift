import ArgumentParser
import Catalog
import Experiment
import Foundation
import Multicloud
import Report
import Runner
import Scenario
import SimulationKernel
import Tables

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Simulate scenarios and write their tables.",
    discussion: """
      Results go to standard output, progress to standard error, tables to --out.

      Examples:
        plimsoll run scenarios/flagship.yaml --out out/flagship
        plimsoll run my.yaml --tables summary            no row per request
        plimsoll run my.yaml --sample 1/100              a row for one request in 100
        plimsoll run my.yaml --seed 7 --format json
        plimsoll run a.yaml b.yaml --out out             out/a and out/b
        plimsoll run my.yaml --gate                      exit 1 if a latency target or an assertion is missed, or nothing was measured
        plimsoll run my.yaml --replications 20           every figure with its 95 % interval
        plimsoll run my.yaml --precision "ttft_p95: 2%"  as many as it takes
        plimsoll run year.yaml --slices 365              a long run on all cores
        plimsoll run my.yaml --incident "azure/eastus2 down at 10m for 45m"
        plimsoll run my.yaml --drill                     what its incidents cost, by a second run without
        plimsoll run my.yaml --perfetto trace.json --perfetto-window 30m..31m
      """)

  @Argument(help: "Scenario files.", completion: .file(extensions: ["yaml", "yml"]))
  var scenarios: [String]

  @OptionGroup var options: ScenarioOptions

  @Option(
    help: ArgumentHelp(
      "Directory for the tables; default out/NAME of the scenario file.", valueName: "directory"))
  var out: String?

  @Option(
    help:
      "Tables to write: none, summary (no row per request), requests, audit (every decision and attempt) or full (every candidate too)."
  )
  var tables: TableLevel = .requests

  @Option(help: ArgumentHelp("Keep the rows of one request in N.", valueName: "1/N"))
  var sample: SampleRate = SampleRate(1)

  @Option(help: "How to print the summary: table, json or csv.")
  var format: OutputFormat = .table

  @Flag(help: "Print the scenario with every default filled in, and stop.")
  var printEffective = false

  @Flag(help: "Exit with code 1 if a latency target or an assertion is missed.")
  var gate = false

  @Flag(
    help:
      "Run again with the gateway choosing by price alone (cost-band) and say what the policy saved."
  )
  var regret = false

  @Flag(
    help:
      "Run again without incidents and failures and say what they cost; --incident does so by itself."
  )
  var drill = false

  @Flag(
    inversion: .prefixedNo,
    help: ArgumentHelp(
      "Carry the error of the engines' step times into latencies, by two more runs; by itself up to 500,000 requests."
    ))
  var band: Bool?

  @OptionGroup(title: "Replications, batches, slices") var study: StudyOptions

  @Option(
    help: ArgumentHelp(
      "Write a part of the run as a trace for ui.perfetto.dev: replicas, queues, endpoints, quotas.",
      valueName: "file"))
  var perfetto: String?

  @Option(
    help: ArgumentHelp(
      "Which part, such as 30m..31m; default the first five minutes.", valueName: "from..until"))
  var perfettoWindow: TimeRange?

  @Option(
    help: ArgumentHelp(
      "When the simulator checks its own laws: at the end, or after every-event (slow; names the event that breaks one).",
      valueName: "when"))
  var invariants: InvariantLevel = .end

  @Flag(name: .shortAndLong, help: "No progress.")
  var quiet = false

  func validate() throws {
    if scenarios.isEmpty { throw ValidationError("name at least one scenario file") }
    if perfetto != nil, scenarios.count > 1 {
      throw ValidationError("--perfetto traces one run: name one scenario file")
    }
    if study.kind != .single, regret || drill || perfetto != nil {
      throw ValidationError(
        "--regret, --drill and --perfetto look at one run: leave out replications, slices")
    }
    if study.kind != .single, invariants != .end {
      throw ValidationError(
        "--invariants \(invariants.rawValue) looks at one run: leave out replications, slices; --seed plays "
          + "one of them")
    }
    if gate, study.kind == .batches {
      throw ValidationError("--gate judges runs and replications, not batches")
    }
    if perfetto == nil, perfettoWindow != nil {
      throw ValidationError("--perfetto-window needs --perfetto, the file to write")
    }
  }

  func run() throws {
    if printEffective {
      for path in scenarios { standardOutput(try options.document(path).document.effectiveYAML) }
      return
    }
    // Every scenario is read before the first is run: a mistake in the last costs nothing.
    let resolved = try scenarios.map { try options.withIncidentOverrides($0) }
    let loaded = try zip(resolved, scenarios).map { try $0.load($1) }
    let texts = try zip(resolved, scenarios).map { try $0.document($1).document.effectiveYAML }
    let outputs = try outputPaths()
    try OutputPlace.refuse(
      [("--perfetto", perfetto)],
      over: zip(loaded, scenarios).flatMap { options.inputPaths($0.scenario, of: $1) })
    var isMissed = false
    var isImprecise = false
    Interruption.watch()
    for (index, entry) in loaded.enumerated() {
      if study.kind != .single {
        let run = StudyRun(
          loaded: entry.scenario, file: entry.file, overrides: resolved[index].allOverrides,
          options: study,
          format: format, isQuiet: quiet, path: outputs[index])
        let outcome = try run.run()
        isImprecise = isImprecise || !outcome.isPrecise
        isMissed = isMissed || !outcome.holds
        continue
      }
      let outcome = try run(
        entry.scenario, entry.file, texts[index], resolved[index], into: outputs[index],
        undisturbed: try undisturbed(scenarios[index], entry.scenario.world))
      if Interruption.isRequested { throw Stop.reason }
      let assertions = entry.scenario.assertions.map { AssertionResult($0, rows: outcome.summary) }
      show(assertions)
      isMissed =
        isMissed || !entry.scenario.world.holdsTargets(outcome.result)
        || assertions.contains(where: \.verdict.isFailure)
    }
    if isImprecise || gate && isMissed { throw ExitCode(1) }
  }

  /// Shows what the scenario says must hold: beside a table on standard output, else where progress goes.
  private func show(_ results: [AssertionResult]) {
    if results.isEmpty { return }
    let text = results.map { "  " + AssertionText.line($0) }.joined(separator: "\n")
    if format == .table { standardOutput("\n" + text) } else { standardError(text) }
  }

  private func outputPaths() throws -> [String] {
    let stems = scenarios.map {
      URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent
    }
    if scenarios.count == 1 { return [out ?? "out/\(stems[0])"] }
    for (index, stem) in stems.enumerated() where stems[..<index].contains(stem) {
      throw Failure.input(
        "error: two scenario files are called '\(stem)'; run them apart, each with its own --out")
    }
    return stems.map { "\(out ?? "out")/\($0)" }
  }

  /// The world without the incidents of a drill: those of the command line, or all there are.
  private func undisturbed(_ path: String, _ world: World) throws -> World? {
    if drill {
      var calm = world
      calm.incidents = []
      calm.failureProcesses = []
      return calm
    }
    if options.incidents.isEmpty { return nil }
    var plain = options
    plain.incidents = []
    return try plain.load(path).scenario.world
  }

  private func run(
    _ scenario: LoadedScenario, _ file: Manifest.Input, _ text: String,
    _ options: ScenarioOptions, into path: String, undisturbed: World?
  ) throws -> ScenarioRun.Outcome {
    var plan = ScenarioRun(
      world: scenario.world, scenario: file,
      inputs: scenario.inputs.map { Manifest.Input(name: $0.name, contents: $0.contents) },
      overrides: options.allOverrides, toolVersion: Version.current, level: tables,
      sample: sample.denominator, outputPath: path)
    plan.trace = try perfetto.map { try traceRequest($0, scenario.world, into: path) }
    plan.comparedPolicy = regret ? "cost-band" : nil
    plan.undisturbed = undisturbed
    plan.band = band.map { $0 ? .always : .never } ?? .automatic
    plan.scenarioText = text
    plan.invariants = invariants.watch
    plan.failure = { MemoryWatch.problem }
    let progress = ProgressLine(horizon: scenario.world.horizon, isQuiet: quiet)
    let outcome: ScenarioRun.Outcome
    do {
      outcome = try plan.run { now in
        progress.show(now)
        return !Interruption.isRequested
          && MemoryWatch.isWithinLimit(now, horizon: scenario.world.horizon)
      }
    } catch {
      progress.clear()
      throw Failure(error)
    }
    progress.clear()
    switch format {
    case .table:
      let summary = TerminalSummary(
        scenario.world, outcome, notes: scenario.notes, layout: Terminal.output)
      standardOutput(summary.lines.joined(separator: "\n"))
      standardOutput("\n  tables: \(path)/")
      if let note = outcome.trace { standardOutput(TraceSummary(note).lines(Terminal.output)) }
    case .json: standardOutput(SummaryText.json(outcome, directory: path))
    case .csv: standardOutput(SummaryText.csv(outcome.summary))
    }
    return outcome
  }
}

extension RunCommand {
  /// The part of the run to trace.
  private func traceRequest(
    _ file: String, _ world: World, into output: String
  ) throws -> TraceRequest {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent().standardizedFileURL
    if folder.path == URL(fileURLWithPath: output).standardizedFileURL.path {
      throw Failure.input(
        "error: --perfetto \(file) lies in the run's own directory, which holds tables only; "
          + "write it beside it, such as \(output)-trace.json")
    }
    let range = perfettoWindow ?? TimeRange(from: .zero, until: .seconds(300))
    guard range.from < world.horizon else {
      throw Failure.input(
        "error: --perfetto-window begins at \(Quantity.span(range.from)), but the run ends after "
          + "\(Quantity.span(world.horizon)); begin earlier")
    }
    return TraceRequest(
      path: file,
      window: TraceWindow(
        from: range.from.nanoseconds, until: min(range.until, world.horizon).nanoseconds))
  }
}

extension TableLevel: ExpressibleByArgument {}

/// `1/N`.
struct SampleRate: ExpressibleByArgument {
  var denominator: Int

  init(_ denominator: Int) { self.denominator = denominator }

  init?(argument: String) {
    guard let denominator = ArgumentText.sampleRate(argument) else { return nil }
    self.denominator = denominator
  }

  var defaultValueDescription: String { "1/\(denominator)" }
}

extension World {
  /// Whether every latency target of every workload is held. One of which nothing was measured is not.
  func holdsTargets(_ result: SimulationResult) -> Bool {
    for (id, workload) in workloads.enumerated() {
      let s = result.workloads[id]
      let targets = [
        (workload.objective.timeToFirstToken, s.goodTimeToFirstToken),
        (workload.objective.timePerOutputToken, s.goodTimePerOutputToken),
        (workload.objective.endToEnd, s.goodEndToEnd),
      ]
      for (target, good) in targets {
        if let target, s.ended == 0 || !target.isHeld(good: good, of: s.ended) { return false }
      }
    }
    return true
  }
}
