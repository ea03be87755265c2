import Multicloud
import Runner
import Scenario
import Tables

/// A failure as the user meets it: a message and an exit code.
struct Failure: Error {
  var code: Int32
  var message: String

  /// The input is wrong: exit code 2.
  static func input(_ message: String) -> Failure { Failure(code: 2, message: message) }

  /// Output failed or something inside is broken: exit code 3.
  static func output(_ message: String) -> Failure { Failure(code: 3, message: message) }

  init(code: Int32, message: String) {
    self.code = code
    self.message = message
  }

  init(_ error: ScenarioError) { self = .input(error.description) }

  init(_ error: RunError) {
    switch error {
    case .demand: self = .input("error: \(error)")
    case .output(let cause): self = Failure(cause)
    case .broken(let violation): self = Failure(violation)
    case .memory: self = .output("error: memory: \(error)")
    }
  }

  /// The simulator has broken a law of its own: exit code 3.
  ///
  /// - Parameter part: Of what the run is a part, with a colon and a blank; empty where it is all.
  init(_ violation: InvariantViolation, part: String = "") {
    self = .output(
      """
      internal error: \(part)\(violation)
        This is an error of Plimsoll \(Version.current), not of the scenario. No table of that run was written.
        To see it again: \(Replay.command)
        Please report it with that command, the scenario and the files it names.
      """)
  }

  init(_ error: TableError) {
    let text = "error: \(error)"
    switch error.kind {
    case .system: self = .output(text)
    default: self = .input(text)
    }
  }
}
