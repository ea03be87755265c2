import Estimate
import Glibc
import Multicloud
import SimulationKernel
import Tables

/// Plays a world into a run directory: simulation, estimate beside it, tables, manifest.
public struct ScenarioRun {
  /// The world.
  public var world: World
  /// The scenario file, for the manifest.
  public var scenario: Manifest.Input
  /// Whatever else the world was made from, for the manifest.
  public var inputs: [Manifest.Input]
  /// `--set` overrides, for the manifest.
  public var overrides: [String]
  /// Version of the program, for the manifest.
  public var toolVersion: String
  /// Which tables to write.
  public var level: TableLevel
  /// One request in this many has a row in `requests.csv`.
  public var sample: Int
  /// Where to write; `nil` for nowhere.
  public var outputPath: String?
  /// A part of the run to write as a trace for ui.perfetto.dev; `nil` for none.
  public var trace: TraceRequest?
  /// Policy to which the gateway's own is compared in money, by a second run; `nil` for none.
  public var comparedPolicy: String?
  /// The same world without the incidents of a drill, to be played beside it; `nil` where nobody compares.
  public var undisturbed: World?
  /// Whether the estimate of the same world stands beside the simulated figures.
  public var isEstimated = true
  /// Whether the engines' stated error is carried into latencies by two more runs.
  public var band = StepErrorBand.Mode.never
  /// Simulated time between checkpoints of the result; zero for none.
  public var checkpointLength = Duration.zero
  /// When the simulator's own laws are checked beyond what is checked as it happens.
  public var invariants = InvariantWatch.end

  /// Asked where the simulation was stopped: why the run fails, so that nothing is left of it; `nil` where it
  /// shall be closed as far as it got.
  public var failure: () -> String? = { nil }

  /// The scenario with every default written out, to be left beside the tables; `nil` for none.
  public var scenarioText: String?

  /// Creates a run.
  public init(
    world: World, scenario: Manifest.Input, inputs: [Manifest.Input], overrides: [String],
    toolVersion: String, level: TableLevel, sample: Int, outputPath: String?
  ) {
    precondition(sample >= 1)
    self.world = world
    self.scenario = scenario
    self.inputs = inputs
    self.overrides = overrides
    self.toolVersion = toolVersion
    self.level = level
    self.sample = sample
    self.outputPath = outputPath
  }

  /// What a run leaves in memory.
  public struct Outcome: Sendable {
    /// What the simulation came to.
    public var result: SimulationResult
    /// What the bulk estimate expected.
    public var estimates: [PoolEstimate]
    /// The worst minutes of 429s, where minutes were recorded.
    public var worstMinutes: WorstMinutes
    /// What was used, minute by minute; empty where minutes were not recorded.
    public var use: UseOverTime
    /// What the trace holds; `nil` where none was asked for.
    public var trace: TraceNote?
    /// The bill and what follows from it; `nil` where nobody is billed.
    public var money: SummaryFigures.MoneyFigures?
    /// What the incidents of a drill changed; `nil` where nobody compared.
    public var drill: Drill?
    /// What would be left at the peak minute without the worst region or provider, and when that minute
    /// began; `nil` where nothing goes wrong or no minutes were recorded.
    public var headroom: (start: Duration, headroom: Headroom)?
    /// The same requests with faster and slower engines; `nil` where they were not played.
    public var band: StepErrorBand?
    /// The rows of `summary.csv`.
    public var summary: [SummaryTable.Row]
    /// Seconds the simulation took.
    public var wallSeconds: Double
  }

  /// Runs.
  ///
  /// The output directory is opened first, so that a bad `--out` costs no simulation. Where
  /// `shouldContinue` says no, the tables are closed cleanly and the manifest says incomplete.
  ///
  /// - Throws: ``RunError`` where output fails, the demand cannot be generated, or the run breaks a law
  ///   of the simulator; nothing looks whole then.
  public func run(
    shouldContinue: (Simulation.Progress) -> Bool
  ) throws(RunError) -> Outcome {
    do {
      return try runIntoDirectory(shouldContinue: shouldContinue)
    } catch let error as TableError {
      throw .output(error)
    } catch let error as InvariantViolation {
      throw .broken(error)
    } catch let error as RunError {
      throw error
    } catch {
      throw .demand("\(error)")
    }
  }

