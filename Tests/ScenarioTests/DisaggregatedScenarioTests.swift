import Multicloud
import Scenario
import ServingEngine
import SimulationKernel
import Testing

/// Disaggregated pools as scenario files have them.
@Suite("Disaggregated pools in scenarios")
struct DisaggregatedScenarioTests {
  private static let split =
    "\(SmallScenario.chat).disaggregated={ decode: { replicas: 3 }, link: { bandwidth: 400 Gbit/s, latency: 20us } }"

  @Test("a pool and the pool that decodes for it")
  func world() throws {
    let world = try SmallScenario.load(SmallScenario.text, [Self.split]).world
    #expect(world.pools.map(\.name) == ["chat", "chat-decode"])
    #expect(world.pools.map(\.replicas) == [2, 3])
    #expect(world.pools[1].role == .decode(of: 0))
    let join = try #require(world.pools[0].disaggregation)
    #expect(join.decodePool == 1 && join.firstToken == .prefill)
    #expect(join.link == CacheLink(bytesPerSecond: 50_000_000_000, latency: .microseconds(20)))
    // Keys and values of 32 layers, 8 heads of 128, 2 bytes each: 128 KiB a token, 16 tokens a block.
    #expect(join.blockBytes == 16 * 131_072)
    #expect(world.pools.map(\.scheduler.transfersCaches) == [true, true])
    #expect(world.pools[0].stepTime == world.pools[1].stepTime)
    #expect(world.sliceProblem?.contains("disaggregated") == true)
    let whole = try SmallScenario.load().world
    #expect(!whole.isDisaggregated && whole.disaggregationProblem == nil)
  }

  @Test("what befalls each deployment befalls it once")
  func eachDeploymentFails() throws {
    let world = try SmallScenario.load(
      SmallScenario.text,
      [Self.split, "failures=[{ each: deployment, effect: fails, mtbf: 1h, mttr: 1m }]"]
    ).world
    #expect(world.failureProcesses.map(\.target) == [.deployment(0)])
  }

  @Test("what differs where output is produced; the rest is the pool's")
  func changes() throws {
    let world = try SmallScenario.load(
      SmallScenario.text,
      [
        Self.split, "\(SmallScenario.chat).engine.max-sequences=100",
        "\(SmallScenario.chat).engine.max-batched-tokens=4096",
        "\(SmallScenario.chat).disaggregated.decode.engine={ max-sequences: 200 }",
        "\(SmallScenario.chat).disaggregated.decode.tensor-parallel=2",
        "\(SmallScenario.chat).disaggregated.decode.routing=round-robin",
        "\(SmallScenario.chat).disaggregated.first-token=decode",
      ]
    ).world
    #expect(world.pools.map(\.scheduler.maxSequences) == [100, 200])
    #expect(world.pools.map(\.scheduler.maxBatchedTokens) == [4096, 4096])
    #expect(world.pools.map(\.acceleratorsPerReplica) == [1, 2])
    #expect(world.pools.map(\.routing.policy) == ["least-outstanding-requests", "round-robin"])
    #expect(world.pools[0].disaggregation?.firstToken == .decode)
    let join = try #require(world.pools[0].disaggregation)
    #expect(join.blockBytes == 16 * 131_072)
  }

  @Test(
    "what cannot be",
    arguments: [
      (["elastic={ maximum: 4 }"], "pool 'chat' is disaggregated and has elastic"),
      (["replicas=0"], "pool 'chat' is disaggregated and has no replicas for prompts"),
      (
        ["disaggregated.decode.engine={ block-tokens: 32 }"],
        "KV blocks hold 16 tokens where prompts are computed and 32 where output is"
      ),
      (
        ["engine={ kv-blocks: 4000, step-time: { base: 10ms } }"],
        "explicit step times say nothing of the cache's size; give link.kv-bytes-per-token"
      ),
      (["disaggregated.link.bandwidth=400"], "'400' has no unit: write 400 Gbit/s or 400 GB/s"),
      (["disaggregated.link.bandwidth=400 Gb/s"], "unknown unit 'Gb/s'"),
      (["disaggregated.link.bandwidth=0 Gbit/s"], "no whole number of bytes a second"),
      (["disaggregated.link.kv-bytes-per-token=0"], "kv-bytes-per-token is zero"),
      (["disaggregated.decode.tensor-parallel=3"], "chat-decode"),
    ])
  func problems(_ overrides: [String], _ text: String) {
    let all = [Self.split] + overrides.map { "\(SmallScenario.chat).\($0)" }
    let problems = SmallScenario.problems(SmallScenario.text, all)
    #expect(problems.contains { $0.contains(text) }, "\(problems)")
  }

  @Test("nothing befalls one part alone, and no other pool has its name")
  func names() {
    let incident =
      "incidents=[{ at: 1m, for: 1m, deployment: azure/eastus2/chat-decode, effect: fails }]"
    #expect(
      SmallScenario.problems(SmallScenario.text, [Self.split, incident]).contains {
        $0.contains("is a part of a disaggregated pool: name 'azure/eastus2/chat'")
      })
    let other =
      "clouds.azure.regions.eastus2.pools.chat-decode={ accelerator: H100-SXM, model: llama-3.1-8b, replicas: 1 }"
    #expect(
      SmallScenario.problems(SmallScenario.text, [Self.split, other]).contains {
        $0.contains("its replicas that decode go by 'chat-decode', which is another's name here")
      })
  }

  @Test("figures of caches are there of split pools alone")
  func assertions() throws {
    let claim =
      "assert=[{ pool: azure/eastus2/chat, metric: kv_copy_p95, at-most: 50ms }, "
      + "{ pool: azure/eastus2/chat, metric: kv_link_sending_fraction, at-most: 80% }]"
    #expect(try SmallScenario.load(SmallScenario.text, [Self.split, claim]).assertions.count == 2)
    #expect(
      SmallScenario.problems(SmallScenario.text, [claim]).contains {
        $0.contains("give pool 'azure/eastus2/chat' disaggregated")
      })
  }
}
