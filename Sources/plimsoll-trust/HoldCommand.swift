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

  @OptionGroup var laws: LawOptions

  @Option(help: "Events between two checks of all sums.")
  var stride: Int64 = 1

  func validate() throws {
    if stride < 1 { throw ValidationError("--stride is at least 1") }
  }

  func run() throws {
    var player = Player(catalog: try Catalog.bundled())
    player.stride = stride
    var isBroken = false
    for path in scenarios {
      let draft = try Draft(yaml: String(contentsOfFile: path, encoding: .utf8))
      switch Trial(player: player, laws: laws.chosen).outcome(of: draft) {
      case .held(let held):
        let silent =
          held.skipped.isEmpty
          ? "" : "; nothing to say of it: " + held.skipped.joined(separator: ", ")
        print(
          "\(path): \(held.requests) requests, \(held.events) events: "
            + "\(held.applied.count) laws applied, all hold\(silent)")
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
