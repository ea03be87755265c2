import ArgumentParser
import FuzzTargets

/// Tries what the program's parsers make of inputs that nobody would write.
@main
struct PlimsollFuzz: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plimsoll-fuzz",
    abstract: "Try the program's parsers with inputs that nobody would write.",
    discussion: """
      Every parser has a target; a target takes any bytes and says whether they were accepted, refused, or \
      broke a promise: no trap, no hang, no memory without bound, a message that says what is wrong and where, \
      what is written reads back. Findings are kept as files; replay plays one again. See docs/fuzzing.md.

      Examples:
        plimsoll-fuzz mutate --inputs 100000
        plimsoll-fuzz mutate --inputs 5000 --target scenario --seed 7
        plimsoll-fuzz replay scenario .build/fuzz/findings/scenario-1-4711
        plimsoll-fuzz list
      """,
    subcommands: [
      MutateCommand.self, ReplayCommand.self, ListCommand.self, DictionaryCommand.self,
      InputsCommand.self, WorkerCommand.self, GuideCommand.self,
    ])

  /// The target of a name.
  static func target(_ name: String) throws -> FuzzTarget {
    guard let target = FuzzTargets.named(name) else {
      throw ValidationError(
        "no target '\(name)'; there are \(FuzzTargets.all.map(\.name).joined(separator: ", "))")
    }
    return target
  }
}
