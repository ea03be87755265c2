import ArgumentParser
import Multicloud
import Trust

/// Lists what must hold.
struct LawsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "laws", abstract: "List the laws that worlds are held against.")

  func run() {
    print("Laws of the simulator, checked in every run:")
    for law in Invariant.allCases { print("  \(law.rawValue): \(law.statement)") }
    print("Laws between scenarios and runs:")
    for law in Laws.all { print("  \(law.name): \(law.statement)") }
  }
}
