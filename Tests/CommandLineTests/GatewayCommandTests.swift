import Foundation
import Tables
import Testing

/// The control plane through the real binary, on real files.
@Suite("Gateway commands")
struct GatewayCommandTests {
  /// The scenarios that ship.
  static let scenarios: [String] = {
    let folder = root.appendingPathComponent("scenarios").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted()
  }()

  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A table as rows by column name.
  private func table(_ folder: TemporaryFolder, _ name: String) throws -> [[String: String]] {
    guard folder.exists(name) else { return [] }
    // The tables read here hold no quoted fields.
    let lines = String(decoding: try folder.bytes(name), as: UTF8.self).split(separator: "\n")
    let columns = lines[0].split(separator: ",").map(String.init)
    return lines.dropFirst().map { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return Dictionary(uniqueKeysWithValues: zip(columns, fields))
    }
  }

  @Test(
    "every bundled scenario conserves its requests, by tenant and deployment", arguments: scenarios)
  func conservation(_ scenario: String) throws {
    let folder = try TemporaryFolder()
    let path = Self.root.appendingPathComponent("scenarios/\(scenario)").path
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let span = text.contains("\nincidents:") ? "11m" : "2m"
    let result = try Program.run(
      "run", path, "--out", "out", "--quiet", "--tables", "audit", "--set", "horizon=\(span)",
      "--set", "warmup=0s", in: folder)
    #expect(result.code == 0, "\(result.errors)")
    let requests = try table(folder, "out/requests.csv")
    let summary = try table(folder, "out/summary.csv")
    func figure(_ kind: String, _ scope: String, _ metric: String) -> Int {
      summary.first {
        $0["scope_kind"] == kind && $0["scope"] == scope && $0["metric"] == metric
      }.flatMap { $0["value"] }.flatMap(Int.init) ?? 0
    }
    let ends = ["completed", "rejected", "failed", "cancelled", "in_flight"]
    #expect(figure("all", "", "requests_arrived") == requests.count && !requests.isEmpty)
    for end in ends {
      let rows = requests.filter { $0["status"] == end }.count
      #expect(figure("all", "", "requests_\(end)") == rows, "\(end)")
    }
    for tenant in Set(summary.filter { $0["scope_kind"] == "tenant" }.compactMap { $0["scope"] }) {
      let mine = requests.filter {
        let name = [$0["tenant"] ?? "", $0["project"] ?? ""].joined(separator: "/")
        return name == tenant + "/" || name == tenant || name.hasPrefix(tenant + "/")
      }
      #expect(figure("tenant", tenant, "requests_arrived") == mine.count, "\(tenant)")
      let ended = ends.dropLast().reduce(0) { $0 + figure("tenant", tenant, "requests_\($1)") }
      #expect(ended == mine.filter { $0["status"] != "in_flight" }.count, "\(tenant)")
    }
    // Every attempt has one decision and every decision one attempt, unless it had not arrived.
    let decisions = try table(folder, "out/decisions.csv")
    let attempts = try table(folder, "out/attempts.csv")
    #expect(attempts.count == decisions.count && !attempts.isEmpty)
    #expect(Set(attempts.compactMap { $0["decision_id"] }).count == attempts.count)
    for deployment in Set(attempts.compactMap { $0["deployment"] }) {
      let mine = attempts.filter { $0["deployment"] == deployment }
      let completed = mine.filter { $0["http_status"] == "200" }.count
      let minutes = try table(folder, "out/deployments_minute.csv").filter {
        "\($0["cloud"]!)/\($0["region"]!)/\($0["deployment"]!)" == deployment
      }
      #expect(minutes.reduce(0) { $0 + Int($1["completions"]!)! } == completed, "\(deployment)")
    }
    #expect(figure("all", "", "residency_violations") == 0)
  }

  private static let gateway = """
    plimsoll: 1
    horizon: 3m
    clouds:
      azure:
        regions:
          swedencentral:
            endpoints:
              ptu: { model: gpt-5.1, type: data-zone-provisioned, units: 15 PTU, spillover: payg }
              payg: { model: gpt-5.1, type: data-zone-standard, order: 1, quotas: [whole] }
              world: { model: gpt-5.1, type: global-standard, order: 2, quotas: [whole] }
    quotas:
      whole: { tokens: 2M/min }
    workloads:
      ask:
        model: gpt-5.1
        residency: eu
        arrivals: { poisson: 5/s }
        shape: { fixed: { prompt: 1000, output: 200 } }
        origins: { eu-central: 100% }

    """

