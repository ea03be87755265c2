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
    #expect(LimitWarnings.load(of: "p", peak: 0.85, replicas: 4) == nil)
    #expect(LimitWarnings.load(of: "p", peak: nil, replicas: 4) == nil)
    let warning = LimitWarnings.load(of: "p", peak: 0.851, replicas: 4)
    #expect(warning?.text.contains("p is close to its limit, estimated load 85.1 %") == true)
    // Of a pool that is asked for more than it can serve, how many would do.
    let over = LimitWarnings.load(of: "p", peak: 58.1, replicas: 8)
    #expect(over?.text.contains("p is asked for more than it can serve, 5,810.0 %") == true)
    #expect(over?.text.contains("some 547 replicas in place of 8 would do") == true)
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

  @Test("a gap, with what makes it and the key that closes it")
  func gap() {
    var capacity = CapacityStatistics()
    capacity.wantedTime = 100 * 3_600_000_000_000
    func warning(
      _ hours: Int128, limited: [String] = [], isHarmless: Bool = false
    ) -> LimitWarnings.Warning? {
      capacity.gapTime = hours * 3_600_000_000_000
      return LimitWarnings.gap(
        of: "p", capacity, accelerators: 8, limited: limited, isHarmless: isHarmless)
    }
    #expect(warning(5) == nil)
    #expect(warning(6, isHarmless: true) == nil)
    let slow = warning(6)
    #expect(
      slow?.finding == "was short of replicas, 48.0 accelerator-hours or 6.0 % of what was wanted")
    #expect(slow?.advice.contains("elastic.minimum") == true)
    capacity.failedScaleUps = 3
    capacity.supplyFailures = 3
    // What failed is worth a word even where service held.
    #expect(warning(6, isHarmless: true)?.advice.contains("elastic.markets") == true)
    capacity.failedScaleUps = 9
    capacity.quotaFailures = 6
    let quota = warning(6, limited: ["h100"])
    #expect(quota?.finding.hasSuffix("9 scale-ups failed (6 quota, 3 supply)") == true)
    #expect(quota?.advice == "ask for a higher quota (markets.h100.quota)")
    capacity.failedTime = 4 * 3_600_000_000_000
    #expect(warning(6)?.advice.contains("elastic.failures.repair") == true)
  }

  @Test("a pool that wants all it may")
  func atMaximum() {
    #expect(LimitWarnings.atMaximum("p", 8, minutes: 10, of: 100) == nil)
    #expect(LimitWarnings.atMaximum("p", 8, minutes: 0, of: 0) == nil)
    #expect(
      LimitWarnings.atMaximum("p", 8, minutes: 11, of: 100)?.finding
        == "wanted all of its 8 replicas in 11.0 % of the minutes")
  }

  @Test("a deadline that was missed, and what to do about it")
  func deadline() {
    var job = TrainingJob(name: "tune", market: 0, accelerators: 8, work: .seconds(600))
    var result = TrainingOutcome()
    result.saved = 300_000_000_000
    result.waited = 5
    #expect(LimitWarnings.deadline(job, result, end: 900_000_000_000) == nil)
    job.deadline = .seconds(600)
    #expect(LimitWarnings.deadline(job, result, end: 600_000_000_000) == nil)
    job.submitted = .seconds(1)
    #expect(
      LimitWarnings.deadline(job, result, end: 600_000_000_001)?.advice.hasPrefix("its work alone")
        == true)
    job.submitted = .zero
    let waited = LimitWarnings.deadline(job, result, end: 600_000_000_001)
    #expect(waited?.finding == "missed its deadline, is 50.0 % done")
    #expect(waited?.advice.hasPrefix("it waited most of the time") == true)
    result.held = 700_000_000_000
    result.lost = 301_000_000_000
    result.ended = 720_000_000_000
    let lost = LimitWarnings.deadline(job, result, end: 900_000_000_000)
    #expect(lost?.finding == "missed its deadline, ended at 0:12 h")
    #expect(lost?.advice.contains("checkpoint.every") == true)
  }
}
