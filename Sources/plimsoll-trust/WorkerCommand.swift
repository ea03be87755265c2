import ArgumentParser
import Catalog
import Glibc
import Trust

/// What one process of `worlds` does: some worlds, one after another.
struct WorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker", abstract: "Try some worlds; worlds starts this.", shouldDisplay: false)

  @Option var from: UInt64
  @Option var until: UInt64
  @Option var journal: String
  @Option var limit: Int
  @Option var stride: Int64
  @OptionGroup var laws: LawOptions
  @OptionGroup var planted: PlantedFaults

  func run() throws {
    var player = Player(catalog: try Catalog.bundled())
    player.stride = stride
    let trial = Trial(player: player, laws: laws.chosen)
    let journal = try Journal(path: journal)
    let parent = getppid()
    for seed in from..<until {
      // Nobody waits for the rest where the search was stopped.
      guard getppid() == parent else { throw ExitCode(1) }
      try journal.note(WorldReport(seed: seed, kind: .begun))
      TimeLimit.set(seconds: limit)
      planted.strike(seed)
      let outcome = trial.outcome(of: WorldDice.draft(seed: seed))
      TimeLimit.set(seconds: 0)
      try journal.note(WorldReport(outcome, seed: seed))
    }
  }
}
