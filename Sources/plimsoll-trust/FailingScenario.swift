import Foundation
import Trust

/// The file of a failing scenario: what is wrong with it as comments, then the scenario.
struct FailingScenario {
  /// Seed of the world.
  var seed: UInt64
  /// What is broken.
  var law: String
  /// How.
  var detail: String
  /// Whether it is made smaller than the world was.
  var isSmall = false

  /// Writes it.
  func write(_ draft: Draft, to path: String) throws {
    let comment =
      "# World \(seed)\(isSmall ? ", made smaller" : ""): breaks \(law).\n"
      + detail.split(separator: "\n").map { "# \($0)\n" }.joined()
    try Data((comment + draft.yaml).utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
  }
}
