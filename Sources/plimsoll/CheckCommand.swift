import ArgumentParser
import Estimate
import Experiment
import Foundation
import Multicloud
import Report
import Runner
import Scenario
import Tables

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Compare scenarios with a stored baseline, and hold them to their assertions.",
    discussion: """
      Runs each scenario under several seeds and compares every figure with the baseline. A check fails by \
      a figure that got worse beyond its tolerance, by default where the difference is statistically real \
      (over all figures together) and large enough to matter, and by an assertion that does not hold.

      Examples:
        plimsoll check scenarios/first.yaml --baseline baselines --update    make the baseline, or renew it
        plimsoll check scenarios/*.yaml --baseline baselines                 exit 1 if anything got worse
        plimsoll check my.yaml --baseline baselines --tolerance 'chat ttft_p95=2%'
        plimsoll check my.yaml --baseline baselines --exact                  not a single event may differ
        plimsoll check my.yaml --baseline b --junit check.xml --markdown check.md
        plimsoll check my.yaml                                               assertions only
      """)

  @Argument(help: "Scenario files.", completion: .file(extensions: ["yaml", "yml"]))
  var scenarios: [String]

  @OptionGroup var options: ScenarioOptions

  @Option(
    help: ArgumentHelp(
      "Folder of baselines, NAME.json for each scenario file; without it only assertions are checked.",
      valueName: "folder"))
  var baseline: String?

  @Flag(help: "Write the baseline anew and say what changed.")
  var update = false

  @Option(
    help: ArgumentHelp(
      "Seeds to run, from the scenario's on; default the baseline's number, else check.replications.",
      valueName: "n"))
  var replications: Int?

  @Option(
    help: ArgumentHelp(
      "How much a figure may differ: 'ttft_p95=2%', 'chat ttft_*=5ms', 'e2e_p99=real 1%', 'queue_p99=exact' "
        + "or 'queue_p99=ignore'; may be given several times, after those of the scenario.",
      valueName: "figure=tolerance"))
  var tolerance: [String] = []

  @Option(
    help: ArgumentHelp(
      "Chance that a check of unchanged behaviour fails, over all figures; default check.alpha, 0.01.",
      valueName: "chance"))
  var alpha: Double?

  @Option(
    help: ArgumentHelp(
      "Smallest relative difference that matters, such as 0.5%; default check.relevance.",
      valueName: "share"))
  var relevance: ShareArgument?

  @Flag(help: "Every figure and every fingerprint must be the same.")
  var exact = false

  @Option(help: ArgumentHelp("Write the results as JUnit XML.", valueName: "file"))
  var junit: String?

  @Option(help: ArgumentHelp("Write a short summary in Markdown.", valueName: "file"))
  var markdown: String?

  @Option(help: "How to print the results: table or json.")
  var format: CheckFormat = .table

  @Option(help: ArgumentHelp("Runs at once; default one for each core.", valueName: "n"))
  var threads: Int?

  @Flag(name: .shortAndLong, help: "No progress.")
  var quiet = false

  enum CheckFormat: String, ExpressibleByArgument, CaseIterable {
    case table
    case json
  }

  func validate() throws {
    if scenarios.isEmpty { throw ValidationError("name at least one scenario file") }
    if update, baseline == nil {
      throw ValidationError("--update needs --baseline FOLDER to write to")
    }
    if exact, baseline == nil {
      throw ValidationError("--exact needs --baseline FOLDER to compare with")
    }
    if let replications, !(1...1000).contains(replications) {
      throw ValidationError("--replications is from 1 to 1000")
    }
    if let replications, replications < 2, !exact, !update, baseline != nil {
      throw ValidationError(
        "--replications 1 cannot tell a difference from noise: give at least 2, or --exact")
    }
    if let alpha, !(alpha > 0 && alpha <= 0.5) {
      throw ValidationError("--alpha is above 0 and at most 0.5")
    }
    if let threads, threads < 1 { throw ValidationError("--threads is 1 or more") }
  }

  func run() throws {
    // Everything is read before the first is run: a mistake in the last costs nothing.
    let asked = try parseTolerances()
    let plans = try plans(asked)
    try OutputPlace.refuse(
      [("--junit", junit), ("--markdown", markdown)],
      over: scenarios + plans.compactMap(\.baselinePath))
    LinearAlgebra.setThreads(1)
    Interruption.watch()
    var results: [CheckResult] = []
    for plan in plans {
      if !quiet {
        let threads = min(WorkPool(threads: threads).threads, plan.run.replications)
        standardError(
          "plimsoll: \(plan.path): \(plan.run.replications) seeds, \(threads) at once")
      }
      results.append(try check(plan))
    }
    // Nothing is written before everything was run.
    try write(results)
    switch format {
    case .table:
      standardOutput(
        results.map { CheckSummary($0).lines.joined(separator: "\n") }
          .joined(separator: "\n\n"))
    case .json: standardOutput(CheckDocument.json(results))
    }
    if results.contains(where: \.isFailed) { throw ExitCode(1) }
  }

  // MARK: Reading

  /// What there is to do for one scenario.
  private struct Plan {
    var path: String
    var run: CheckRun
    var rules: CheckRules
    var baselinePath: String?
    var stored: Baseline?
  }

  private func parseTolerances() throws -> [Tolerance] {
    try tolerance.map { text in
      guard let equals = text.lastIndex(of: "=") else {
        throw Failure.input(
          "error: --tolerance '\(text)': expected figure=tolerance, such as 'ttft_p95=2%'")
      }
      do {
        return try Tolerance(
          key: String(text[..<equals]), value: String(text[text.index(after: equals)...]))
      } catch {
        throw Failure.input("error: --tolerance \(error)")
      }
    }
  }

  private func plans(_ asked: [Tolerance]) throws -> [Plan] {
    var plans: [Plan] = []
    var stems: Set<String> = []
    for path in scenarios {
      let (document, _) = try options.document(path)
      let (scenario, _) = try options.load(path)
      let stem = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
      guard stems.insert(stem).inserted || baseline == nil else {
        throw Failure.input(
          "error: two scenario files are called '\(stem)', and their baseline would be one file; "
            + "check them apart, each with its own --baseline")
      }
      if baseline == nil, scenario.assertions.isEmpty {
        throw Failure.input(
          "\(path): error: nothing to check: the scenario has no assert, and there is no --baseline"
        )
      }
      let settings = scenario.check
      let file = baseline.map { "\($0)/\(stem).json" }
      let stored = try file.flatMap { try read($0, stem: stem, name: scenario.world.name) }
      let usual = update ? nil : stored?.seeds.count
      plans.append(
        Plan(
          path: path,
          run: CheckRun(
            scenario, simulatedText: document.simulatedYAML,
            replications: replications ?? usual ?? settings.replications, threads: threads,
            program: Version.current),
          rules: CheckRules(
            alpha: alpha ?? settings.alpha, relevance: relevance?.share ?? settings.relevance,
            tolerances: settings.tolerances + asked, isExact: exact),
          baselinePath: file, stored: stored))
    }
    return plans
  }

  /// Reads a baseline; `nil` where it will be made. An update puts a good one in the place of whatever is there.
  private func read(_ path: String, stem: String, name: String) throws -> Baseline? {
    guard FileManager.default.fileExists(atPath: path) else {
      if update { return nil }
      throw Failure.input(
        "error: no baseline \(path): make it with --update, or name another folder\(others(stem))")
    }
    do {
      let text = try InputFile.contents(of: path, maximumBytes: 256 << 20)
      let stored = try Baseline(text: text, path: path)
      guard stored.name == name else {
        throw Baseline.Problem(
          "\(path): the baseline of '\(stored.name)', and this scenario is '\(name)'; rename one, or "
            + "make the baseline again with --update")
      }
      return stored
    } catch let problem as Baseline.Problem {
      if update {
        standardError("plimsoll: \(problem); it is replaced")
        return nil
      }
      throw Failure.input("error: \(problem)")
    } catch let error as TableError {
      throw Failure(error)
    }
  }

  /// The nearest name among the baselines there are.
  private func others(_ stem: String) -> String {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: baseline ?? "")) ?? []
    let stems = files.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
    return NearestName.hint(for: stem, among: stems)
  }

  // MARK: Running

  private func check(_ plan: Plan) throws -> CheckResult {
    let runs: Baseline?
    do {
      runs = try plan.run.run { !Stop.isWanted }
    } catch let error as RunError {
      throw Failure(error)
    }
    guard let runs, !Stop.isWanted else { throw Stop.reason }
    if exact, !update, let stored = plan.stored, stored.seeds != runs.seeds {
      throw Failure.input(
        "\(plan.path): error: --exact compares seed by seed, but the baseline has seeds "
          + "\(list(stored.seeds)) and this check \(list(runs.seeds)); leave --seed and "
          + "--replications as they were")
    }
    var result = CheckResult(
      path: plan.path, name: plan.run.scenario.world.name, runs: runs,
      assertions: plan.run.scenario.assertions.map { AssertionResult($0, runs: runs) },
      baselinePath: plan.baselinePath,
      comparison: plan.stored.map { BaselineComparison($0, runs, rules: plan.rules) },
      isUpdate: update)
    result.mustBeExact = exact
    return result
  }

  private func list(_ seeds: [UInt64]) -> String {
    guard let first = seeds.first, let last = seeds.last else { return "none" }
    return seeds.count == 1 ? "\(first)" : "\(first) to \(last)"
  }

  // MARK: Writing

  private func write(_ results: [CheckResult]) throws {
    do {
      if update, let baseline {
        do {
          try FileManager.default.createDirectory(
            atPath: baseline, withIntermediateDirectories: true)
        } catch {
          throw Failure.input(
            "error: \(baseline): cannot create the folder; choose another with --baseline")
        }
        for result in results {
          guard let path = result.baselinePath else { continue }
          try TextFile.write(result.runs.text, to: path)
        }
      }
      if let junit { try TextFile.write(JUnitReport(results).text, to: junit) }
      if let markdown { try TextFile.write(MarkdownReport(results).text, to: markdown) }
    } catch let error as TableError {
      throw Failure(error)
    }
  }
}

/// A share on the command line: `0.5%` or `0.005`.
struct ShareArgument: ExpressibleByArgument {
  var share: Double

  init?(argument: String) {
    guard let share = ArgumentText.share(argument) else { return nil }
    self.share = share
  }
}
