import FoundationEssentials
import Glibc
import SimulationKernel

/// `manifest.json`: what a run was, from what, and which files it left.
///
/// It is the last file a run writes, so a directory without one holds no whole run. Unlike the
/// tables it differs between equal runs: it holds the wall time.
public struct Manifest: Hashable, Sendable {
  /// Name of the file.
  public static let fileName = "manifest.json"

  /// Version of the manifest's own shape.
  public static let formatVersion = 1

  /// A file the run was made from.
  public struct Input: Hashable, Sendable {
    /// Path or name as the scenario or the command line gave it.
    public var name: String
    /// Length in bytes.
    public var bytes: Int
    /// SHA-256 of its bytes, 64 hexadecimal digits.
    public var sha256: String

    /// Creates an input from known figures.
    public init(name: String, bytes: Int, sha256: String) {
      self.name = name
      self.bytes = bytes
      self.sha256 = sha256
    }

    /// Creates an input from its bytes. O(bytes).
    public init(name: String, contents: some Collection<UInt8>) {
      self.init(name: name, bytes: contents.count, sha256: SHA256.hexDigest(of: contents))
    }
  }

  /// Version of the program.
  public var toolVersion: String
  /// The scenario file.
  public var scenario: Input
  /// Every other input: traces, catalogs.
  public var inputs: [Input]
  /// Seed of every random stream.
  public var seed: UInt64
  /// Overrides of the scenario, as given, in order.
  public var overrides: [String]
  /// When the run started, seconds since 1970-01-01 UTC; in the years 0 to 9999, whatever the clock said.
  public var startedUnixSeconds: Int64
  /// How long it took by the wall clock.
  public var wall: Duration
  /// Whether it reached its end; `RunDirectory` sets it.
  public var isComplete: Bool
  /// Simulated time reached.
  public var simulated: Duration
  /// Requests that arrived.
  public var requests: Int
  /// Events handled.
  public var events: Int
  /// Fingerprint of the event sequence: equal for equal runs.
  public var fingerprint: UInt64
  /// Tables and other files the run left; `RunDirectory` sets them.
  public var tables: [FinishedTable]

  /// Creates a manifest of a run whose files are not written yet.
  public init(
    toolVersion: String, scenario: Input, inputs: [Input] = [], seed: UInt64,
    overrides: [String] = [], startedUnixSeconds: Int64, wall: Duration, simulated: Duration,
    requests: Int, events: Int, fingerprint: UInt64
  ) {
    self.toolVersion = toolVersion
    self.scenario = scenario
    self.inputs = inputs
    self.seed = seed
    self.overrides = overrides
    // What a clock that is off shows must be readable again.
    self.startedUnixSeconds = min(
      max(startedUnixSeconds, UTCTime.range.lowerBound), UTCTime.range.upperBound)
    self.wall = wall
    isComplete = false
    self.simulated = simulated
    self.requests = requests
    self.events = events
    self.fingerprint = fingerprint
    tables = []
  }

  /// The file's text; keys in a fixed order.
  public func json() -> String {
    var json = JSONWriter()
    func add(_ input: Input, _ key: String?) {
      json.beginObject(key)
      json.string(input.name, "name")
      json.integer(input.bytes, "bytes")
      json.string(input.sha256, "sha256")
      json.end()
    }
    json.beginObject()
    json.integer(Self.formatVersion, "format_version")
    json.string(toolVersion, "tool_version")
    json.boolean(isComplete, "complete")
    add(scenario, "scenario")
    json.beginArray("inputs")
    for input in inputs { add(input, nil) }
    json.end()
    json.integer(seed, "seed")
    json.beginArray("overrides")
    for override in overrides { json.string(override) }
    json.end()
    json.string(UTCTime.text(unixSeconds: startedUnixSeconds), "started_utc")
    json.fixed(wall.nanoseconds, decimals: 9, "wall_seconds")
    json.fixed(simulated.nanoseconds, decimals: 9, "simulated_seconds")
    json.integer(requests, "requests")
    json.integer(events, "events")
    json.string(Self.hexadecimal(fingerprint), "fingerprint")
    json.beginArray("tables")
    for table in tables {
      json.beginObject()
      json.string(table.file, "name")
      json.integer(table.version, "version")
      json.integer(table.rows, "rows")
      json.integer(table.bytes, "bytes")
      json.string(table.sha256, "sha256")
      json.end()
    }
    json.end()
    json.end()
    return json.finish()
  }

  /// Reads the manifest of the run in `directory`.
  ///
  /// Throws `incomplete` where there is none, and `malformed` or `version` where it is not one of
  /// this format.
  public init(directory: String) throws(TableError) {
    let path = directory + "/" + Self.fileName
    let bytes: [UInt8]
    do {
      bytes = try InputFile.contents(of: path, maximumBytes: 64 << 20)
    } catch {
      guard case .system(ENOENT) = error.kind else { throw error }
      throw TableError(
        .incomplete, path: directory,
        problem: "no \(Self.fileName): the run was killed, has failed, or is still going",
        advice: "run the scenario again")
    }
    try self.init(json: bytes, path: path)
  }

  /// Reads a manifest from its text; `path` is for messages.
  public init(json: some Sequence<UInt8>, path: String) throws(TableError) {
    let data = Data(json)
    // Another version may have other keys, so the version is read before them.
    if let head = try? JSONDecoder().decode(ManifestFile.Head.self, from: data),
      head.formatVersion != Self.formatVersion
    {
      throw Self.otherVersion(head, path)
    }
    let file: ManifestFile
    do {
      file = try JSONDecoder().decode(ManifestFile.self, from: data)
    } catch {
      throw TableError(
        .malformed, path: path, problem: "not a run's manifest: \(ManifestFile.explain(error))",
        advice: "run the scenario again")
    }
    guard let started = UTCTime.parse(file.startedUTC),
      let wall = file.wallSeconds.nanoseconds, let simulated = file.simulatedSeconds.nanoseconds,
      let fingerprint = UInt64(file.fingerprint, radix: 16)
    else {
      throw TableError(
        .malformed, path: path,
        problem: "started_utc, wall_seconds, simulated_seconds or fingerprint is out of form",
        advice: "run the scenario again")
    }
    self.init(
      toolVersion: file.toolVersion, scenario: file.scenario.input,
      inputs: file.inputs.map(\.input), seed: file.seed, overrides: file.overrides,
      startedUnixSeconds: started, wall: wall, simulated: simulated, requests: file.requests,
      events: file.events, fingerprint: fingerprint)
    isComplete = file.complete
    tables = file.tables.map {
      FinishedTable(
        file: $0.name, version: $0.version, rows: $0.rows, bytes: $0.bytes, sha256: $0.sha256)
    }
  }

  private static func otherVersion(_ head: ManifestFile.Head, _ path: String) -> TableError {
    TableError(
      .version, path: path,
      problem: "version \(head.formatVersion) of the manifest's format, this program reads version "
        + "\(Self.formatVersion)",
      advice: "run the scenario again"
        + (head.toolVersion.map { ", or read the run with plimsoll \($0), which wrote it" } ?? ""))
  }

  private static func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
