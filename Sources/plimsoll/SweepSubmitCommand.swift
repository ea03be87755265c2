import ArgumentParser
import Experiment
import Foundation
import Tables

struct SweepSubmitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit",
    abstract: "Run a sweep on a cluster: an array of shards, then the merge.",
    discussion: """
      Writes sweep.sbatch and merge.sbatch into --out, which all nodes must see, and submits both; the merge \
      waits for the array. Submitting again runs only shards with cells that are missing.

      Examples:
        plimsoll sweep submit --slurm plan.yaml --shards 16 --out /shared/plan --cpus-per-task 4 --time 1:00:00
        plimsoll sweep submit --slurm plan.yaml --shards 16 --dry-run
      """)

  @Argument(
    help: "Plan file, or a scenario with axes.", completion: .file(extensions: ["yaml", "yml"]))
  var plan: String

  @OptionGroup var options: SweepOptions

  @Flag(help: "Submit to Slurm.")
  var slurm = false

  @Option(help: ArgumentHelp("Tasks of the array.", valueName: "n"))
  var shards: Int

  @Option(
    help: ArgumentHelp(
      "Folder for the cells and the results; default out/NAME of the plan.",
      valueName: "directory"))
  var out: String?

  @Option(help: "Partition; default the cluster's.")
  var partition: String?

  @Option(help: "Longest time of a task, as Slurm writes it; default the cluster's.")
  var time: String?

  @Option(help: "Cores of a task, and threads of it.")
  var cpusPerTask: Int = 1

  @Option(help: "Memory of a task, as Slurm writes it; default the cluster's.")
  var mem: String?

  @Flag(help: "Print both scripts and submit nothing.")
  var dryRun = false

  func validate() throws {
    if !slurm { throw ValidationError("name the engine: --slurm") }
    if !(1...10_000 ~= shards) { throw ValidationError("--shards is 1 to 10000") }
    if cpusPerTask < 1 { throw ValidationError("--cpus-per-task is 1 or more") }
  }

  func run() throws {
    let sweep = try options.sweep(plan)
    let folder = SweepFolder(SweepOptions.absolute(SweepOptions.output(out, plan: plan)))
    let job: SlurmJob
    do {
      try folder.refuseForeign(to: sweep)
      job = try SlurmJob(
        name: URL(fileURLWithPath: plan).deletingPathExtension().lastPathComponent,
        program: try Self.program(), plan: SweepOptions.absolute(plan),
        arguments: try options.arguments(), output: folder.path, shards: shards,
        missing: try missing(sweep, folder),
        resources: SlurmJob.Resources(
          partition: partition, time: time, cores: cpusPerTask, memory: mem))
    } catch let error as SweepError {
      throw Failure.sweep(error)
    }
    if dryRun {
      if let array = job.arrayScript { standardOutput("# sweep.sbatch\n" + array) }
      standardOutput("# merge.sbatch, after the array\n" + job.mergeScript)
      return
    }
    try submit(job)
  }

  /// Shards that have cells to compute.
  private func missing(_ sweep: Sweep, _ folder: SweepFolder) throws(SweepError) -> [Int] {
    var result: Set<Int> = []
    for cell in sweep.cells where try !folder.holds(cell) {
      result.insert(Shard.index(of: cell.index, count: shards))
    }
    return result.sorted()
  }

  private func submit(_ job: SlurmJob) throws {
    let scripts = (sweep: job.output + "/sweep.sbatch", merge: job.output + "/merge.sbatch")
    do {
      try FileManager.default.createDirectory(
        atPath: job.output + "/logs", withIntermediateDirectories: true)
      if let array = job.arrayScript { try TextFile.write(array, to: scripts.sweep) }
      try TextFile.write(job.mergeScript, to: scripts.merge)
    } catch let error as TableError {
      throw Failure(error)
    } catch {
      throw Failure.output("error: \(job.output): cannot be written: \(error.localizedDescription)")
    }
    var dependency: [String] = []
    if job.arrayScript != nil {
      let id = try sbatch([scripts.sweep])
      standardOutput(
        "job \(id): shards \(job.missing.map(String.init).joined(separator: " ")) of \(job.shards)")
      dependency = ["--dependency=afterok:\(id)", "--kill-on-invalid-dep=yes"]
    } else {
      standardOutput("every cell is there")
    }
    let id = try sbatch(dependency + [scripts.merge])
    standardOutput("job \(id): merge into \(job.output)/results.csv")
  }

  /// Submits a script and returns the number of its job.
  private func sbatch(_ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["sbatch", "--parsable"] + arguments
    // A submission from inside a job must not hand that job's array on.
    process.environment = ProcessInfo.processInfo.environment.filter {
      !$0.key.hasPrefix("SLURM_ARRAY_") && !$0.key.hasPrefix("SBATCH_")
    }
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    do {
      try process.run()
    } catch {
      throw Failure.output("error: sbatch cannot be started: \(error.localizedDescription)")
    }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let problem = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let id = text.split(whereSeparator: { $0 == ";" || $0.isNewline }).first.map(String.init)
    guard process.terminationStatus == 0, let id else {
      if process.terminationStatus == 127 {
        throw Failure.input(
          "error: there is no sbatch here: run this where jobs of the cluster are submitted, "
            + "or see what would be with --dry-run")
      }
      throw Failure.input(
        "error: sbatch refused: " + problem.trimmingCharacters(in: .whitespacesAndNewlines))
    }
    return id
  }

  /// Where this program lies.
  private static func program() throws -> String {
    guard
      let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    else { throw Failure.output("error: /proc/self/exe does not say where this program lies") }
    return path
  }
}
