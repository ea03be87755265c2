import Foundation
import Tables
import Testing

@Suite("Runs")
struct RunTests {
  private let tables = ["requests.csv", "pools_minute.csv", "summary.csv", "schema.csv"]

  private func rows(_ text: Data) -> [[String]] {
    String(decoding: text, as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test("a run leaves every table, described, hashed and adding up")
  func wholeRun() throws {
    let folder = try TemporaryFolder()
    try folder.write(Scenarios.small(), to: "s.yaml")
    let result = try Program.run("run", "s.yaml", "--out", "out", in: folder)
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.contains("holds") && result.output.contains("azure/eastus2/near"))
    #expect(!result.output.contains("\u{1B}"))
    let run = try StoredRun(path: folder.file("out"))
    try run.verify()
    #expect(run.manifest.isComplete)
    #expect(run.manifest.tables.map(\.file).sorted() == (tables + ["scenario.yaml"]).sorted())

    let described = Set(
      rows(try folder.bytes("out/schema.csv")).dropFirst().map { "\($0[0]).\($0[1])" })
    for table in tables where table != "schema.csv" {
      let header = try #require(rows(try folder.bytes("out/\(table)")).first)
      for column in header { #expect(described.contains("\(table.dropLast(4)).\(column)")) }
    }

    let requests = rows(try folder.bytes("out/requests.csv")).dropFirst()
    let summary = rows(try folder.bytes("out/summary.csv"))
    func total(_ metric: String) -> Int? {
      summary.first { $0[0] == "all" && $0[2] == metric }.flatMap { Int($0[4]) }
    }
    #expect(total("requests_arrived") == requests.count)
    #expect(total("requests_completed") == requests.filter { $0[8] == "completed" }.count)
    #expect(total("requests_in_flight") == requests.filter { $0[8] == "in_flight" }.count)
    let minutes = rows(try folder.bytes("out/pools_minute.csv"))
    let header = try #require(minutes.first)
    let completions = try #require(header.firstIndex(of: "completions"))
    #expect(
      minutes.dropFirst().reduce(0) { $0 + (Int($1[completions]) ?? 0) }
        == total("requests_completed"))
    #expect(summary.contains { $0[0] == "pool" && $0[5] == "estimated" })
  }

  @Test("same scenario and seed, same bytes; another seed, others")
  func determinism() throws {
    let folder = try TemporaryFolder()
    let arrivals = "{ bursts: [ { rate: 5/s, mean: 20s }, { rate: 40/s, mean: 5s } ] }"
    try folder.write(Scenarios.small(arrivals: arrivals), to: "s.yaml")
    #expect(try Program.run("run", "s.yaml", "--out", "a", in: folder).code == 0)
    #expect(
      try Program.run(
        "run", "s.yaml", "--out", "b", in: folder,
        environment: ["SWIFT_DETERMINISTIC_HASHING": "1"]
      ).code == 0)
    for table in tables {
      #expect(try folder.bytes("a/\(table)") == folder.bytes("b/\(table)"), "\(table)")
    }
    #expect(try Program.run("run", "s.yaml", "--out", "c", "--seed", "7", in: folder).code == 0)
    #expect(try Program.run("run", "s.yaml", "--out", "d", "--set", "seed=7", in: folder).code == 0)
    #expect(try folder.bytes("a/requests.csv") != folder.bytes("c/requests.csv"))
    #expect(try folder.bytes("c/requests.csv") == folder.bytes("d/requests.csv"))
  }

