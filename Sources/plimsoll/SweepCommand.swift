import ArgumentParser
import Experiment
import Foundation
import Report
import Tables

struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Run a scenario over a grid of values and seeds, on one machine or many.",
    discussion: """
      A plan names a scenario, axes (a list of values for each path of --set) and seeds; every combination \
      with every seed is a cell. A scenario may hold its axes itself. Each cell leaves a file of its own the \
      moment it is done, so a sweep that is killed goes on where it was when it is called again.

      Examples:
        plimsoll sweep plan.yaml --out out/plan                all cells, then out/plan/results.csv
        plimsoll sweep my.yaml --seeds 10                      the axes of a scenario, ten seeds each
        plimsoll sweep plan.yaml --shard 0/4 --out out/plan    the first of four parts
        plimsoll sweep merge out/a out/b --plan plan.yaml --out results.csv
        plimsoll sweep submit --slurm plan.yaml --shards 16 --out /shared/plan

      See docs/sweep.md for Slurm, Kubernetes, AWS Batch and GNU parallel.
      """,
    subcommands: [SweepRunCommand.self, SweepMergeCommand.self, SweepSubmitCommand.self],
    defaultSubcommand: SweepRunCommand.self)
}

struct SweepRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Compute the cells of a plan that are not there yet (default).",
    discussion: """
      In an array of Slurm, an Indexed Job of Kubernetes or an array of AWS Batch the part is taken from \
      SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX or AWS_BATCH_JOB_ARRAY_INDEX; --shard overrides them.
      """)

  @Argument(
    help: "Plan file, or a scenario with axes.", completion: .file(extensions: ["yaml", "yml"]))
  var plan: String

  @OptionGroup var options: SweepOptions

  @Option(
    help: ArgumentHelp(
      "Folder for the cells and the results; default out/NAME of the plan.",
      valueName: "directory"))
  var out: String?

  @Option(
    help: ArgumentHelp("Run one part of n, counted from 0, and merge nothing.", valueName: "i/n"))
  var shard: String?

  @Option(
    help: ArgumentHelp(
      "How many parts there are, where the environment says which one.", valueName: "n"))
  var shards: Int?

  @Flag(help: "Remove cells of another plan, scenario or version from the folder first.")
  var prune = false

  @Flag(name: .shortAndLong, help: "No progress.")
  var quiet = false

  func validate() throws {
    if shard != nil, shards != nil { throw ValidationError("give --shard or --shards, not both") }
  }

  func run() throws {
    Interruption.watch()
    do {
      let part = try part()
      let sweep = try options.sweep(plan)
      let folder = SweepFolder(SweepOptions.output(out, plan: plan))
      if prune {
        let count = try folder.prune(to: sweep)
        if count > 0 { standardError("plimsoll: removed \(count) cells of another plan") }
      } else {
        try folder.refuseForeign(to: sweep)
      }
      let done = try compute(sweep, into: folder, part)
      if Stop.isWanted || done.left > 0 {
        standardError(
          "plimsoll: interrupted with \(done.left) of \(done.total) cells to go; "
            + "the same command goes on")
        throw Stop.reason
      }
      guard part == .whole else {
        standardOutput(
          "\(folder.path): shard \(part.index) of \(part.count): \(Self.text(done))")
        return
      }
      let results = folder.path + "/results.csv"
      let outcome = try SweepMerge(sweep, from: [folder]).write(to: results)
      standardOutput("\(folder.path): \(Self.text(done))")
      standardOutput("  \(Quantity.grouped(Int64(outcome.rows))) rows: \(results)")
    } catch let error as SweepError {
      throw Failure.sweep(error)
    }
  }

  /// The part that was asked for, on the command line or by an engine.
  private func part() throws(SweepError) -> Shard {
    if let shard { return try Shard(shard) }
    let environment = ProcessInfo.processInfo.environment
    if let found = try Shard.fromEnvironment(environment, shards: shards) {
      standardError(
        "plimsoll: shard \(found.shard.index) of \(found.shard.count), from \(found.variable)")
      return found.shard
    }
    guard let shards, shards != 1 else { return .whole }
    throw .shard(
      "--shards \(shards) needs the index of an array in the environment; "
        + "without one give --shard i/\(shards)")
  }

  private func compute(
    _ sweep: Sweep, into folder: SweepFolder, _ part: Shard
  ) throws -> SweepRun.Progress {
    let line = SweepProgressLine(isQuiet: quiet)
    defer { line.clear() }
    return try SweepRun(sweep, into: folder, shard: part, pool: options.pool).run(
      progress: { line.show($0) }, shouldContinue: { !Stop.isWanted })
  }

  private static func text(_ done: SweepRun.Progress) -> String {
    var parts = ["\(Quantity.grouped(Int64(done.computed))) cells computed"]
    if done.skipped > 0 { parts.append("\(Quantity.grouped(Int64(done.skipped))) were there") }
    if done.halfWritten > 0 { parts.append("\(done.halfWritten) of them half-written before") }
    return parts.joined(separator: ", ")
  }
}
