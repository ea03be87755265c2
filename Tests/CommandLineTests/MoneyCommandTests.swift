import Foundation
import Testing

/// Bills through the real binary, on real files.
@Suite("Money commands")
struct MoneyCommandTests {
  private static let scenario = """
    plimsoll: 1
    starts: 2026-03-02
    horizon: 10m
    clouds:
      azure:
        contract:
          commitments: { macc: { amount: 750M USD, term: 3y, starts: 2026-02-01 } }
        regions:
          eastus2:
            pools: { h: { accelerator: H100-SXM, model: llama-3.1-8b, replicas: 2 } }
            endpoints: { opus: { model: claude-opus-4.8, quota: { rule: none } } }
      aws:
        regions: { us-east-1: { endpoints: { opus: { model: claude-opus-4.8, quota: { rule: none } } } } }
    tenants: { t: {} }
    gateway: { route: contract-aware }
    workloads:
      chat: { tenant: t, model: llama-3.1-8b, arrivals: { poisson: 2/s }, shape: { fixed: { prompt: 100, output: 50 } }, origins: { us-east: 100% } }
      ask: { tenant: t, model: claude-opus-4.8, arrivals: { poisson: 2/s }, shape: { fixed: { prompt: 1000, output: 100 } }, origins: { us-east: 100% } }
    """

  @Test("the summary says what was promised, where the next token goes, and who pays")
  func summary() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Self.scenario, to: "s.yaml")
    let result = try Program.run("run", "s.yaml", "--quiet", "--regret", in: folder)
    #expect(result.code == 0, "\(result.errors)")
    for text in [
      "bill of 10 min: ", "commitment azure/macc: 750.00M USD, 2026-02-01 to 2029-01-31, ",
      "outlook: P10 ", "next due on 2029-01-31: 750.00M USD, short with a probability of 100.0 %",
      "extrapolated: 10 min simulated × load 100 %, growth 0 % a month",
      "chat          azure/eastus2/h       paid for",
      "ask           azure/eastus2/opus    0.00 USD",
      "against cost-band: ", "together",
    ] {
      #expect(result.output.contains(text), "\(text) in \(result.output)")
    }
    for table in ["charges", "commitments_daily", "commitments_outlook", "placements"] {
      #expect(folder.exists("out/s/\(table).csv"))
      let schema = String(decoding: try folder.bytes("out/s/schema.csv"), as: UTF8.self)
      #expect(schema.contains("\n\(table),"))
    }
  }

  @Test("a missing price and a term off the month's end: exit 2, with what would do")
  func wrongContracts() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Self.scenario, to: "s.yaml")
    for (change, message) in [
      (
        "clouds.azure.contract.commitments.macc.starts=2026-02-11",
        "the nearest starts are 2026-02-01 and 2026-03-01"
      ),
      (
        "clouds.azure.regions.eastus2.pools.h.purchase=capacity-block",
        "there are prices on-demand, reserved-1y, reserved-3y; or give machine-price"
      ),
      ("clouds.azure.contract.commitments.macc.amount=750M", "write 750M USD"),
      ("gateway.forecast=luck", "unknown name 'luck'"),
    ] {
      let result = try Program.run("run", "s.yaml", "--set", change, in: folder)
      #expect(result.code == 2 && result.errors.contains(message), "\(result.errors)")
      #expect(!folder.exists("out/s/manifest.json"))
    }
  }

  @Test("a price list of one's own takes the place of the bundled one")
  func ownPrices() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Self.scenario, to: "s.yaml")
    _ = try folder.write(
      """
      cloud,region,instance,purchase,usd_per_hour,source,date
      azure,eastus2,Standard_ND96isr_H100_v5,on-demand,60,our offer,2026-02-01

      """, to: "gpu_prices.csv")
    let result = try Program.run(
      "run", "s.yaml", "--catalog", ".", "--quiet", in: folder)
    #expect(result.code == 0, "\(result.errors)")
    let charges = String(decoding: try folder.bytes("out/s/charges.csv"), as: UTF8.self)
    #expect(
      charges.contains(",Standard_ND96isr_H100_v5,Standard,600,instance-seconds,10.000000000000,"))
  }
}
