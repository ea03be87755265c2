import Foundation
import Tables
import Testing

/// `--incident`, `--drill` and `failures.csv` through the real binary.
@Suite("Incident commands")
struct IncidentCommandTests {
  static let scenario = """
    plimsoll: 1
    horizon: 10m
    starts: 2026-03-02T13:58Z
    clouds:
      azure:
        regions:
          eastus2:
            endpoints:
              gpt: { model: gpt-5.1, account: prod, quota: { tokens: 5M/min } }
          westus3:
            endpoints:
              gpt: { model: gpt-5.1, account: prod, order: 1, quota: { tokens: 5M/min } }
    gateway:
      health: {}
      attempt-timeout: 5s
    workloads:
      chat:
        model: gpt-5.1
        arrivals: { poisson: 20/s }
        shape: { fixed: { prompt: 500, output: 100 } }
        origins: { us-east: 100% }
        slo: { ttft: { p95: 2s } }

    """

  private func run(
    _ arguments: String...
  ) throws -> (folder: TemporaryFolder, result: Program.Result) {
    let folder = try TemporaryFolder()
    try Self.scenario.write(
      toFile: folder.file("s.yaml"), atomically: true, encoding: .utf8)
    let result = try Program.run(["run", "s.yaml", "--out", "out", "-q"] + arguments, in: folder)
    return (folder, result)
  }

  private func text(_ folder: TemporaryFolder, _ name: String) throws -> String {
    String(decoding: try folder.bytes("out/\(name)"), as: UTF8.self)
  }

  @Test("an outage said on the command line is played, measured and set against a calm run")
  func incident() throws {
    let (folder, result) = try run("--incident", "azure/eastus2 hangs at 14:00 for 3m")
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.contains("region azure/eastus2 hangs"))
    #expect(result.output.contains("drill: "))
    #expect(try text(folder, "scenario.yaml").contains("region: azure/eastus2"))
    #expect(try text(folder, "manifest.json").contains("incidents.+={ region:"))
    let rows = try text(folder, "failures.csv").split(separator: "\n")
    #expect(rows.count == 2)
    let fields = rows[1].split(separator: ",", omittingEmptySubsequences: false)
    #expect(fields.prefix(5).joined(separator: ",") == "120.000000,0,region,azure/eastus2,hangs")
    let summary = try text(folder, "summary.csv")
    #expect(summary.contains("incident,region azure/eastus2 at 120 s,failover_time,s,"))
    #expect(summary.contains("all,,drill_extra_usd,USD,"))
    #expect(summary.contains("workload,chat,drill_ttft_p95_change,ms,"))
  }

  @Test("a drill without an outage changes nothing")
  func nothingToDrill() throws {
    let (folder, result) = try run("--drill")
    #expect(result.code == 0, "\(result.errors)")
    let summary = try text(folder, "summary.csv")
    #expect(summary.contains("all,,drill_extra_usd,USD,0.000000000000,simulated"))
    #expect(summary.contains("all,,drill_extra_lost,requests,0,simulated"))
    #expect(!folder.exists("out/failures.csv"))
  }

  @Test("a mistake is said before anything is simulated, with exit code 2")
  func mistakes() throws {
    let (folder, result) = try run("--incident", "azure/eastus down at 10m for 45m")
    #expect(result.code == 2)
    #expect(result.errors.contains("(did you mean 'azure/eastus2'?)"))
    #expect(!folder.exists("out"))
    let (_, late) = try run("--incident", "azure/eastus2 down at 20m for 45m")
    #expect(late.code == 2)
    #expect(late.errors.contains("the incident begins at or after the horizon"))
  }

  @Test("drawn failures stand in the tables, other seeds draw others, the same draw the same")
  func drawn() throws {
    let failures = "failures=[{ each: region, effect: fails, mtbf: 2m, mttr: 10s }]"
    func table(_ seed: String) throws -> String {
      let (folder, result) = try run("--set", failures, "--seed", seed)
      #expect(result.code == 0, "\(result.errors)")
      let incidents = try text(folder, "incidents.csv").split(separator: "\n")
      let rows = try text(folder, "failures.csv")
      #expect(incidents.count == rows.split(separator: "\n").count)
      return rows
    }
    let first = try table("1")
    #expect(first.split(separator: "\n").count > 2)
    #expect(try table("1") == first)
    #expect(try table("2") != first)
  }
}
