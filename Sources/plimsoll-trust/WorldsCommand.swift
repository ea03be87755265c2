import ArgumentParser
import Foundation
import Glibc
import Trust

/// Draws worlds and holds them against all laws.
struct WorldsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worlds", abstract: "Hold random worlds against all laws.")

  @Option(help: "How many worlds.")
  var count = 500

  @Option(help: "Seed of the first world; the others follow.")
  var first: UInt64 = 1

  @OptionGroup var laws: LawOptions

  @Option(help: "Worlds at a time, each in a process of its own.")
  var threads = max(1, ProcessInfo.processInfo.activeProcessorCount)

  @Option(help: "Events between two checks of all sums.")
  var stride: Int64 = 64

  @Option(help: "Seconds of processor time for a world and its laws; one that takes more hangs.")
  var limit = 120

  @Option(help: "Folder for the scenarios of failures.")
  var out = ".build/trust"

  @Flag(help: "Print the scenarios and stop.")
  var print = false

  @OptionGroup var planted: PlantedFaults

  func validate() throws {
    if count < 1 || threads < 1 || stride < 1 || limit < 1 {
      throw ValidationError("--count, --threads, --stride and --limit are at least 1")
    }
  }

  func run() throws {
    let seeds = first..<(first + UInt64(count))
    if print {
      for seed in seeds { Swift.print(WorldDice.draft(seed: seed).yaml) }
      return
    }
    try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    let search = WorldSearch(
      seeds: seeds, processes: threads, limit: limit,
      options: ["--stride", "\(stride)"] + laws.law.flatMap { ["--law", $0] } + planted.arguments,
      folder: out)
    let reports = try search.play()
    let failures = reports.filter { $0.kind == .failed || $0.kind == .crashed }
    for (place, failure) in failures.enumerated() {
      try tell(failure, inFull: place < Self.mostShown)
    }
    let refusals = reports.filter { $0.kind == .refused }
    for refusal in refusals.prefix(Self.mostShown) {
      let line = refusal.detail.split(separator: "\n").first ?? ""
      Swift.print("refused: world \(refusal.seed): \(line)")
    }
    let table = LawTable(laws: laws.chosen.map(\.name), reports)
    Swift.print(table.text)
    let held = reports.filter { $0.kind == .held }
    Swift.print(
      "worlds: \(count) tried, \(held.count) held against the simulator's own laws and those of "
        + "\(table.rows.count) that apply (\(held.reduce(0) { $0 + $1.requests }) requests, "
        + "\(held.reduce(0) { $0 + $1.events }) events), \(refusals.count) refused by the checker: "
        + "\(failures.count) violations")
    var isGood = failures.isEmpty
    // Dice that draw no scenarios would hold nothing against anything.
    if refusals.count * 10 > count {
      Swift.print("error: more than a tenth of the worlds is no scenario; the dice need mending")
      isGood = false
    }
    for row in table.untried {
      Swift.print(
        "error: \(row.law) applies to \(row.applied) of \(row.applied + row.skipped) worlds; "
          + "the dice or the law need mending")
      isGood = false
    }
    if !isGood { throw ExitCode(1) }
  }

  /// Failures that are made small and told in full; more of them are most often the same again.
  private static let mostShown = 5

  /// Reducing plays many worlds.
  private static let worldsOfReduction = 10

  /// Writes a failing scenario down, smaller where that goes, and says how to see it again.
  private func tell(_ failure: WorldReport, inFull: Bool) throws {
    let law = failure.kind == .crashed ? "crash" : failure.law
    let path = "\(out)/\(law)-\(failure.seed).yaml"
    let draft = WorldDice.draft(seed: failure.seed)
    try FailingScenario(seed: failure.seed, law: law, detail: failure.detail).write(draft, to: path)
    let line = failure.detail.split(separator: "\n").first ?? ""
    Swift.print("BROKEN: \(law), world \(failure.seed): \(inFull ? failure.detail : String(line))")
    if inFull, failure.kind == .failed {
      // The child prints too.
      fflush(nil)
      let end = try ChildProcess.run(
        [
          "reduce", "--seed", "\(failure.seed)", "--broken", failure.law, "--stride", "\(stride)",
          "--limit", "\(limit * Self.worldsOfReduction)", "--path", path,
        ], scratch: path)
      if end.signal != nil || end.status != 0 {
        Swift.print("  it could not be made smaller: \(path) holds the whole world")
      }
    }
    Swift.print("  to see it again: plimsoll-trust hold \(path)")
  }
}
