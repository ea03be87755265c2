import ArgumentParser
import Catalog
import Foundation
import Trust

/// Holds scenario files against all laws: what a search has left, or a user's own.
struct HoldCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold", abstract: "Hold scenario files against all laws.")

  @Argument(help: "Scenario files, such as those that a failed search has left.")
  var scenarios: [String]

  @Option(help: "Only these laws; default all. May be repeated.")
  var law: [String] = []

  @Option(help: "Events between two checks of all sums.")
  var stride: Int64 = 1

  func run() throws {
    var player = Player(catalog: try Catalog.bundled())
    player.stride = max(1, stride)
    let laws = law.isEmpty ? Laws.all : Laws.all.filter { law.contains($0.name) }
    var isBroken = false
    for path in scenarios {
      let draft = try Draft(yaml: String(contentsOfFile: path, encoding: .utf8))
      switch Trial(player: player, laws: laws).outcome(of: draft) {
      case .held(let requests, let events, let skipped):
        print(
          "\(path): \(requests) requests, \(events) events: all laws hold, "
            + "\(skipped) say nothing of it")
      case .refused(let text):
        throw ValidationError(text)
      case .failed(let failure):
        print("\(path): BROKEN: \(failure.law): \(failure.detail)")
        isBroken = true
      }
    }
    if isBroken { throw ExitCode(1) }
  }
}
