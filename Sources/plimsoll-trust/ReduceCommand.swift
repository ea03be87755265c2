import ArgumentParser
import Catalog
import Foundation
import Trust

/// Makes the scenario of a failing world small, in a process of its own: what is tried on the way may trap.
struct ReduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reduce", abstract: "Make a failing scenario small; worlds starts this.",
    shouldDisplay: false)

  @Option var seed: UInt64
  @Option var broken: String
  @Option var stride: Int64
  @Option var limit: Int
  @Option var path: String

  func run() throws {
    TimeLimit.set(seconds: limit)
    var player = Player(catalog: try Catalog.bundled())
    player.stride = stride
    let own = Trial(player: player, laws: Laws.all.filter { $0.name == broken })
    var reduction = Reduction { own.failure(of: $0)?.law == broken }
    let smallest = reduction.smallest(WorldDice.draft(seed: seed))
    guard let failure = own.failure(of: smallest) else { throw ExitCode(1) }
    try FailingScenario(seed: seed, law: broken, detail: failure.detail, isSmall: true).write(
      smallest, to: path)
    print("  smallest (\(reduction.tries) tries): \(path): \(failure.detail)")
  }
}
