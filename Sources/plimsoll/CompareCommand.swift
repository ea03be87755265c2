import ArgumentParser
import Experiment
import Foundation
import Multicloud
import Report
import Scenario
import SimulationKernel
import Tables

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare placements, policies or scenarios under the same demand.",
    discussion: """
      Every alternative is simulated under the same seeds, so differences are of placements and policies and not \
      of luck. The first is the base; each figure's differences to it hold together at the stated confidence, \
      and among three or more the ones that may be best are marked. Directories of runs that were made with \
      --replications are read instead of simulated.

      Examples:
        plimsoll compare present.yaml plan.yaml --replications 20
        plimsoll compare my.yaml --with gateway.route=least-loaded --with gateway.route=cost-band
        plimsoll compare my.yaml --with "bigger: clouds.azure.regions.eastus2.pools.h.replicas=9; seed=3"
        plimsoll compare out/a out/b --metric "chat ttft_p95"
        plimsoll compare my.yaml --with gateway.route=nearest --select "chat ttft_p95" --indifference 5
      """)

  @Argument(
    help: "Scenario files, or directories of runs.",
    completion: .file(extensions: ["yaml", "yml"]))
  var alternatives: [String]

  @Option(
    help: ArgumentHelp(
      "Another alternative: the first scenario with these overrides, parted by ';', with a name before ':'.",
      valueName: "[name:] path=value;…"))
  var with: [String] = []

  @OptionGroup var options: ScenarioOptions

  @Option(help: "Replications of each alternative.")
  var replications: Int = 10

  @Option(
    help: ArgumentHelp(
      "Figure to compare, such as ttft_p95 or 'chat ttft_p95'; default those that decide most cases.",
      valueName: "figure"))
  var metric: [String] = []

  @Flag(help: "Compare every figure.")
  var all = false

  @Option(
    help: ArgumentHelp("Confidence of each figure's differences together.", valueName: "percent"))
  var confidence: Double = 95

  @Option(
    help: ArgumentHelp(
      "Find the best by this figure, in as few runs as that takes (Kim and Nelson).",
      valueName: "figure"))
  var select: String?

  @Option(help: "With --select: a difference not worth telling apart, in the figure's unit.")
  var indifference: Double?

  @Option(help: "With --select: most replications.")
  var budget: Int = 1000

  @Option(help: ArgumentHelp("Directory for comparison.csv; default none.", valueName: "directory"))
  var out: String?

  @Option(help: "How to print the figures: table, json or csv.")
  var format: OutputFormat = .table

  @OptionGroup var work: WorkOptions

  @Flag(name: .shortAndLong, help: "No progress.")
  var quiet = false

  func validate() throws {
    if alternatives.count + with.count < 2 {
      throw ValidationError("name at least two alternatives, as files, directories or --with")
    }
    if !(2...StudyOptions.mostRuns ~= replications) {
      throw ValidationError(
        "--replications is from 2 (one gives no interval) to \(StudyOptions.mostRuns)")
    }
    guard confidence > 50, confidence < 100 else {
      throw ValidationError("--confidence is a percentage above 50 and below 100")
    }
    if all, !metric.isEmpty { throw ValidationError("give --metric or --all, not both") }
    guard (select == nil) == (indifference == nil) else {
      throw ValidationError("--select and --indifference go together")
    }
    if let indifference, !(indifference > 0 && indifference.isFinite) {
      throw ValidationError("--indifference is a positive number")
    }
    guard budget >= 10 else { throw ValidationError("--budget is 10 or more") }
  }

  /// Something to compare: to be simulated, or stored.
  private enum Source {
    case world(World)
    case stored([RunFigures])
  }

  func run() throws {
    Interruption.watch()
    // Every scenario is read before the first is run: a mistake in the last costs nothing.
    let sources = try sources()
    if let select, let indifference {
      try selectBest(sources, figure: select, indifference: indifference)
      return
    }
    let directory: RunDirectory?
    do {
      directory = try out.map { (path) throws(TableError) in try RunDirectory(path) }
    } catch {
      throw Failure(error)
    }
    let begin = ContinuousClock().now
    let alternatives = try simulated(sources)
    let study: ComparisonStudy
    do {
      study = try ComparisonStudy(
        alternatives, names: metric, all: all, family: confidence / 100)
    } catch {
      throw Failure.input("error: --metric: \(error)")
    }
    if let directory {
      try write(study, in: directory, wall: (ContinuousClock().now - begin) / .seconds(1))
    }
    switch format {
    case .table:
      let summary = ComparisonSummary(
        study, family: confidence / 100, layout: Terminal.output)
      standardOutput(summary.lines.joined(separator: "\n"))
      if let out { standardOutput("\n  tables: \(out)/") }
    case .json: standardOutput(ComparisonText.json(study))
    case .csv: standardOutput(ComparisonText.csv(study))
    }
  }

  // MARK: What is compared

  private func sources() throws -> [(name: String, source: Source)] {
    var sources: [(name: String, source: Source)] = []
    for path in alternatives {
      var isDirectory: ObjCBool = false
      if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory),
        isDirectory.boolValue
      {
        do {
          sources.append((path, .stored(try StoredStudy.read(path))))
        } catch {
          throw Failure(error)
        }
      } else {
        let stem = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        sources.append((stem, .world(try options.load(path).scenario.world)))
      }
    }
    if !with.isEmpty {
      guard let base = alternatives.first, case .world = sources[0].source else {
        throw Failure.input(
          "error: --with changes the first alternative, which must be a scenario file")
      }
      for entry in with {
        let (name, overrides) = try Self.variant(entry)
        sources.append((name, .world(try options.load(base, extra: overrides).scenario.world)))
      }
    }
    for (place, entry) in sources.enumerated()
    where sources[..<place].contains(where: { $0.name == entry.name }) {
      throw Failure.input(
        "error: two alternatives are called '\(entry.name)'; give --with a name, as in 'name: path=value'"
      )
    }
    return sources
  }

  /// `name: a.b=1; c.d=2`, the name optional.
  static func variant(_ text: String) throws -> (name: String, overrides: [String]) {
    guard let variant = ArgumentText.variant(text) else {
      throw Failure.input(
        "error: --with \(text): expected path=value, several parted by ';', with a name before ':' if wanted"
      )
    }
    return variant
  }

  // MARK: Simulation

  private func simulated(_ sources: [(name: String, source: Source)]) throws -> [Alternative] {
    let worlds = sources.indices.filter {
      if case .world = sources[$0].source { true } else { false }
    }
    let line = CountLine("runs", total: worlds.count * replications, isQuiet: quiet)
    var alternatives: [Alternative] = []
    // Stored runs have their seeds; scenarios beside them take the same.
    var first: UInt64?
    for (_, source) in sources {
      if case .stored(let runs) = source { first = first ?? runs.first?.seed }
    }
    for (name, source) in sources {
      switch source {
      case .stored(let runs): alternatives.append(Alternative(name: name, runs: runs))
      case .world(var world):
        // The base's seed for all: what is compared is not luck.
        if let seed = first { world.seed = seed }
        first = world.seed
        let runs = try Replications(world, pool: work.pool).run(
          0..<replications, finished: { _ in line.count() },
          shouldContinue: { !Stop.isWanted })
        guard let runs else { throw Stop.reason }
        alternatives.append(Alternative(name: name, runs: runs))
      }
    }
    line.clear()
    return alternatives
  }

  private func selectBest(
    _ sources: [(name: String, source: Source)], figure: String, indifference: Double
  ) throws {
    var worlds: [(name: String, world: World)] = []
    for (name, source) in sources {
      guard case .world(var world) = source else {
        throw Failure.input("error: --select simulates; '\(name)' is a directory of runs")
      }
      world.seed = worlds.first?.world.seed ?? world.seed
      worlds.append((name, world))
    }
    guard confidence / 100 > 1 / Double(worlds.count) else {
      throw Failure.input("error: --confidence is no more than that of a guess")
    }
    var selection = BestSelection(worlds, figure: figure, indifference: indifference)
    selection.level = confidence / 100
    selection.budget = budget
    let line = CountLine("seeds", total: nil, isQuiet: quiet)
    let outcome: BestSelection.Outcome?
    do {
      outcome = try selection.run(
        pool: work.pool, finished: { _ in line.count() },
        shouldContinue: { !Stop.isWanted })
    } catch let problem as BestSelection.Problem {
      throw Failure.input("error: --select: \(problem)")
    }
    line.clear()
    guard let outcome else { throw Stop.reason }
    let names = worlds.map(\.name)
    switch format {
    case .table:
      let summary = SelectionSummary(names, outcome, budget: budget)
      standardOutput(summary.lines.joined(separator: "\n"))
    case .json: standardOutput(ComparisonText.json(names, outcome))
    case .csv: standardOutput(ComparisonText.csv(names, outcome))
    }
    if outcome.selected == nil { throw ExitCode(1) }
  }

  // MARK: Tables

  private func write(_ study: ComparisonStudy, in directory: RunDirectory, wall: Double) throws {
    do {
      var table: TextTableFile<ComparisonRow> = try directory.table(of: ComparisonRow.self)
      for row in study.rows { try table.append(row) }
      let finished = try table.finish()
      var hash = Fingerprint()
      var requests: Int64 = 0
      for run in study.alternatives.flatMap(\.runs) {
        hash.combine(run.seed, run.fingerprint)
        requests += run.requests
      }
      let name = study.alternatives.map(\.name).joined(separator: " | ")
      let manifest = Manifest(
        toolVersion: Version.current, scenario: Manifest.Input(name: name, contents: []),
        seed: study.alternatives[0].runs[0].seed,
        overrides: options.allOverrides + options.incidents + with,
        startedUnixSeconds: Int64(Date().timeIntervalSince1970), wall: Duration(seconds: wall),
        simulated: .zero, requests: Int(requests), events: 0, fingerprint: hash.value)
      try directory.complete(manifest, tables: [finished])
    } catch {
      throw Failure(error)
    }
  }
}