  @Test(
    "contradictions are refused before the run",
    arguments: [
      (
        "spillover: payg", "spillover: world",
        "endpoint 'ptu' cannot spill to 'world': global-standard and data-zone-provisioned"
      ),
      ("units: 15 PTU", "units: 10 PTU", "below the minimum; the nearest sizes are 15 and 20 PTU"),
      ("units: 15 PTU", "units: 17 PTU", "off the steps of 5 from 15"),
      ("residency: eu", "residency: aws/us-east-1", "unknown"),
      (
        "quotas: [whole] }", "quotas: [whole], quota: { tokens: 3M/min } }", "come to 6M tokens/min"
      ),
      ("residency: eu", "residency: eu\n    tenant: nobody", "tenant"),
    ])
  func contradictions(_ found: String, _ written: String, _ message: String) throws {
    let folder = try TemporaryFolder()
    let text = Self.gateway.replacingOccurrences(of: found, with: written)
    #expect(text != Self.gateway)
    try folder.write(text, to: "s.yaml")
    let result = try Program.run("run", "s.yaml", "--out", "out", in: folder)
    #expect(result.code == 2)
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(result.output.isEmpty && !folder.exists("out/manifest.json"))
  }

  @Test("residency that leaves nothing says who is out and why")
  func nothingEligible() throws {
    let folder = try TemporaryFolder()
    let text = Self.gateway
      .replacingOccurrences(
        of: "type: data-zone-provisioned, units: 15 PTU, spillover: payg",
        with: "type: global-standard"
      )
      .replacingOccurrences(of: "type: data-zone-standard", with: "type: global-standard")
    try folder.write(text, to: "s.yaml")
    let result = try Program.run("validate", "s.yaml", in: folder)
    #expect(result.code == 2)
    for name in ["ptu", "payg", "world"] { #expect(result.errors.contains(name)) }
    #expect(result.errors.contains("residency") || result.errors.contains("eu"))
  }

  @Test("a request's story has its attempts in order, and says what is not there")
  func explain() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.gateway, to: "s.yaml")
    let run = try Program.run("run", "s.yaml", "--out", "out", "--tables", "full", in: folder)
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.output.contains("azure/swedencentral/ptu"))
    let requests = try table(folder, "out/requests.csv")
    let spilled = try #require(
      requests.first { $0["attempts"] == "2" && $0["status"] == "completed" }?["request_id"])
    let story = try Program.run("explain", "out", spilled, in: folder)
    #expect(story.code == 0, "\(story.errors)")
    let text = story.output
    let order = [
      "azure/swedencentral/ptu", "answered 429 (provisioned_throughput)",
      "the provider sent it on to azure/swedencentral/payg", "the first token is at the client",
      "azure/swedencentral/payg answered 200", "completed:", "where the time went",
    ]
    var rest = text[...]
    for line in order {
      let found = try #require(rest.range(of: line), "\(line) in \(text)")
      rest = rest[found.upperBound...]
    }
    #expect(text.contains("not eligible: azure/swedencentral/world (residency)"))
    let json = try Program.run("explain", "out", spilled, "--format", "json", in: folder)
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect(object?["attempts"] as? Int == 2)

    let missing = try Program.run("explain", "out", "99999999", in: folder)
    #expect(missing.code == 2)
    #expect(missing.errors.contains("its requests are 0 to"), "\(missing.errors)")
    #expect(try Program.run("explain", "nowhere", "1", in: folder).code == 2)
    #expect(try Program.run("explain", "out", "seven", in: folder).code == 2)
  }

  @Test("each level of tables holds those before it; a sample keeps whole requests")
  func levels() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.gateway, to: "s.yaml")
    var before: Set<String> = []
    for level in ["none", "summary", "requests", "audit", "full"] {
      let run = try Program.run("run", "s.yaml", "--out", level, "--tables", level, in: folder)
      #expect(run.code == 0)
      let files = Set(try StoredRun(path: folder.file(level)).manifest.tables.map(\.file))
      #expect(before.isSubset(of: files), "\(level)")
      #expect(level == "none" || files.count > before.count, "\(level)")
      before = files
    }
    #expect(before.contains("decision_candidates.csv") && before.contains("quota_minute.csv"))
    _ = try Program.run(
      "run", "s.yaml", "--out", "few", "--tables", "audit", "--sample", "1/10", in: folder)
    let kept = Set(try table(folder, "few/requests.csv").compactMap { $0["request_id"] })
    let told = Set(try table(folder, "few/attempts.csv").compactMap { $0["request_id"] })
    #expect(!kept.isEmpty && told.isSubset(of: kept))
  }
}
