import ArgumentParser
import Experiment
import Foundation
import Multicloud
import Report
import Runner
import Scenario
import SimulationKernel
import Statistics
import Tables

/// `run` with replications, batches or slices.
struct StudyRun {
  let loaded: LoadedScenario
  let file: Manifest.Input
  let overrides: [String]
  let options: StudyOptions
  let format: OutputFormat
  let isQuiet: Bool
  /// Directory for the tables.
  let path: String

  private let clock = ContinuousClock()

  /// What a study comes to for the exit code.
  struct Outcome {
    /// Whether the precision that was asked for was reached.
    var isPrecise = true
    /// Whether latency targets and assertions hold, as far as the replications can tell.
    var holds = true
  }

  /// Runs, prints and writes.
  func run() throws -> Outcome {
    let world = try warmedUp(loaded.world)
    do {
      switch options.kind {
      case .single, .replications: return try replicate(world)
      case .batches: return try batch(world)
      case .slices: return try slice(world)
      }
    } catch let problem as PrecisionRun.Problem {
      throw Failure.input("\(file.name): error: --precision: \(problem)")
    } catch let problem as SlicePlan.Problem {
      throw Failure.input("\(file.name): error: --slices: \(problem)")
    } catch let error as TableError {
      throw Failure(error)
    }
  }

  /// Judges the scenario's assertions, shows them, and looks at its targets.
  private func holds(_ runs: [RunFigures]) -> Bool {
    let samples = FigureSamples(runs)
    let results = loaded.assertions.map { AssertionResult($0, samples: samples) }
    if !results.isEmpty {
      let text = results.map { "  " + AssertionText.line($0) }.joined(separator: "\n")
      if format == .table { standardOutput("\n" + text) } else { standardError(text) }
    }
    return !results.contains(where: \.verdict.isFailure)
      && !TargetResult.all(samples, level: options.level).contains(where: \.isMissed)
      && TargetResult.areMeasured(samples)
  }

  private func warmedUp(_ world: World) throws -> World {
    guard options.warmupRule == .mser5 else { return world }
    let finding = try WarmupStudy.run(world, pool: options.work.pool) { !Stop.isWanted }
    guard let finding else { throw Stop.reason }
    guard case .delete(let time) = finding else {
      throw Failure.input("\(file.name): error: --warmup-rule mser-5: \(finding.description)")
    }
    note("warm-up by \(finding.description)")
    var warm = world
    warm.warmup = time
    return warm
  }

  private func note(_ text: String) {
    if !isQuiet { standardError("plimsoll: \(text)") }
  }

  // MARK: Replications

  private func replicate(_ world: World) throws -> Outcome {
    let begin = clock.now
    // Opened first, so that a bad --out costs no simulation.
    let directory = try RunDirectory(path)
    let replications = Replications(world, pool: options.work.pool)
    let line = CountLine("replications", total: options.replications, isQuiet: isQuiet)
    var runs: [RunFigures]?
    var isMet = true
    var last: PrecisionRun.Look?
    if let count = options.replications {
      runs = try replications.run(
        0..<count, finished: { _ in line.count() },
        shouldContinue: { !Stop.isWanted })
    } else {
      var study = PrecisionRun(replications, targets: options.precision)
      study.budget = options.budget
      study.pilot = min(study.pilot, options.budget)
      let outcome = try study.run(
        looked: { look in
          line.clear()
          self.tell(look, since: begin)
          line.expect(look.needed)
        }, finished: { _ in line.count() }, shouldContinue: { !Stop.isWanted })
      runs = outcome?.runs
      isMet = outcome?.last.isMet ?? true
      last = outcome?.last
    }
    line.clear()
    guard let runs else { throw Stop.reason }
    let wall = (clock.now - begin) / .seconds(1)
    let requests = runs.reduce(Int64(0)) { $0 + $1.requests }
    try StoredStudy.write(
      runs, level: options.level, in: directory,
      manifest(world, wall, requests: requests, fingerprint: Self.fingerprint(runs)))
    switch format {
    case .table:
      let summary = StudySummary(
        world, runs, level: options.level, wallSeconds: wall,
        threads: options.work.pool.threads, layout: Terminal.output)
      standardOutput(summary.lines.joined(separator: "\n"))
      if let last, !isMet {
        standardOutput(
          "\n  NOT KNOWN WELL ENOUGH after \(last.count) replications: about \(last.needed) or more "
            + "would be needed; --budget")
      }
      standardOutput("\n  tables: \(path)/")
    case .json: standardOutput(IntervalText.json(runs, level: options.level))
    case .csv: standardOutput(IntervalText.csv(runs, level: options.level))
    }
    return Outcome(isPrecise: isMet, holds: holds(runs))
  }

