import ArgumentParser
import FuzzTargets
import Glibc

/// What one process of `mutate` does: a part of the inputs of one target, until one of them ends it.
struct WorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker", abstract: "Try a part of a target's inputs; mutate starts this.",
    shouldDisplay: false)

  @Option var target: String
  @Option var seed: UInt64
  @Option var from: Int
  @Option var until: Int
  @Option var slot: String
  @Option var limit: Int
  @Option var memory: Int
  @OptionGroup var corpus: CorpusOptions

  func run() throws {
    let target = try PlimsollFuzz.target(target)
    let slot = try InputSlot(path: slot)
    let inputs = try corpus.inputs(of: target)
    let mutator = Mutator(target, corpus: inputs, seed: seed)
    // What is made once (catalogs, templates) is no input's doing.
    if let first = inputs.first { _ = target.run(first) }
    ProcessLimits.boundMemory(megabytes: memory)
    for number in from..<until {
      let input = mutator.mutant(number)
      slot.begin(number, input)
      ProcessLimits.boundTime(seconds: limit)
      let outcome = target.run(input)
      slot.end(outcome)
      if case .violation = outcome { throw ExitCode(1) }
    }
    ProcessLimits.boundTime(seconds: 0)
  }
}
