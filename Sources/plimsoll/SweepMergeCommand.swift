import ArgumentParser
import Experiment
import Report
import Scenario

struct SweepMergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Bring the cells of one or many folders together in one table.",
    discussion: """
      The table is the same to the byte whatever the number of shards and the order of the folders. Give the \
      plan and the options that the sweep ran with. Cells that are missing, of another plan or version, or \
      that differ between two folders are refused.

      Example:
        plimsoll sweep merge out/a out/b --plan plan.yaml --out results.csv
      """)

  @Argument(help: "Output folders of the sweep's parts.", completion: .directory)
  var folders: [String]

  @Option(
    help: ArgumentHelp("The plan that was run.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var plan: String

  @OptionGroup var options: SweepOptions

  @Option(help: ArgumentHelp("The table to write.", valueName: "file"))
  var out: String

  @Flag(help: "Merge what there is, though cells are missing.")
  var partial = false

  func validate() throws {
    if folders.isEmpty { throw ValidationError("name at least one folder") }
  }

  func run() throws {
    Interruption.watch()
    let sweep = try options.sweep(plan)
    try OutputPlace.refuse(
      [("--out", out)],
      over: [plan, sweep.plan.scenarioPath]
        + folders.flatMap { OutputPlace.files(in: $0) + OutputPlace.files(in: $0 + "/cells") })
    do {
      let outcome = try SweepMerge(
        sweep, from: folders.map { SweepFolder($0) }, allowsMissing: partial
      ).write(to: out)
      let missing = outcome.missing.isEmpty ? "" : ", \(outcome.missing.count) missing"
      standardOutput(
        "\(Quantity.grouped(Int64(outcome.cells))) cells\(missing), "
          + "\(Quantity.grouped(Int64(outcome.rows))) rows: \(out)")
    } catch {
      throw Failure.sweep(error)
    }
  }
}
