import Recordings
import Scenario
import ServingEngine
import Workload

/// Recorded demand and recorded capacity, and the profiles made of them.
enum TraceTargets {
  static let all =
    [rows, profile, availability, engineTable, engineYAML]
    + TraceFormat.allCases.map { imports($0) }

  private static var name: String { FuzzTarget.fileName }

  private static let words = [
    "t_s,prompt_tokens,output_tokens", "TIMESTAMP,ContextTokens,GeneratedTokens", "hash_ids",
    "block_tokens", "2023-11-16 18:17:03.9799600", "2024-05-10 00:00:00.01+00:00",
    "2024-02-30 25:61:61",
    "9999-12-31 23:59:59", "0001-01-01 00:00:00", "2147483647", "1000000000", "2300000000",
  ]

  // MARK: Traces

  private static let rows = FuzzTarget(
    "trace", parses: "a trace, CSV, and its profile", weight: 80, dictionary: words, namesFile: true
  ) { input in
    let rows = try TraceRows(csv: input, name: name)
    try FuzzViolation.unless(
      zip(rows.times, rows.times.dropFirst()).allSatisfy { $0 <= $1 }, "times are out of order")
    let profile: TraceProfile
    do {
      profile = try TraceProfile(rows, name: name, provenance: [], bitsOfLength: 3)
    } catch {
      return
    }
    // A count a second: that of a year is slow to write, and no other than that of a month.
    if profile.countsBySecond.count <= 30 * 86_400 { try readBack(profile) }
  }

  private static func readBack(_ profile: TraceProfile) throws {
    let text = profile.text
    guard let again = try? TraceProfile(text: text, name: name) else {
      throw FuzzViolation("a profile that was written is refused:\n\(text.prefix(2000))")
    }
    try FuzzViolation.unless(
      again.text == text && again.total == profile.total, "a profile reads back to another one")
  }

  private static let profile = FuzzTarget(
    "trace-profile", parses: "a profile of a trace", weight: 60, dictionary: words, namesFile: true
  ) { input in
    try readBack(TraceProfile(text: FuzzRefusal.text(input), name: name))
  }

  private static func imports(_ format: TraceFormat) -> FuzzTarget {
    FuzzTarget(
      "import-\(format.rawValue)", parses: "a trace as \(format.rawValue) publishes it", weight: 30,
      dictionary: words + [
        "\"timestamp\":", "\"input_length\":", "\"output_length\":", "\"hash_ids\": [", "ttfts",
        "itls",
        "input_lens", "output_lens", "start_times", "request_rate", "max_concurrency", "\"inf\"",
        "Gamma", "Weibull", "Exponential", "Infinity", "-Infinity", "NaN", "1e400",
      ]
    ) { input in
      let first = input.prefix { $0 != 10 }.prefix(4096)
      _ = TraceFormat.guess(String(decoding: first, as: UTF8.self))
      let trace = try imported(input, format)
      var text: [UInt8] = []
      trace.write { text += $0 }
      let again: TraceRows
      do {
        again = try TraceRows(csv: text, name: name)
      } catch {
        throw FuzzViolation("an imported trace is refused: \(error)")
      }
      // Lengths of zero are read as one; whatever else was written is there again.
      try FuzzViolation.unless(
        again.times == trace.times && again.promptTokens == trace.promptTokens.map { max($0, 1) }
          && again.outputTokens == trace.outputTokens.map { max($0, 1) },
        "an imported trace reads back to another one")
      if trace.count <= 2000 { _ = try TraceDescription(trace, name: name, seeds: 1) }
    }
  }

  private static func imported(_ input: [UInt8], _ format: TraceFormat) throws -> ImportedTrace {
    switch format {
    case .vLLMBench: return try ImportedTrace(runs: input, name: name)
    case .serveGen:
      let bundle = Bundle(input)
      let lengths = try ServeGenDataset.lengths(Array(bundle["dataset.json"] ?? []), name: name)
      var client = ServeGenClient(file: name)
      for (number, line) in lines(bundle["windows.csv"] ?? []).enumerated() {
        try client.read(String(decoding: line, as: UTF8.self), number: number + 1)
      }
      // What is too much is refused by the client; what is much is only slow.
      if 50_000...ServeGenClient.mostRequests ~= client.expectedRequests {
        throw FuzzRefusal("too many requests to draw here")
      }
      return try client.draw(lengths: lengths, seed: 1)
    default:
      var importer = TraceImporter(format: format, file: name)
      for (number, line) in lines(input[...]).enumerated() {
        try line.withUnsafeBufferPointer { try importer.read($0, number: number + 1) }
      }
      return try importer.finish()
    }
  }

  /// Lines as files are read by: without their ends, and none behind the last.
  private static func lines(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  // MARK: Capacity and engines

  private static let availability = FuzzTarget(
    "availability", parses: "recorded availability of spot machines", weight: 60,
    dictionary: [
      "zone", "t_s", "duration_s", "available_nodes", "instance", "start_date", "cloud", "kind",
      "max_nodes", "us-east-1a", "1000000", "p4d.24xlarge", "9223372036", "9223372035.9",
    ], namesFile: true
  ) { input in
    let file = try AvailabilityFile(csv: input, name: name)
    for series in file.series { _ = series.region }
    try FuzzViolation.unless(
      file.matching().count == file.series.count, "series that match everything are left out")
  }

  private static let keys =
    [
      CalibratedEngine.heading, "key,value,unit,standard_error", "# ", "decode_base",
      "mixed_penalty_",
    ]

  private static let engineTable = FuzzTarget(
    "engine-profile", parses: "a profile that calibrate wrote, CSV", weight: 60, dictionary: keys,
    namesFile: true
  ) { input in
    let engine = try CalibratedEngine(text: FuzzRefusal.text(input), name: name)
    let text = engine.text
    let again: CalibratedEngine
    do {
      again = try CalibratedEngine(text: text, name: name)
    } catch {
      throw FuzzViolation("an engine's profile that was written is refused: \(error)\n\(text)")
    }
    try FuzzViolation.unless(again.text == text, "an engine's profile reads back to another one")
  }

  /// YAML is read where a pool names it, so a scenario stands around it.
  private static let engineYAML = FuzzTarget(
    "engine-profile-yaml", parses: "a profile that calibrate wrote, YAML, and a pool with it",
    weight: 20,
    dictionary: keys
  ) { input in
    let scratch = ScratchFolder.shared
    let place = scratch.write(input, as: FuzzTarget.fileName + ".yaml")
    let document = try ScenarioDocument(
      text: BaseScenario.text, path: FuzzTarget.fileName,
      overrides: [
        "clouds.azure.regions.eastus2.pools.chat.engine={ profile: \"\(place)\" }", "horizon=20s",
      ])
    let loaded = try document.world(catalog: ScenarioTargets.catalog, dataDirectory: nil)
    try ScenarioTargets.play(loaded.world)
  }
}
