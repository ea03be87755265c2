import Multicloud
import Scenario
import ServingEngine
import Testing

/// Engines that draft tokens.
@Suite struct SpeculationScenarioTests {
  private static let key = SmallScenario.chat + ".engine"

  private func pool(_ overrides: String...) throws -> Pool {
    try SmallScenario.load(SmallScenario.text, overrides.map { "\(Self.key).\($0)" }).world.pools[0]
  }

  private func problems(_ overrides: String...) -> [String] {
    SmallScenario.problems(SmallScenario.text, overrides.map { "\(Self.key).\($0)" })
  }

  @Test func `a pool drafts nothing unless it is told to`() throws {
    let plain = try pool()
    #expect(plain.speculation == nil && !plain.scheduler.speculation.isOn)
    #expect(plain.stepTime.mixed.tokensPerDecode == 1)
  }

  @Test func `drafts cost time and memory and need slots`() throws {
    let plain = try pool()
    let eagle = try pool("speculation={ draft-tokens: 3, acceptance: 70% }")
    #expect(eagle.speculation == Speculation(acceptance: 0.7))
    #expect(
      eagle.scheduler.speculation == SpeculationSettings(draftTokens: 3, lookaheadTokens: 3))
    #expect(eagle.stepTime.mixed.tokensPerDecode == 4)
    #expect(eagle.scheduler.kvBlocks < plain.scheduler.kvBlocks)
    #expect(eagle.stepTime.perKVToken > plain.stepTime.perKVToken)
    // At a batch of one, one layer and a small head, three times, are a small part of 32 layers.
    let ratio = Double(eagle.stepTime.decodeBase[1]) / Double(plain.stepTime.decodeBase[1])
    #expect(ratio > 1.05 && ratio < 1.5, "\(ratio)")

    let ngram = try pool("speculation={ draft-tokens: 3, acceptance: 0.3, method: ngram }")
    #expect(ngram.scheduler.speculation.lookaheadTokens == 0)
    #expect(ngram.scheduler.kvBlocks == plain.scheduler.kvBlocks)
    #expect(ngram.stepTime.decodeBase[1] < eagle.stepTime.decodeBase[1])

    let given = try pool("speculation={ draft-tokens: 2, acceptance: 0.5, draft-step: 3ms }")
    #expect(given.stepTime.decodeBase[1] > plain.stepTime.decodeBase[1] + 6_000_000_000)
    #expect(given.stepTime.perKVToken == plain.stepTime.perKVToken)
  }

  @Test func `another model drafts by its own shape`() throws {
    let text = SmallScenario.text.replacing("model: llama-3.1-8b", with: "model: llama-3.3-70b")
    let key = Self.key
    func pool(_ overrides: String...) throws -> Pool {
      try SmallScenario.load(
        text, ["\(SmallScenario.chat).tensor-parallel=4"] + overrides.map { "\(key).\($0)" }
      ).world.pools[0]
    }
    let plain = try pool()
    let drafted = try pool(
      "speculation={ draft-tokens: 4, acceptance: 80%, method: draft-model, draft-model: llama-3.1-8b }"
    )
    #expect(drafted.scheduler.kvBlocks < plain.scheduler.kvBlocks)
    // Four passes of 8B beside one of 70B.
    let ratio = Double(drafted.stepTime.decodeBase[1]) / Double(plain.stepTime.decodeBase[1])
    #expect(ratio > 1.3 && ratio < 3, "\(ratio)")
  }

  @Test func `explicit step times are added up`() throws {
    let engine =
      "engine={ kv-blocks: 1000, max-sequences: 8, step-time: { base: 10ms, per-sequence: 1ms }, "
      + "speculation: { draft-tokens: 2, acceptance: 50%, draft-step: 3ms, per-draft-token: 100us } }"
    let pool = try SmallScenario.load(
      SmallScenario.text, ["\(SmallScenario.chat).\(engine)"]
    ).world.pools[0]
    #expect(pool.stepTime.decodeBase[1] == 17_200_000_000)
    #expect(pool.stepTime.decodeBase[8] == 25_600_000_000)
    let mixed = pool.stepTime.mixedStep(
      StepTimeModel.MixedStep(
        decodes: 3, decodeKVTokens: 0, prefills: 1, prefillTokens: 5, doubledAttentionPairs: 25,
        doubledContextTokens: 5))
    #expect(mixed == 20_600_000_000)
  }

  @Test func `what cannot be is said with what can`() {
    #expect(
      problems("speculation={ draft-tokens: 3, acceptance: 70%, method: eagel }")
        .contains { $0.hasSuffix("unknown method of speculation 'eagel' - did you mean 'eagle'?") }
        || problems("speculation={ draft-tokens: 3, acceptance: 70%, method: eagel }")
          .contains { $0.contains("unknown method of speculation 'eagel'") && $0.contains("eagle") }
    )
    #expect(
      problems("speculation={ draft-tokens: 9, acceptance: 70% }").first?
        .contains("give max-sequences of at most 819") == true)
    #expect(
      problems(
        "speculation={ draft-tokens: 3, acceptance: 70% }", "long-prefill-threshold=64 tokens"
      ).first?.contains("leave it at 0") == true)
    #expect(
      problems("speculation={ draft-tokens: 3, acceptance: 70%, method: draft-model }").first?
        .contains("needs draft-model") == true)
    #expect(
      problems("speculation={ draft-tokens: 3, acceptance: 70%, draft-model: qwen3-32b }").first?
        .contains("draft-model is for method draft-model") == true)
    #expect(
      problems("speculation={ draft-tokens: 3, acceptance: 70%, per-draft-token: 1us }").first?
        .contains("goes with engine.step-time") == true)
    #expect(problems("speculation={ draft-tokens: 3, acceptance: 1.2 }").count == 1)
    #expect(
      problems(
        "kv-blocks=1000", "step-time={ base: 10ms }",
        "speculation={ draft-tokens: 2, acceptance: 50% }"
      ).first?.contains("need speculation.draft-step too") == true)
  }
}
