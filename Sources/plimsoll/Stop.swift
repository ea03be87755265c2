import ArgumentParser

/// Whether work in progress shall end early, and with what the program ends then.
enum Stop {
  /// Whether somebody asked for it, or memory runs out. Microseconds; from any thread.
  static var isWanted: Bool { Interruption.isRequested || !MemoryWatch.isWithinLimit }

  /// What the program ends with: a failure that says how much memory it held, or code 130.
  static var reason: any Error {
    MemoryWatch.problem.map { Failure.output("error: memory: \($0)") } ?? ExitCode(130)
  }
}
