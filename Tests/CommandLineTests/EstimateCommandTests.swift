import Foundation
import Testing

/// Estimates through the real binary, on real files.
@Suite("Estimate command")
struct EstimateCommandTests {
  static let scenario = """
    plimsoll: 1
    starts: 2026-03-02
    horizon: 10m
    clouds:
      azure:
        contract:
          commitments: { macc: { amount: 1M USD, term: 1y, starts: 2026-02-01 } }
        regions:
          eastus2:
            pools: { h: { accelerator: H100-SXM, model: llama-3.1-8b, replicas: 2 } }
          swedencentral:
            pools: { s: { accelerator: H100-SXM, model: llama-3.1-8b, replicas: 2 } }
    workloads:
      chat: { model: llama-3.1-8b, arrivals: { poisson: 20/s }, shape: { fixed: { prompt: 500, output: 120 } }, origins: { us-east: 60%, eu-central: 40% }, slo: { ttft: { p95: 1s } } }
    """

  @Test(
    "machines cost in an estimate what they cost in a run, however many hours it has",
    arguments: ["40m", "1h", "2h", "150m"])
  func hours(_ horizon: String) throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Self.scenario, to: "s.yaml")
    let change = ["--set", "horizon=\(horizon)", "--set", "workloads.chat.arrivals.poisson=1/s"]
    func amount(_ text: String, after start: String, before end: String) throws -> Double {
      let line = try #require(
        text.split(separator: "\n").first { $0.contains(start) && $0.contains(end) })
      let words = line.replacing(",", with: "").split(separator: " ")
      let place = try #require(words.firstIndex(of: "USD"))
      return try #require(Double(words[place - 1]))
    }
    let estimate = try Program.run(["estimate", "s.yaml", "--own"] + change, in: folder)
    let run = try Program.run(["run", "s.yaml", "--tables", "none"] + change, in: folder)
    let expected = try amount(run.output, after: "bill of", before: "(list")
    let estimated = try amount(estimate.output, after: "USD billed", before: "USD billed")
    #expect(expected > 0)
    #expect(abs(estimated - expected) <= 0.01 + 1e-4 * expected)
  }

  @Test("years in one call, with what becomes of the commitment")
  func horizon() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Self.scenario, to: "s.yaml")
    let result = try Program.run("estimate", "s.yaml", "--out", "e", in: folder)
    #expect(result.code == 0, "\(result.errors)")
    for text in [
      "ESTIMATE of 336.0 d in 8064 bins", "azure/eastus2/h", "chat", "commitment azure/macc at p50",
    ] {
      #expect(result.output.contains(text), "\(text) in \(result.output)")
    }
    for table in ["deployments_estimate", "commitments_outlook", "summary"] {
      #expect(folder.exists("e/\(table).csv"), "\(table)")
    }
    let schema = String(decoding: try folder.bytes("e/schema.csv"), as: UTF8.self)
    #expect(schema.contains("\ndeployments_estimate,"))
  }

  @Test("the same bytes on every run")
  func sameBytes() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Self.scenario, to: "s.yaml")
    for name in ["a", "b"] {
      _ = try Program.run("estimate", "s.yaml", "--out", name, in: folder)
    }
    let tables = ["deployments_estimate.csv", "schema.csv"]
    for table in tables {
      #expect(try folder.bytes("a/\(table)") == folder.bytes("b/\(table)"), "\(table)")
    }
  }

  @Test("a window simulated beside the estimate")
  func verify() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Self.scenario, to: "s.yaml")
    let result = try Program.run(
      "estimate", "s.yaml", "--own", "--verify", "1", "--out", "e", in: folder)
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.contains("tpot_mean_ms") && result.output.contains("band"))
    let rows = String(decoding: try folder.bytes("e/verification.csv"), as: UTF8.self)
    #expect(rows.split(separator: "\n").count > 5)
  }

  @Test("placements from ranges and from a file are the same")
  func placements() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Self.scenario, to: "s.yaml")
    _ = try folder.write(
      "azure/eastus2/h,azure/swedencentral/s\n1,1\n1,2\n2,1\n2,2\n", to: "p.csv")
    let ranges = try Program.run(
      "estimate", "s.yaml", "--own", "--vary", "azure/eastus2/h=1..2", "--vary",
      "azure/swedencentral/s=1..2", "--out", "a", in: folder)
    let file = try Program.run(
      "estimate", "s.yaml", "--own", "--placements", "p.csv", "--out", "b", in: folder)
    #expect(ranges.code == 0 && file.code == 0, "\(ranges.errors)\(file.errors)")
    #expect(ranges.output.contains("ESTIMATE of 4 placements"))
    #expect(
      try folder.bytes("a/placements_estimate.csv") == folder.bytes("b/placements_estimate.csv"))
  }

  @Test("bad input: exit 2, what is wrong, and nothing written")
  func badInput() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Self.scenario, to: "s.yaml")
    _ = try folder.write("azure/eastus2/h\n1\nmany\n", to: "wrong.csv")
    _ = try folder.write("azure/eastus2/h\n", to: "empty.csv")
    _ = try folder.write("azure/eastus2/h,azure/eastus2/h\n1,1\n", to: "twice.csv")
    for (arguments, message) in [
      (["--horizon", "0s"], "the horizon is empty"),
      (["--horizon", "90y", "--bin", "1s"], "bins are more than fit in memory"),
      (["--vary", "azure/eastus2/x=1..2"], "no deployment 'azure/eastus2/x'; there are"),
      (["--vary", "azure/eastus2/h=2..1"], "expected deployment=a..b"),
      (
        ["--vary", "azure/eastus2/h=1..2", "--vary", "azure/eastus2/h=1..2"], "is given twice"
      ),
      (
        ["--vary", "azure/eastus2/h=1..9999", "--vary", "azure/swedencentral/s=1..9999"],
        "99980001 placements are more than fit in memory; at most"
      ),
      (["--placements", "wrong.csv"], "wrong.csv:3: error: 'many' for azure/eastus2/h"),
      (["--placements", "empty.csv"], "no placements below the header"),
      (["--placements", "twice.csv"], "is given twice"),
      (["--placements", "none.csv"], "none.csv"),
    ] {
      let result = try Program.run(["estimate", "s.yaml", "--out", "e"] + arguments, in: folder)
      #expect(result.code == 2 && result.errors.contains(message), "\(arguments) \(result.errors)")
      #expect(!folder.exists("e/manifest.json"), "\(arguments)")
    }
  }
}
