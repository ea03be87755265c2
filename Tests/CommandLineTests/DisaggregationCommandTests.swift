import Testing

/// Disaggregated pools through the real binary.
@Suite("Disaggregated pools on the command line")
struct DisaggregationCommandTests {
  private static let scenario = """
    plimsoll: 1
    starts: 2026-03-02
    horizon: 4m
    warmup: 1m
    clouds:
      azure:
        contract:
          commitments: { macc: { amount: 1M USD, term: 1y, starts: 2026-02-01 } }
        regions:
          eastus2:
            pools:
              h:
                accelerator: H100-SXM
                model: llama-3.1-8b
                replicas: 2
                disaggregated:
                  decode: { replicas: 3 }
                  link: { bandwidth: 400 Gbit/s, latency: 20us }
    workloads:
      chat: { model: llama-3.1-8b, arrivals: { poisson: 10/s }, shape: { fixed: { prompt: 1000, output: 100 } }, origins: { us-east: 100% } }
    """

  @Test("a run tells of both kinds of replicas, of the caches, and bills both")
  func run() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Self.scenario, to: "s.yaml")
    let run = try Program.run(["run", "s.yaml", "--out", "o", "--quiet"], in: folder)
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.output.contains("KV caches of"))
    let summary = String(decoding: try folder.bytes("o/summary.csv"), as: UTF8.self)
    let rows = summary.split(separator: "\n").map(String.init)
    func figure(_ scope: String, _ metric: String) throws -> Double {
      let start = "pool,azure/eastus2/\(scope),\(metric),"
      let row = try #require(rows.first { $0.hasPrefix(start) && $0.contains(",simulated") })
      return try #require(Double(row.split(separator: ",", omittingEmptySubsequences: false)[4]))
    }
    #expect(try figure("h", "accelerators") == 2)
    #expect(try figure("h-decode", "accelerators") == 3)
    let copies = try figure("h", "kv_copies")
    #expect(abs(copies - 1800) < 200)
    // 63 blocks of 16 tokens of 128 KiB.
    #expect(try figure("h", "kv_bytes") == copies * 63 * 16 * 131_072)
    let sending = try figure("h", "kv_link_sending_fraction")
    #expect(abs(sending - copies * 63 * 16 * 131_072 / 50e9 / 180 / 2) < 0.001)
    #expect(
      abs(try figure("h", "kv_link_receiving_fraction") * 3 - sending * 2) < 0.00001)
    #expect(rows.contains { $0.hasPrefix("region,azure/eastus2,accelerators,accelerators,5,") })
    // Both pools stand in the bill, and no request counts twice in the region.
    let charges = String(decoding: try folder.bytes("o/charges.csv"), as: UTF8.self)
    #expect(charges.contains("azure/eastus2/h-decode,") && charges.contains("azure/eastus2/h,"))
    let rates = rows.filter { $0.contains("request_rate") && $0.contains("simulated") }
    let region = try #require(rates.first { $0.hasPrefix("region,") })
    let pool = try #require(rates.first { $0.hasPrefix("pool,azure/eastus2/h,") })
    #expect(region.split(separator: ",")[4] == pool.split(separator: ",")[4])
    #expect(!rows.contains { $0.contains(",estimated") && $0.hasPrefix("pool,") })
  }

  @Test(
    "estimates, plans and slices say that they know whole pools only",
    arguments: [["estimate", "s.yaml"], ["plan", "s.yaml"], ["run", "s.yaml", "--slices", "2"]])
  func refusals(_ arguments: [String]) throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Self.scenario, to: "s.yaml")
    let refused = try Program.run(arguments, in: folder)
    #expect(refused.code == 2)
    #expect(refused.errors.contains("pool 'h' is disaggregated"), "\(refused.errors)")
  }
}
