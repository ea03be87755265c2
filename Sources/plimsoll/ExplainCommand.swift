import ArgumentParser
import Report
import Tables

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Tell one request's story from a run's tables.",
    discussion: """
      Every routing decision with its runner-up, every attempt with its cause, every wait, and where \
      the time went. Decisions and attempts are in runs with --tables audit; who was not eligible and \
      why, in runs with --tables full.

      Examples:
        plimsoll run scenarios/account-failure.yaml --tables full --out out/failure
        plimsoll explain out/failure 48213
        plimsoll explain out/failure 48213 --format json
      """)

  @Argument(help: "Directory of the run.", completion: .directory)
  var directory: String

  @Argument(help: "Number of the request, from the column request_id.")
  var request: UInt64

  @Option(help: "How to print it: table (plain words) or json.")
  var format: StoryFormat = .table

  enum StoryFormat: String, ExpressibleByArgument, CaseIterable {
    case table
    case json
  }

  func run() throws {
    do {
      let story = try Explanation(run: directory, request: request)
      standardOutput(format == .json ? story.json : story.lines.joined(separator: "\n"))
    } catch let error as ExplanationError {
      throw Failure.input("error: \(error)")
    } catch let error as TableError {
      throw Failure.input("error: \(error)")
    }
  }
}
