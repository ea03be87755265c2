import ArgumentParser

/// Predicted against measured.
@main
struct PlimsollValidate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plimsoll-validate",
    abstract: "Compare what the simulator says with what real engines did.",
    subcommands: [LogCommand.self, PointsCommand.self, DriftCommand.self],
    defaultSubcommand: LogCommand.self)
}
