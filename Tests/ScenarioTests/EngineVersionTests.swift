import Catalog
import Multicloud
import Scenario
import ServingEngine
import Testing

/// Defaults that differ by version of the engine.
@Suite struct EngineVersionTests {
  private static let key = SmallScenario.chat + ".engine"

  private func scheduler(_ overrides: String...) throws -> SchedulerSettings {
    try SmallScenario.load(SmallScenario.text, overrides.map { "\(Self.key).\($0)" })
      .world.pools[0].scheduler
  }

  private func problems(_ overrides: String...) -> [String] {
    SmallScenario.problems(SmallScenario.text, overrides.map { "\(Self.key).\($0)" })
  }

  @Test func `versions choose defaults and written keys stay`() throws {
    let unnamed = try scheduler()
    let v15 = try scheduler("version=0.15")
    let v19 = try scheduler("version=0.19.1")
    let v22 = try scheduler("version=v0.30")
    #expect(unnamed.reservesWholePrompt && unnamed.kvBlocks == v19.kvBlocks)
    #expect(!v15.reservesWholePrompt && v15.kvBlocks == v19.kvBlocks)
    #expect(v19.reservesWholePrompt)
    // 92 % of 80 GB in place of 90 %.
    #expect(v22.reservesWholePrompt && v22.kvBlocks > v19.kvBlocks)
    #expect(try scheduler("version=0.15", "reserve-whole-prompt=true").reservesWholePrompt)
    #expect(try scheduler("version=0.30", "memory-utilization=90%").kvBlocks == v19.kvBlocks)
  }

  @Test func `V0 computes prompts first where contexts are short`() throws {
    let short = try scheduler("version=0.6", "max-model-tokens=16k tokens")
    #expect(short.prefillsFirst && short.reservesWholePrompt)
    #expect(short.maxSequences == 256 && short.maxBatchedTokens == 16_000)
    #expect(short.watermarkBlocks == short.kvBlocks / 100)
    let long = try scheduler("version=0.6")
    #expect(!long.prefillsFirst && long.maxBatchedTokens == 2048)
    #expect(long.watermarkBlocks == long.kvBlocks / 100)
    let kept = try scheduler("version=0.6", "max-model-tokens=16k tokens", "prefill-first=false")
    #expect(!kept.prefillsFirst)
    #expect(try scheduler("watermark=2%").watermarkBlocks == (try scheduler().kvBlocks) / 50)
  }

  @Test func `what cannot be is said with what can`() {
    #expect(
      problems("version=0.5").first?.hasSuffix(
        "no vLLM version '0.5' is known; expected a number of 0.6 or later (rules change at 0.6, 0.8, "
          + "0.19, 0.22)") == true)
    #expect(problems("version=latest").first?.contains("no vLLM version 'latest'") == true)
    #expect(
      problems("prefill-first=true").first?.contains("prefill-first computes prompts whole") == true
    )
    #expect(
      problems("prefill-first=true", "max-model-tokens=4k tokens", "order=priority").first?
        .contains("needs order fcfs") == true)
    #expect(
      problems(
        "version=0.6", "max-model-tokens=4k tokens",
        "speculation={ draft-tokens: 2, acceptance: 50% }"
      ).first?.contains("cannot go with prefill-first") == true)
  }
}
