import ArgumentParser
import Catalog
import Multicloud
import Scenario
import SimulationKernel
import Tables
import Workload

struct FitSpotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit-spot",
    abstract: "Fit spot markets to recorded availability, and show how well they fit.",
    discussion: """
      Reads intervals of availability (CSV with zone, t_s, duration_s and available_nodes), fits spells \
      with and without capacity to every zone and shared shortages to every region, plays the fitted \
      markets and sets their figures beside those recorded. --out writes the markets as YAML for a \
      scenario.

      Examples:
        plimsoll fit-spot spot_availability_intervals.csv --instance v100_1 --start 02-15-2023
        plimsoll fit-spot intervals.csv --level 64 --accelerator H100-SXM --out markets.yaml
        plimsoll fit-spot intervals.csv --json
      """)

  @Argument(help: "Intervals of availability, CSV.", completion: .file(extensions: ["csv"]))
  var intervals: String

  @Option(help: "Instance whose recordings are fitted; needed where the file has several.")
  var instance: String?

  @Option(help: "Start of the recordings as the file writes it; needed where the file has several.")
  var start: String?

  @Option(help: "Courses that are played.")
  var seeds = 40

  @Option(help: "Accelerators that a zone of the written markets has while it has some.")
  var level = 8

  @Option(help: "Cloud of the written markets; needed where the file does not say.")
  var cloud: String?

  @Option(help: "Accelerator of the written markets, from the catalog; default none.")
  var accelerator: String?

  @Option(help: "Write the markets to this file, as YAML.", completion: .file())
  var out: String?

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    if !(1...10_000).contains(seeds) { throw ValidationError("--seeds is from 1 to 10000") }
    if !(1...1_000_000).contains(level) { throw ValidationError("--level is from 1 to 1000000") }
  }

  func run() throws {
    try OutputPlace.refuse([("--out", out)], over: [intervals])
    if let accelerator { try check(accelerator) }
    let series = try chosen(try read())
    let fit: SpotFit
    do {
      fit = try SpotFit(
        series.map { SpotRecord(name: $0.zone, region: $0.region, recording: $0.recording) })
    } catch {
      throw Failure.input("error: \(intervals): \(error)")
    }
    let place = cloud ?? series[0].cloud
    if out != nil, place.isEmpty {
      throw Failure.input("error: \(intervals) does not say which cloud it is of: give --cloud")
    }
    let trial = SpotFitTrial(fit, seeds: 1..<UInt64(seeds) + 1)
    let text = SpotFitText(fit: fit, trial: trial, seeds: seeds)
    let answer = json ? text.json : text.tables
    if let out {
      let file = intervals.split(separator: "/").last.map(String.init) ?? intervals
      let yaml = MarketsYAML(
        fit: fit, cloud: place, level: level,
        accelerator: accelerator,
        origin: [
          file,
          [series[0].instance, series[0].start].filter { !$0.isEmpty }.joined(separator: " "),
        ]
        .filter { !$0.isEmpty }.joined(separator: ", "))
      do {
        try TextFile.write(yaml.text, to: out)
      } catch {
        throw Failure(error)
      }
    }
    standardOutput(answer)
  }

  private func check(_ name: String) throws {
    let catalog = try Catalog.withTables(ofFolder: nil)
    guard catalog.accelerator(named: name) == nil else { return }
    let hint = NearestName.hint(for: name, among: catalog.acceleratorNames)
    throw Failure.input("error: the catalog has no accelerator '\(name)'\(hint)")
  }

  private func read() throws -> AvailabilityFile {
    let bytes: [UInt8]
    do {
      bytes = try RowFile.contents(of: intervals, maximumBytes: 1 << 28)
    } catch {
      throw Failure(error)
    }
    do {
      return try AvailabilityFile(csv: bytes, name: intervals)
    } catch {
      throw Failure.input("error: \(error)")
    }
  }

  /// The recordings to fit: each zone once.
  private func chosen(_ file: AvailabilityFile) throws -> [AvailabilityFile.Series] {
    let series = file.matching(instance: instance, start: start)
    var kinds: [String] = []
    for one in series.isEmpty ? file.series : series {
      let kind = "--instance '\(one.instance)' --start '\(one.start)'"
      if !kinds.contains(kind) { kinds.append(kind) }
    }
    let list = kinds.map { "\n  \($0)" }.joined()
    if series.isEmpty {
      throw Failure.input("error: \(intervals) has no such recordings; it has\(list)")
    }
    if kinds.count > 1 {
      throw Failure.input(
        "error: \(intervals) has recordings of several kinds; choose one of\(list)")
    }
    return series
  }
}
