import Foundation
import Testing

/// Elastic pools through the real binary.
@Suite("Capacity on the command line")
struct CapacityCommandTests {
  /// A pool that has no replica for its first minute and keeps what comes.
  private static let scenario = """
    plimsoll: 1
    horizon: 4m
    clouds:
      azure:
        regions:
          eastus2:
            pools:
              near:
                accelerator: H100-SXM
                model: llama-3.1-8b
                replicas: 1
                elastic: { minimum: 1, maximum: 4, provisioning: 30s, loading: 20s, warming: 0s }
                autoscale: { policy: scheduled, schedule: [{ from: "00:00", replicas: 1 }, { from: "00:01", replicas: 3 }], look-ahead: 0s }
    workloads:
      chat: { model: llama-3.1-8b, arrivals: { poisson: 4/s }, shape: { fixed: { prompt: 500, output: 20 } }, origins: { us-east: 100% } }

    """

  @Test(
    "the summary has the replicas, the page a chart of them, a request's story those that were missing"
  )
  func run() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.scenario, to: "s.yaml")
    let run = try Program.run("run", "s.yaml", "--out", "out", "--tables", "requests", in: folder)
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.output.contains("ready replicas") && run.output.contains("lead time 50.00 s"))
    let page = try Program.run("report", "out", "--static", in: folder)
    #expect(page.code == 0, "\(page.errors)")
    let html = String(decoding: try folder.bytes("out.html"), as: UTF8.self)
    #expect(html.contains("Replicas of azure/eastus2/near"))
    // In the second minute one of three is ready for 50 s of 60, from 60 s on.
    let rows = String(decoding: try folder.bytes("out/requests.csv"), as: UTF8.self)
      .split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let header = rows[0].map(String.init)
    let id = try #require(header.firstIndex(of: "request_id"))
    let arrival = try #require(header.firstIndex { $0.hasPrefix("arrival") })
    func story(from start: Double) throws -> String {
      let row = try #require(rows.dropFirst().first { (Double($0[arrival]) ?? 0) >= start })
      return try Program.run("explain", "out", String(row[id]), in: folder).output
    }
    let missing = try story(from: 62)
    #expect(
      missing.contains("of 3 wanted replicas ready in the minute it was sent"), "\(missing)")
    let there = try story(from: 190)
    #expect(!there.contains("wanted replica"), "\(there)")
  }

  @Test("estimates and placements say that they do not scale, in every form")
  func notes() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.scenario, to: "s.yaml")
    let table = try Program.run("estimate", "s.yaml", in: folder)
    #expect(table.output.contains("! not autoscaled") && table.errors.isEmpty)
    let json = try Program.run("estimate", "s.yaml", "--format", "json", in: folder)
    #expect(json.errors.contains("not autoscaled"))
    #expect(throws: Never.self) {
      _ = try JSONSerialization.jsonObject(with: Data(json.output.utf8))
    }
    let placements = try Program.run(
      "estimate", "s.yaml", "--vary", "azure/eastus2/near=1..2", in: folder)
    #expect(placements.output.contains("! not autoscaled"))
  }
}
