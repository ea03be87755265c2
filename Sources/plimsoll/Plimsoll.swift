import ArgumentParser
import Glibc
import Multicloud
import Runner

/// The command line: arguments in, exit codes out.
@main
struct Plimsoll: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plimsoll",
    abstract: "Simulate GPU capacity over several clouds, request by request.",
    discussion: """
      Plimsoll answers, before anyone signs or buys: which placement of GPU capacity, over which \
      clouds and regions, serves this demand within its latency targets.

      Examples:
        plimsoll init > my.yaml              a commented scenario to start from
        plimsoll validate my.yaml            check it without running
        plimsoll run my.yaml --out out/my    simulate it; tables under out/my
        plimsoll run my.yaml --set workloads.chat.arrivals.poisson=200/s
        plimsoll check my.yaml --baseline baselines   what got worse since the baseline was made
        plimsoll catalog prices gpt-5        the facts simulations are made from

      Exit codes: 0 done, 1 a latency target or an assertion was missed (run --gate) or a \
      check failed, 2 bad input, \
      3 output could not be written, memory ran out or something inside is broken, 130 interrupted.
      """,
    version: Version.current,
    subcommands: [
      RunCommand.self, CompareCommand.self, CheckCommand.self, SweepCommand.self,
      EstimateCommand.self, PlanCommand.self, ReportCommand.self, ExplainCommand.self,
      TraceCommand.self, FitSpotCommand.self, CalibrateCommand.self, CatalogCommand.self,
      ValidateCommand.self, SchemaCommand.self, InitCommand.self,
    ])

  /// Runs the command given on the command line and ends the process with the documented codes,
  /// which are not those of the argument parser.
  static func main() {
    // A reader that goes away shall be an error of a write, not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    CrashReport.install()
    Streams.complete()
    MemoryWatch.begin(.automatic)
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as Failure {
      standardError(failure.message)
      Glibc.exit(failure.code)
    } catch let violation as InvariantViolation {
      let failure = Failure(violation)
      standardError(failure.message)
      Glibc.exit(failure.code)
    } catch let error as RunError {
      let failure = Failure(error)
      standardError(failure.message)
      Glibc.exit(failure.code)
    } catch {
      let code = exitCode(for: error)
      if code == .success {
        standardOutput(fullMessage(for: error))
        Glibc.exit(0)
      }
      if let code = (error as? ExitCode)?.rawValue { Glibc.exit(code) }
      standardError(fullMessage(for: error))
      Glibc.exit(code == .validationFailure ? 2 : 3)
    }
  }
}
