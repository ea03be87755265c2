import Glibc
import SimulationKernel
import Testing

@testable import Tables

/// A directory of its own for one test, removed with everything in it when the test lets it go.
final class TemporaryDirectory {
  let path: String

  init() {
    var template = Array("/tmp/plimsoll-tables-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { fatalError("cannot create a temporary directory") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { remove(path) }

  subscript(_ name: String) -> String { path + "/" + name }

  private func remove(_ path: String) {
    chmod(path, 0o700)
    for name in (try? Directory.entries(of: path)) ?? [] {
      if unlink(path + "/" + name) != 0 { remove(path + "/" + name) }
    }
    rmdir(path)
  }
}

/// The whole text of a file.
func contents(_ path: String) throws -> String {
  String(decoding: try InputFile.contents(of: path, maximumBytes: 1 << 30), as: UTF8.self)
}

/// Writes a file as it is told.
func put(_ text: String, _ path: String) throws {
  let file = try OutputFile(creating: path)
  try file.write(bytes: Array(text.utf8))
  _ = try file.close()
}

func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

let sampleNames = RequestsTable.Names(
  workloads: ["answers", "agents, long"], origins: ["us-east", "eu-west"],
  models: ["llama-3.3-70b-fp8"], deployments: ["azure/eastus2/h100", "aws/us-east-1/\"spot\""],
  reasons: ["queue-full"], tenants: [("search", "a,b"), ("", "")])

let sampleManifest = Manifest(
  toolVersion: "0.1.0", scenario: .init(name: "scenarios/flagship.yaml", contents: "a: 1\n".utf8),
  inputs: [.init(name: "trace.csv", bytes: 12, sha256: String(repeating: "0", count: 64))],
  seed: .max, overrides: ["horizon=1h"], startedUnixSeconds: 1_769_674_500,
  wall: Duration(nanoseconds: 1_234_567_891), simulated: .seconds(3600), requests: 2, events: 7,
  fingerprint: 0xAB)

func sampleRow(_ id: UInt64) -> RequestsTable.Row {
  RequestsTable.Row(
    requestID: id, workload: Int(id % 2), origin: 1, model: 0, deployment: 0, replica: 3,
    status: .completed, attempts: 2, arrival: SimTime(nanoseconds: 1_000_000_007),
    promptTokens: 512, cachedTokens: 128, outputTokens: 4, estimatedOutputTokens: 128,
    network: .milliseconds(12),
    queue: Duration(nanoseconds: 1), timeToFirstToken: Duration(nanoseconds: 123_456_789),
    timePerOutputToken: RequestsTable.timePerOutputToken(
      decode: Duration(nanoseconds: 100), outputTokens: 4),
    endToEnd: .seconds(2), serverTimeToFirstToken: .microseconds(5),
    serverEndToEnd: Duration(nanoseconds: 999_999), preemptions: 1, metObjective: true,
    picodollars: 1_250_000_000_003)
}

/// Writes a small run with two requests and one figure, and closes it.
func writeRun(
  _ path: String, metric: String = "requests", companions: [String] = []
) throws {
  let run = try RunDirectory(path, companions: companions)
  var requests = try run.requests(names: sampleNames)
  var summary = try run.summary()
  try requests.append(sampleRow(0))
  try requests.append(sampleRow(1))
  try summary.append(.init(metric: metric, unit: "requests", value: .integer(2)))
  for name in companions { try run.write("{}\n".utf8, as: name) }
  try run.complete(sampleManifest, tables: [try requests.finish(), try summary.finish()])
}
