import ArgumentParser
import Catalog
import Dispatch
import Foundation
import Synchronization
import Trust

/// Draws worlds and holds them against all laws.
struct WorldsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worlds", abstract: "Hold random worlds against all laws.")

  @Option(help: "How many worlds.")
  var count = 500

  @Option(help: "Seed of the first world; the others follow.")
  var first: UInt64 = 1

  @Option(help: "Only these laws; default all. May be repeated.")
  var law: [String] = []

  @Option(help: "Worlds at a time.")
  var threads = max(1, ProcessInfo.processInfo.activeProcessorCount)

  @Option(help: "Events between two checks of all sums.")
  var stride: Int64 = 64

  @Option(help: "Folder for the scenarios of failures.")
  var out = "trust-failures"

  @Flag(help: "Print the scenarios and stop.")
  var print = false

  func validate() throws {
    for name in law where !Laws.all.contains(where: { $0.name == name }) {
      let names = Laws.all.map(\.name).joined(separator: ", ")
      throw ValidationError("no law is called '\(name)'; there are \(names)")
    }
    if count < 1 || threads < 1 || stride < 1 {
      throw ValidationError("--count, --threads and --stride are at least 1")
    }
  }

  func run() throws {
    if print {
      for seed in seeds { Swift.print(WorldDice.draft(seed: seed).yaml) }
      return
    }
    var player = Player(catalog: try Catalog.bundled())
    player.stride = stride
    let laws = law.isEmpty ? Laws.all : Laws.all.filter { law.contains($0.name) }
    let trial = Trial(player: player, laws: laws)
    let tally = Mutex(Tally())
    let next = Atomic<UInt64>(first)
    let group = DispatchGroup()
    for _ in 0..<threads {
      DispatchQueue.global().async(group: group) {
        while true {
          let seed = next.add(1, ordering: .relaxed).oldValue
          if seed >= seeds.upperBound { return }
          let draft = WorldDice.draft(seed: seed)
          let outcome = trial.outcome(of: draft)
          tally.withLock { $0.take(outcome, seed: seed) }
        }
      }
    }
    group.wait()
    let result = tally.withLock { $0 }
    let failures = result.failures.sorted { $0.seed < $1.seed }
    for (seed, failure) in failures.prefix(Self.mostShown) {
      try report(failure, seed: seed, trial)
    }
    for (seed, failure) in failures.dropFirst(Self.mostShown) {
      Swift.print("BROKEN: \(failure.law), world \(seed)")
    }
    for (seed, text) in result.refusals.sorted(by: { $0.seed < $1.seed }).prefix(5) {
      Swift.print("refused: world \(seed): \(text.split(separator: "\n").first ?? "")")
    }
    Swift.print(
      "worlds: \(count) tried, \(result.held) held against \(laws.count) laws between runs and "
        + "the simulator's own (\(result.requests) requests, \(result.events) events), "
        + "\(result.refusals.count) refused by the checker: \(result.failures.count) violations")
    // Dice that draw no scenarios would hold nothing against anything.
    if result.refusals.count * 10 > count {
      Swift.print("error: more than a tenth of the worlds is no scenario; the dice need mending")
      throw ExitCode(1)
    }
    if !result.failures.isEmpty { throw ExitCode(1) }
  }

  /// Failures that are made small and told in full; more of them are most often the same again.
  private static let mostShown = 5

  private var seeds: Range<UInt64> { first..<(first + UInt64(count)) }

  /// Makes a failing scenario small, writes it down and says how to see it again.
  private func report(_ failure: Trial.Failure, seed: UInt64, _ trial: Trial) throws {
    let own = Trial(player: trial.player, laws: trial.laws.filter { $0.name == failure.law })
    var reduction = Reduction { own.failure(of: $0)?.law == failure.law }
    let smallest = reduction.smallest(WorldDice.draft(seed: seed))
    try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    let path = "\(out)/\(failure.law)-\(seed).yaml"
    let detail = own.failure(of: smallest)?.detail ?? failure.detail
    let comment =
      "# World \(seed), made smaller: breaks \(failure.law).\n"
      + detail.split(separator: "\n").map { "# \($0)\n" }.joined()
    try Data((comment + smallest.yaml).utf8).write(to: URL(fileURLWithPath: path))
    Swift.print(
      """
      BROKEN: \(failure.law), world \(seed): \(failure.detail)
        smallest (\(reduction.tries) tries): \(path): \(detail)
        to see it again: plimsoll-trust worlds --first \(seed) --count 1 --law \(failure.law)
      """)
  }
}

/// What trials came to.
private struct Tally: Sendable {
  var held = 0
  var requests: Int64 = 0
  var events: Int64 = 0
  var refusals: [(seed: UInt64, text: String)] = []
  var failures: [(seed: UInt64, failure: Trial.Failure)] = []

  mutating func take(_ outcome: Trial.Outcome, seed: UInt64) {
    switch outcome {
    case .refused(let text): refusals.append((seed, text))
    case .held(let requests, let events, _):
      held += 1
      self.requests += requests
      self.events += events
    case .failed(let failure): failures.append((seed, failure))
    }
  }
}