  @Test("--tables and --sample keep what they say, the same requests whatever the policy")
  func selection() throws {
    let folder = try TemporaryFolder()
    try folder.write(Scenarios.small(pool: "replicas: 3"), to: "s.yaml")
    #expect(
      try Program.run("run", "s.yaml", "--out", "none", "--tables", "none", in: folder).code == 0)
    #expect(folder.exists("none/manifest.json") && !folder.exists("none/summary.csv"))
    #expect(
      try Program.run("run", "s.yaml", "--out", "brief", "--tables", "summary", in: folder).code
        == 0)
    #expect(folder.exists("brief/summary.csv") && !folder.exists("brief/requests.csv"))
    let policy = "clouds.azure.regions.eastus2.pools.near.routing=random"
    #expect(
      try Program.run("run", "s.yaml", "--out", "a", "--sample", "1/10", in: folder).code == 0)
    #expect(
      try Program.run(
        "run", "s.yaml", "--out", "b", "--sample", "1/10", "--set", policy, in: folder
      ).code == 0)
    func kept(_ run: String) throws -> [String] {
      rows(try folder.bytes("\(run)/requests.csv")).dropFirst().map { $0[0] }.sorted()
    }
    let sampled = try kept("a")
    #expect(sampled.count > 250 && sampled.count < 480)
    #expect(try sampled == kept("b"))
  }

  @Test("--gate turns a missed target into exit code 1")
  func gate() throws {
    let folder = try TemporaryFolder()
    try folder.write(Scenarios.small(), to: "good.yaml")
    try folder.write(Scenarios.small(slo: "{ ttft: { p95: 1ms } }"), to: "bad.yaml")
    #expect(try Program.run("run", "good.yaml", "--gate", in: folder).code == 0)
    let missed = try Program.run("run", "bad.yaml", "--gate", in: folder)
    #expect(missed.code == 1)
    #expect(missed.output.contains("MISSES"))
    #expect(try Program.run("run", "bad.yaml", in: folder).code == 0)
    #expect(folder.exists("out/good/manifest.json") && folder.exists("out/bad/manifest.json"))
  }

  @Test("Ctrl-C closes the tables and says incomplete")
  func interrupt() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      Scenarios.small(horizon: "200d", arrivals: "{ poisson: 25/s }"), to: "s.yaml")
    let (process, _, _) = try Program.process(
      ["run", "s.yaml", "--out", "out", "--sample", "1/50"], in: folder)
    try process.run()
    Thread.sleep(forTimeInterval: 3)
    #expect(process.isRunning)
    process.interrupt()
    Program.wait(process)
    #expect(process.terminationReason == .exit && process.terminationStatus == 130)
    let run = try StoredRun(path: folder.file("out"), allowsIncomplete: true)
    try run.verify()
    #expect(!run.manifest.isComplete)
    let width = RequestsTable.columns.count
    #expect(rows(try folder.bytes("out/requests.csv")).allSatisfy { $0.count == width })
  }

  @Test("a killed run leaves nothing that looks whole, and the next one is not hindered")
  func kill() throws {
    let folder = try TemporaryFolder()
    try folder.write(Scenarios.small(horizon: "200d"), to: "long.yaml")
    try folder.write(Scenarios.small(), to: "s.yaml")
    let (process, _, _) = try Program.process(["run", "long.yaml", "--out", "out"], in: folder)
    try process.run()
    Thread.sleep(forTimeInterval: 2)
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(!folder.exists("out/manifest.json") && !folder.exists("out/requests.csv"))
    #expect(try Program.run("run", "s.yaml", "--out", "out", in: folder).code == 0)
    try StoredRun(path: folder.file("out")).verify()
  }

  @Test("json, csv, schema, init, effective scenario, help and version")
  func otherOutput() throws {
    let folder = try TemporaryFolder()
    try folder.write(Scenarios.small(), to: "s.yaml")
    let json = try Program.run("run", "s.yaml", "--format", "json", in: folder)
    #expect(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) is [String: Any])
    let csv = try Program.run("run", "s.yaml", "--format", "csv", "--out", "o", in: folder)
    #expect(try Data(csv.output.utf8) == folder.bytes("o/summary.csv"))
    let schema = try Program.run("schema", in: folder)
    #expect(try JSONSerialization.jsonObject(with: Data(schema.output.utf8)) is [String: Any])
    let starter = try Program.run("init", in: folder)
    try folder.write(starter.output, to: "starter.yaml")
    #expect(try Program.run("validate", "starter.yaml", in: folder).code == 0)
    let effective = try Program.run("run", "starter.yaml", "--print-effective", in: folder)
    try folder.write(effective.output, to: "effective.yaml")
    let again = try Program.run("run", "effective.yaml", "--print-effective", in: folder)
    #expect(again.output == effective.output)
    #expect(try Program.run("--help", in: folder).code == 0)
    #expect(try Program.run("--version", in: folder).output == "1.0.0\n")
  }

  @Test("the manifest tells a run with other tables from one without")
  func catalogHash() throws {
    let folder = try TemporaryFolder()
    try folder.write(Scenarios.small(horizon: "10s"), to: "s.yaml")
    try FileManager.default.createDirectory(
      atPath: folder.file("tables"), withIntermediateDirectories: true)
    let origins = try String(
      contentsOfFile: Program.root + "/Sources/Catalog/Resources/origins.csv", encoding: .utf8)
    try folder.write(origins + "\n", to: "tables/origins.csv")
    #expect(try Program.run("run", "s.yaml", "--out", "a", in: folder).code == 0)
    #expect(try Program.run("run", "s.yaml", "--out", "b", in: folder).code == 0)
    let own = try Program.run("run", "s.yaml", "--out", "c", "--catalog", "tables", in: folder)
    #expect(own.code == 0, "\(own.errors)")
    let hashes = try ["a", "b", "c"].map { run in
      try StoredRun(path: folder.file(run)).manifest.inputs.first { $0.name == "catalog" }?.sha256
    }
    #expect(hashes[0] != nil && hashes[0] == hashes[1])
    #expect(hashes[2] != nil && hashes[2] != hashes[0])
  }
}
