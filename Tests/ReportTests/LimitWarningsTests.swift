import Multicloud
import Runner
import SimulationKernel
import Testing

@testable import Report

/// Every warning appears just above its threshold and not just below.
@Suite("Warnings")
struct LimitWarningsTests {
  @Test("load")
  func load() {
    #expect(LimitWarnings.load(of: "p", peak: 0.85) == nil)
    #expect(LimitWarnings.load(of: "p", peak: nil) == nil)
    let warning = LimitWarnings.load(of: "p", peak: 0.851)
    #expect(warning?.text.contains("p is close to its limit, estimated load 85.1 %") == true)
  }

  @Test("KV blocks")
  func blocks() {
    #expect(LimitWarnings.blocks(of: "p", peak: 0.95, preemptions: 0) == nil)
    #expect(LimitWarnings.blocks(of: "p", peak: 0.951, preemptions: 0)?.kind == .blocks)
    let full = LimitWarnings.blocks(of: "p", peak: 1, preemptions: 3483)
    #expect(full?.finding == "ran out of KV blocks, 3,483 preemptions")
  }

  @Test("a queue that grows")
  func queue() {
    func warning(_ before: Double, _ last: Double, replicas: Int = 1) -> LimitWarnings.Warning? {
      LimitWarnings.queue(of: "p", replicas: replicas, (before, last))
    }
    #expect(warning(1, 1.49) == nil)
    #expect(warning(1, 1.5) != nil)
    #expect(warning(0, 0.99) == nil)
    #expect(warning(0, 1) != nil)
    // Counted by the replica: eight with one waiting at one of them have no queue.
    #expect(warning(0, 1, replicas: 8) == nil)
    #expect(LimitWarnings.queue(of: "p", replicas: 1, nil) == nil)
  }

  @Test("requests turned away")
  func turnedAway() {
    #expect(LimitWarnings.turnedAway(by: "p", 0) == nil)
    #expect(LimitWarnings.turnedAway(by: "p", 1) != nil)
  }

  @Test("quotas, with the minute and what to do")
  func quota() {
    let spec = QuotaSpec(
      name: "q", rule: .fixedMinuteTokens(FixedMinuteTokens(tokensPerMinute: 10)))
    let start = Duration.seconds(27 * 60)
    #expect(LimitWarnings.quota(spec, peak: .init(value: 0.9, start: start), refused: 0) == nil)
    #expect(LimitWarnings.quota(spec, peak: nil, refused: 0) == nil)
    let warning = LimitWarnings.quota(
      spec, peak: .init(value: 0.931, start: start), refused: 12)
    #expect(
      warning?.text
        == "quota q was used to 93.1 % in its worst minute, 0:27 h, 12 calls refused in all: "
        + "ask for more, or spread the calls")
  }

  @Test("a target held by a hair, not one held well or missed")
  func target() {
    let target = Objective.Target(limit: .seconds(1), quantile: 0.95)
    func warning(_ good: Int64) -> LimitWarnings.Warning? {
      LimitWarnings.target("chat TTFT", target, good: good, of: 1000)
    }
    #expect(warning(949) == nil)
    #expect(warning(950) != nil)
    #expect(warning(959) != nil)
    #expect(warning(960) == nil)
    #expect(LimitWarnings.target("x", nil, good: 1, of: 1) == nil)
    #expect(LimitWarnings.target("x", target, good: 0, of: 0) == nil)
    // Where a point is more than there is above the target, half of that counts.
    let strict = Objective.Target(limit: .seconds(1), quantile: 0.99)
    #expect(LimitWarnings.target("x", strict, good: 1000, of: 1000) == nil)
    #expect(LimitWarnings.target("x", strict, good: 994, of: 1000) != nil)
  }

  @Test("commitments")
  func commitment() {
    func warning(_ probability: Double, _ middle: String?) -> LimitWarnings.Warning? {
      LimitWarnings.commitment(
        "macc", due: "2027-01-31", probability: probability, middle: middle, isSteered: false)
    }
    #expect(warning(0.1, nil) == nil)
    #expect(warning(0.101, nil) != nil)
    #expect(warning(0, "1.00M USD")?.text.contains("1.00M USD short") == true)
    let steered = LimitWarnings.commitment(
      "macc", due: "2027-01-31", probability: 1, middle: nil, isSteered: true)
    #expect(steered?.advice.contains("contract-aware") == false)
  }
}
