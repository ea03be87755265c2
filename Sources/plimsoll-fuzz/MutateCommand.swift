import ArgumentParser
import Foundation
import FuzzTargets

/// Mutants of the corpus over all targets, the same ones on every machine.
struct MutateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mutate",
    abstract: "Try mutants of the corpus, the same ones for the same seed, over all targets.",
    discussion: """
      Inputs are tried in processes of their own, so that one that traps, hangs or takes too much memory is \
      a finding and not the end. Exit code 1 where there was one.
      """)

  @Option(help: "How many, over all targets.")
  var inputs = 100_000

  @Option(help: "Seed of the mutations.")
  var seed: UInt64 = 1

  @Option(help: "Only this target; may be given several times.")
  var target: [String] = []

  @Option(help: "Processor time one input may take, seconds.")
  var limit = 10

  @Option(help: "Memory the inputs of a process may take, MiB.")
  var memory = 1024

  @Option(help: "Processes at a time; default one a core.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: "Folder for inputs that broke a promise.")
  var findings = ".build/fuzz/findings"

  @OptionGroup var corpus: CorpusOptions

  func validate() throws {
    for (name, value) in [("inputs", inputs), ("limit", limit), ("memory", memory), ("jobs", jobs)]
    where value < 1 {
      throw ValidationError("--\(name) is 1 or more")
    }
  }

  func run() throws {
    let targets = try target.isEmpty ? FuzzTargets.all : target.map { try PlimsollFuzz.target($0) }
    for target in targets { _ = try corpus.inputs(of: target) }
    let begin = ContinuousClock.now
    let run = MutationRun(self, targets)
    let counts = try run.play()
    let seconds = Int((ContinuousClock.now - begin) / .seconds(1))
    print(CountTable.text(counts))
    let tried = counts.reduce(0) { $0 + $1.tried }
    let violations = counts.reduce(0) { $0 + $1.violations }
    print(
      "fuzz: \(tried) mutated inputs over \(counts.count) parsers: \(violations) violations "
        + "(seed \(seed), \(seconds) s)")
    if violations > 0 || tried != inputs { throw ExitCode(1) }
  }
}
