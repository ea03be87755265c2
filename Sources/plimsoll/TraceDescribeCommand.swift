import ArgumentParser
import Recordings
import Tables
import Workload

struct TraceDescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Say what a trace is like, and how near synthetic demand comes to it.",
    discussion: """
      Reads a trace of any format that trace import takes. Prints rate and peak, the index of dispersion \
      of counts (1 for Poisson, more for bursts) through windows of a second to ten minutes, lengths, \
      what prompts share where their blocks are hashed, and synthetic arrivals and lengths fitted to the \
      trace with their distances, as keys of a scenario.

      Examples:
        plimsoll trace describe azure2023_conv.csv
        plimsoll trace describe mooncake_trace.jsonl --json
      """)

  @OptionGroup var source: TraceSourceOptions

  @Option(help: "Courses of each synthetic twin that are played.")
  var seeds = 10

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    if !(1...1000).contains(seeds) { throw ValidationError("--seeds is from 1 to 1000") }
  }

  func run() throws {
    let (format, trace) = try source.read()
    let description: TraceDescription
    do {
      description = try TraceDescription(trace, name: source.trace, seeds: seeds)
    } catch {
      throw Failure.input("error: \(error)")
    }
    let text = TraceDescriptionText(
      description: description, name: source.trace, format: format, notes: source.notes(trace))
    standardOutput(json ? text.json : text.text)
  }
}
