import ArgumentParser

/// The developers' tool that tries to break Plimsoll.
@main
struct PlimsollTrust: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plimsoll-trust",
    abstract: "Try to break Plimsoll with random worlds.",
    discussion: """
      Examples:
        plimsoll-trust worlds --count 500          hold 500 random worlds against all laws
        plimsoll-trust worlds --first 4711 --count 1 --print   the scenario of a seed
        plimsoll-trust hold scenario.yaml          hold one scenario against all laws
        plimsoll-trust laws                        what is held against them
      """,
    subcommands: [
      WorldsCommand.self, HoldCommand.self, LawsCommand.self, WorkerCommand.self,
      ReduceCommand.self,
    ])
}
