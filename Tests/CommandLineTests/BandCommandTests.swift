import Testing

/// What the engines' stated error makes of latencies, through the real binary.
@Suite("Bands of step times on the command line")
struct BandCommandTests {
  private static let scenario = """
    plimsoll: 1
    horizon: 4m
    clouds:
      azure:
        regions:
          eastus2:
            pools: { h: { accelerator: H100-SXM, model: llama-3.1-8b, replicas: 1 } }
    workloads:
      chat: { model: llama-3.1-8b, arrivals: { poisson: 30/s }, shape: { fixed: { prompt: 1000, output: 100 } }, origins: { us-east: 100% } }
    """

  private func figures(_ arguments: String...) throws -> (output: String, rows: [String]) {
    let folder = try TemporaryFolder()
    _ = try folder.write(Self.scenario, to: "s.yaml")
    let run = try Program.run(
      ["run", "s.yaml", "--out", "o", "--quiet", "--tables", "summary"] + arguments, in: folder)
    #expect(run.code == 0, "\(run.errors)")
    let summary = String(decoding: try folder.bytes("o/summary.csv"), as: UTF8.self)
    return (run.output, summary.split(separator: "\n").map(String.init))
  }

  private func value(_ metric: String, _ rows: [String]) throws -> Double {
    let row = try #require(rows.first { $0.hasPrefix("workload,chat,\(metric),") })
    return try #require(Double(row.split(separator: ",", omittingEmptySubsequences: false)[4]))
  }

  @Test("a small run says it unasked: slower engines make queues longer than their steps")
  func automatic() throws {
    let (output, rows) = try figures()
    #expect(output.contains("9 engines of 10"))
    for time in ["ttft", "tpot", "e2e"] {
      let here = try value("\(time)_p95", rows)
      let fast = try value("\(time)_p95_if_fast", rows)
      let slow = try value("\(time)_p95_if_slow", rows)
      #expect(fast < here && here < slow, "\(time)")
    }
    // The catalog's vLLM is known to 0.89 to 1.11; a batch grows with its steps, so more comes of it.
    let (here, slow) = (try value("tpot_p50", rows), try value("tpot_p50_if_slow", rows))
    #expect(slow / here > 1.11)
  }

  @Test("without the band the figures are the same, and fewer; explicit step times have no error")
  func without() throws {
    let (output, rows) = try figures("--no-band")
    #expect(!output.contains("9 engines of 10"))
    #expect(!rows.contains { $0.contains("_if_") })
    let (_, with) = try figures("--band")
    #expect(with.filter { !$0.contains("_if_") } == rows)
    let explicit = try figures(
      "--band", "--set",
      "clouds.azure.regions.eastus2.pools.h.engine={ kv-blocks: 20000, step-time: { base: 8ms, per-sequence: 20us } }"
    )
    #expect(!explicit.rows.contains { $0.contains("_if_") })
  }
}