  private func runIntoDirectory(
    shouldContinue: (Simulation.Progress) -> Bool
  ) throws -> Outcome {
    let directory = try outputPath.map { try RunDirectory($0) }
    // What is drawn is known from here on, for every table and for the trace.
    let world = world.withDrawnFailures
    let companion = undisturbed.map { CompanionRun($0) }
    defer { companion?.cancel() }
    let trace = try trace.map { try PerfettoTrace(world, $0) }
    let recorder = try TableRecorder(
      world, level: level, sample: sample, in: directory, trace: trace)
    let started = time(nil)
    let clock = ContinuousClock()
    let begin = clock.now
    let result = try Simulation.soundResult(
      of: world,
      recorder: recorder.wantsRequests || recorder.wantsPoolMinutes || recorder.books != nil
        ? recorder : nil, checkpointLength: checkpointLength, invariants: invariants,
      shouldContinue: shouldContinue)
    try failIfWanted()
    let wall = clock.now - begin
    var tables = try recorder.finish()
    let note = try trace?.finish(at: result.end)
    var bill: Bill?
    if let books = recorder.books {
      let (closed, files) = try books.close(in: level >= .summary ? directory : nil)
      bill = closed
      tables += files
    }
    let money = try bill.map { bill in
      SummaryFigures.MoneyFigures(
        bill: bill, regret: try regret(bill, result, shouldContinue: shouldContinue),
        marginal: MarginalDestination.all(world, result, bill))
    }
    let drill = try drill(companion, (result, bill))
    let headroom = world.estimateProblem == nil ? recorder.peak?.headroom(world) : nil
    // The estimate is of what is declared: what is drawn is one of many futures.
    let estimates =
      isEstimated && self.world.estimateProblem == nil ? try PoolEstimate.pools(of: self.world) : []
    let band = try band(of: world, result, shouldContinue: shouldContinue)
    let figures = SummaryFigures(
      world, result, estimates: estimates, worstMinutes: recorder.worstMinutes,
      money: money, drill: drill, headroom: headroom?.headroom, band: band)
    try failIfWanted()
    let wallNanoseconds =
      wall.components.seconds * 1_000_000_000 + wall.components.attoseconds / 1_000_000_000
    if let directory {
      if level != .none {
        var table = try directory.summary()
        for row in figures.rows { try table.append(row) }
        tables.append(try table.finish())
        if !world.incidents.isEmpty {
          var incidents = try directory.table(of: IncidentRow.self)
          for row in IncidentRows(world, until: result.end).rows { try incidents.append(row) }
          tables.append(try incidents.finish())
          var failures = try directory.table(of: FailureRow.self)
          for row in FailureRows(world, result.incidents).rows { try failures.append(row) }
          tables.append(try failures.finish())
        }
        if !world.training.isEmpty {
          var jobs = try directory.table(of: TrainingJobRow.self)
          for row in TrainingRows(world, result).rows { try jobs.append(row) }
          tables.append(try jobs.finish())
        }
        if let scenarioText {
          try directory.write(scenarioText.utf8, as: RunDirectory.scenarioFile)
        }
      }
      let manifest = Manifest(
        toolVersion: toolVersion, scenario: scenario, inputs: inputs, seed: world.seed,
        overrides: overrides, startedUnixSeconds: Int64(started),
        wall: Duration(nanoseconds: wallNanoseconds), simulated: result.end - .zero,
        requests: Int(result.requests), events: Int(result.events),
        fingerprint: result.fingerprint)
      if result.isComplete {
        try directory.complete(manifest, tables: tables)
      } else {
        try directory.closeInterrupted(manifest, tables: tables)
      }
    }
    return Outcome(
      result: result, estimates: estimates, worstMinutes: recorder.worstMinutes,
      use: recorder.use, trace: note, money: money, drill: drill,
      headroom: headroom, band: band, summary: figures.rows,
      wallSeconds: Double(wallNanoseconds) / 1e9)
  }
}

extension ScenarioRun {
  private func failIfWanted() throws(RunError) {
    if let failure = failure() { throw .memory(failure) }
  }

  /// The two ends of the engines' stated error, where they are wanted and the run has ended.
  private func band(
    of world: World, _ result: SimulationResult, shouldContinue: (Simulation.Progress) -> Bool
  ) throws -> StepErrorBand? {
    guard result.isComplete else { return nil }
    switch band {
    case .never: return nil
    case .automatic where result.requests > StepErrorBand.automaticRequests: return nil
    case .automatic, .always: return try StepErrorBand(world, shouldContinue: shouldContinue)
    }
  }

  /// What a drill changed, once the run without it has ended too; `nil` where either was broken off.
  private func drill(
    _ companion: CompanionRun?, _ run: (result: SimulationResult, bill: Bill?)
  ) throws -> Drill? {
    guard let companion else { return nil }
    if !run.result.isComplete { companion.cancel() }
    let calm = try companion.wait()
    guard run.result.isComplete, calm.result.isComplete else { return nil }
    return Drill(run, without: (calm.result, calm.bill), in: world)
  }

  /// Plays the same requests under the other policy, without tables.
  private func regret(
    _ bill: Bill, _ result: SimulationResult, shouldContinue: (Simulation.Progress) -> Bool
  ) throws -> Regret? {
    guard let policy = comparedPolicy, policy != world.gateway.policy, result.isComplete,
      world.billing != nil
    else { return nil }
    var other = world
    other.gateway.policy = policy
    let comparison = try ComparedRun(other, shouldContinue: shouldContinue)
    guard let otherBill = comparison.bill else { return nil }
    return Regret(
      world, chosen: (bill, result), other: (otherBill, comparison.result), policy: policy)
  }
}

/// Takes down usage and nothing else.
final class BookKeeper: Recorder {
  private let books: Books
  let wantsRequests = false
  let wantsPoolMinutes = false
  var hasFailed: Bool { books.failure != nil }

  init(_ books: Books) { self.books = books }

  func record(_ request: borrowing RequestRecord) {}
  func record(_ minute: borrowing PoolMinute) {}
  func record(_ period: borrowing UsagePeriod) { books.take(period) }
}

/// Why a run failed.
public enum RunError: Error, CustomStringConvertible {
  /// Output could not be written.
  case output(TableError)
  /// The demand cannot be generated.
  case demand(String)
  /// The run broke a law of the simulator: an error of the program.
  case broken(InvariantViolation)
  /// More memory was taken than may be.
  case memory(String)

  /// What happened and what to do.
  public var description: String {
    switch self {
    case .output(let error): error.description
    case .demand(let text), .memory(let text): text
    case .broken(let violation): violation.description
    }
  }
}