  /// How long the study will be, before its long part.
  private func tell(_ look: PrecisionRun.Look, since begin: ContinuousClock.Instant) {
    guard !look.isMet, let widest = look.widest else { return }
    let each = (clock.now - begin) / .seconds(1) / Double(look.count)
    let left = each * Double(max(0, look.needed - look.count))
    let width = widest.interval.relativeHalfWidth.map { "±\(Quantity.percent($0))" } ?? "too wide"
    note(
      "after \(look.count) replications \(widest.key.name) is known to \(width); about "
        + "\(look.needed) will do, \(Quantity.fixed(left, 0)) s more")
  }

  private static func fingerprint(_ runs: [RunFigures]) -> UInt64 {
    var hash = Fingerprint()
    for run in runs { hash.combine(run.seed, run.fingerprint) }
    return hash.value
  }

  private func manifest(
    _ world: World, _ wall: Double, requests: Int64, fingerprint: UInt64
  ) -> Manifest {
    Manifest(
      toolVersion: Version.current, scenario: file,
      inputs: loaded.inputs.map { Manifest.Input(name: $0.name, contents: $0.contents) },
      seed: world.seed, overrides: overrides,
      startedUnixSeconds: Int64(Date().timeIntervalSince1970), wall: Duration(seconds: wall),
      simulated: world.horizon, requests: Int(requests), events: 0, fingerprint: fingerprint)
  }

  // MARK: Batches

  private func batch(_ world: World) throws -> Outcome {
    guard let count = options.batches else { return Outcome() }
    guard world.horizon > world.warmup else {
      throw Failure.input("\(file.name): error: the warm-up leaves nothing to cut into batches")
    }
    let begin = clock.now
    let directory = try RunDirectory(path)
    let progress = ProgressLine(horizon: world.horizon, isQuiet: isQuiet)
    let run = try BatchRun(world, batches: count, level: options.level) { now in
      progress.show(now)
      return !Interruption.isRequested && MemoryWatch.isWithinLimit(now, horizon: world.horizon)
    }
    progress.clear()
    guard let run else { throw Stop.reason }
    let wall = (clock.now - begin) / .seconds(1)
    let figures = run.figures.map { ($0.key, $0.batches.means) }
    let table = try StoredStudy.writeIntervals(figures, level: options.level, in: directory)
    try directory.complete(
      manifest(world, wall, requests: run.result.requests, fingerprint: run.result.fingerprint),
      tables: [table])
    switch format {
    case .table:
      let summary = BatchSummary(
        world, run, level: options.level, wallSeconds: wall, layout: Terminal.output)
      standardOutput(summary.lines.joined(separator: "\n"))
      standardOutput("\n  tables: \(path)/")
    case .json: standardOutput(IntervalText.json(figures, level: options.level))
    case .csv: standardOutput(IntervalText.csv(figures, level: options.level))
    }
    return Outcome()
  }

  // MARK: Slices

  private func slice(_ world: World) throws -> Outcome {
    guard let count = options.slices else { return Outcome() }
    let begin = clock.now
    let plan = try SlicePlan(world, count: count, overlap: options.overlap.duration)
    let directory = try RunDirectory(path)
    let line = CountLine("slices", total: plan.count, isQuiet: isQuiet)
    let study = SlicedStudy(world, plan: plan, pool: options.work.pool)
    let outcome = try study.run(
      finished: { _ in line.count() }, shouldContinue: { !Stop.isWanted })
    line.clear()
    guard let outcome else { throw Stop.reason }
    let stitched = outcome.figures
    let wall = (clock.now - begin) / .seconds(1)
    var whole: RunFigures?
    if options.uncut {
      note("simulating the uncut run")
      whole = try RunFigures(world, seed: world.seed) {
        !Interruption.isRequested && MemoryWatch.isWithinLimit($0, horizon: world.horizon)
      }
      if Stop.isWanted { throw Stop.reason }
    }
    try StoredStudy.write(
      [stitched], level: options.level, in: directory,
      manifest(world, wall, requests: stitched.requests, fingerprint: stitched.fingerprint))
    switch format {
    case .table:
      let summary = SliceSummary(
        world, plan, outcome, uncut: whole, wallSeconds: wall,
        threads: options.work.pool.threads, layout: Terminal.output)
      standardOutput(summary.lines.joined(separator: "\n"))
      standardOutput("\n  tables: \(path)/")
    case .json: standardOutput(IntervalText.json([stitched], level: options.level))
    case .csv: standardOutput(IntervalText.csv([stitched], level: options.level))
    }
    return Outcome(holds: holds([stitched]))
  }
}
