import ArgumentParser
import Tables
import Workload

struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Work with recorded traces.",
    subcommands: [
      TraceImportCommand.self, TraceDescribeCommand.self, TraceProfileCommand.self,
    ])
}

struct TraceProfileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile",
    abstract: "Print a compact profile of a trace: counts by second, lengths in joint bins.",
    discussion: """
      A profile replays like its trace, a second at a time, and holds no single request: fit to be \
      shared where the recording is not.

      Example:
        plimsoll trace profile azure2023_conv.csv --name azure-llm-2023-conv \\
          --provenance "source: AzurePublicDataset, CC-BY 4.0" > azure-llm-2023-conv.profile.csv
      """)

  @Argument(help: "Trace, CSV.", completion: .file(extensions: ["csv"]))
  var trace: String

  @Option(help: "Name of the profile.")
  var name: String

  @Option(help: "A line on where the trace comes from; may be given several times.")
  var provenance: [String] = []

  @Option(help: "Bins per doubling of a length, as a power of two: 3 means eight.")
  var bits = 3

  func validate() throws {
    if !(0...6).contains(bits) { throw ValidationError("--bits is from 0 to 6") }
    for line in provenance where line.unicodeScalars.contains(where: { $0.value < 32 }) {
      throw ValidationError(
        "--provenance is one line without control characters; give it once a line")
    }
  }

  func run() throws {
    let bytes: [UInt8]
    do {
      bytes = try RowFile.contents(of: trace)
    } catch {
      throw Failure.input("error: \(error)")
    }
    do {
      let rows = try TraceRows(csv: bytes, name: trace)
      let profile = try TraceProfile(
        rows, name: name, provenance: provenance, bitsOfLength: bits)
      standardOutput(profile.text)
    } catch {
      throw Failure.input("error: \(error)")
    }
  }
}
