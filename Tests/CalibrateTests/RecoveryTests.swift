import Catalog
import Foundation
import Recordings
import ServingEngine
import Testing

@testable import Calibrate

@Suite("Finding an engine that is known")
struct RecoveryTests {
  private static let truth: [StepColumn: Double] = [
    .base: 6400, .perSequence: 18, .perKVToken: 0.043, .prefillBase: 450, .prefillPerToken: 21,
    .prefillPerPair: 0.004,
  ]

  /// Errors of 1 % in each step: the coefficients come back within a few of their standard errors, and
  /// those are small enough to mean something.
  @Test("a table of steps: coefficients within their standard errors", arguments: 1...5)
  func steps(seed: Int) throws {
    let steps = KnownEngine.steps(1500, Self.truth, noise: 0.01, seed: UInt64(seed))
    let found = try Calibration(
      [("steps.csv", .steps(steps))], facts: KnownEngine.facts())
    let fit = try #require(found.linear)
    #expect(found.form == .linear && found.factors.isEmpty && fit.silent.isEmpty)
    for term in fit.terms {
      let truth = try #require(Self.truth[term.column])
      let error = try #require(term.standardError)
      #expect(abs(term.value - truth) < 4.5 * error, "\(term.column)")
      #expect(error < 0.2 * truth, "\(term.column)")
    }
    let held = try #require(found.errors(.step, heldOut: true))
    let fitted = try #require(found.errors(.step, heldOut: false))
    #expect(held.count + fitted.count == 1500 && (350...550).contains(held.count))
    // 90 % of a normal error of 1 %.
    #expect(abs(held.low + 0.01645) < 0.003 && abs(held.high - 0.01645) < 0.003)
    #expect(found.engine.stepError?.low == rounded(held.low))
  }

  @Test("standard errors are right: over many tables they cover as often as they say")
  func coverage() throws {
    let facts = try KnownEngine.facts()
    var inside = 0
    var outside = 0
    for seed in 100..<160 {
      let steps = KnownEngine.steps(200, Self.truth, noise: 0.02, seed: UInt64(seed))
      let found = try Calibration(
        [("s.csv", .steps(steps))], facts: facts,
        method: CalibrationMethod(holdOut: HoldOut(share: 0)))
      for term in found.linear?.terms ?? [] where term.column != .prefillPerPair {
        guard let error = term.standardError, let truth = Self.truth[term.column] else { continue }
        if abs(term.value - truth) < 1.96 * error { inside += 1 } else { outside += 1 }
      }
      #expect(found.engine.stepError == nil, "nothing was held out")
    }
    // 300 intervals of 95 %: 285 ± 4, half as much again for columns that move together.
    #expect(inside + outside == 300 && (272...296).contains(inside), "\(inside)")
  }

  /// The simulator itself made the log, so what is left is what the equations average over.
  @Test("a log of requests, linear form: every coefficient within two in a hundred")
  func linearLog() throws {
    let facts = try KnownEngine.facts()
    let run = try KnownEngine.log(
      KnownEngine.linear, KnownEngine.demand(400, rate: 10, seed: 3), facts: facts)
    let found = try Calibration(
      [("log", .runs([run]))], facts: facts, method: CalibrationMethod(form: .linear))
    let c = found.engine.coefficients
    for (value, truth) in [
      (c.decodeBase, 7e9), (c.decodePerSequence, 25e6), (c.decodePerKVToken, 6e4),
      (c.mixed.prefillAttentionPerToken, 3e7),
    ] { #expect(abs(value / truth - 1) < 0.02, "\(value) of \(truth)") }
    let held = try #require(found.errors(.timePerOutputToken, heldOut: true))
    #expect(held.count > 80 && held.meanAbsolute < 0.002)
    let first = try #require(found.errors(.timeToFirstToken, heldOut: true))
    #expect(first.medianAbsolute < 0.01)
  }

  @Test("the equations alone, without a replay, come within a tenth of base and prompts")
  func equationsAlone() throws {
    let facts = try KnownEngine.facts()
    let run = try KnownEngine.log(
      KnownEngine.linear, KnownEngine.demand(600, rate: 10, seed: 4), facts: facts)
    let found = try Calibration(
      [("log", .runs([run]))], facts: facts,
      method: CalibrationMethod(form: .linear, replays: false))
    let c = found.engine.coefficients
    #expect(abs(c.decodeBase / 7e9 - 1) < 0.1)
    #expect(abs(c.mixed.prefillAttentionPerToken / 3e7 - 1) < 0.1)
    #expect(found.factors.isEmpty && found.errors(.timeToFirstToken, heldOut: true) == nil)
    let held = try #require(found.errors(.step, heldOut: true))
    #expect(held.meanAbsolute < 0.03)
  }

  @Test("a log of requests, scaled form: the factors on the physics come back")
  func scaledLog() throws {
    let facts = try KnownEngine.facts()
    let scales = StepCoefficients.Scales(
      base: 1.35, perSequence: 1.5, perKVToken: 0.85, prefill: 1.2)
    let runs = try [(12.0, UInt64(5)), (30, 6)].map { rate, seed in
      try KnownEngine.log(
        facts.physics.scaled(by: scales),
        KnownEngine.demand(300, rate: rate, seed: seed, name: "log\(seed)"), facts: facts)
    }
    let found = try Calibration([("logs", .runs(runs))], facts: facts)
    #expect(found.form == .scaled && found.linear == nil)
    let truth = ["base": 1.35, "per_sequence": 1.5, "per_kv_token": 0.85, "prefill": 1.2]
    for factor in found.factors {
      let right = try #require(truth[factor.group])
      let error = try #require(factor.relativeError)
      #expect(abs(factor.value / right - 1) < 3 * error && error < 0.2, "\(factor)")
      // Sequences and their cached tokens rise together; what each step and each prompt costs does not.
      if factor.group == "base" || factor.group == "prefill" {
        #expect(abs(factor.value / right - 1) < 0.01, "\(factor)")
      }
    }
    // Runs held out as a whole say the same of an engine they were not fitted to.
    let split = try Calibration(
      [("logs", .runs(runs))], facts: facts,
      method: CalibrationMethod(holdOut: HoldOut(share: 0.5, unit: .run, seed: 2)))
    let held = try #require(split.errors(.timePerOutputToken, heldOut: true))
    #expect(held.count == 300 && held.meanAbsolute < 0.02)
  }

  @Test("what no row tells of is the physics', and said to be; what would be negative is zero")
  func silence() throws {
    let facts = try KnownEngine.facts()
    var steps = KnownEngine.steps(
      400, [.base: 5000, .perSequence: 20, .perKVToken: 0.05], noise: 0.001, seed: 9)
    steps.removeAll { $0.prefills > 0 }
    let found = try Calibration([("s.csv", .steps(steps))], facts: facts)
    #expect(found.linear?.silent == [.prefillBase, .prefillPerToken])
    #expect(
      found.engine.coefficients.mixed.prefillAttentionPerToken / 1e6
        == rounded(facts.physics.linearShare(.prefillPerToken) * 1e6) / 1e6)
    #expect(found.notes.contains { $0.hasPrefix("no row tells of prefill_base") })
    // The cache makes steps shorter here, which no engine's does.
    let odd = steps.map { step in
      var step = step
      step.seconds -= 2 * 0.05e-6 * Double(step.decodeKVTokens) * 0.6
      return step
    }
    let held = try Calibration([("s.csv", .steps(odd))], facts: facts)
    #expect(held.engine.coefficients.decodePerKVToken == 0)
    #expect(held.notes.contains { $0.hasPrefix("per_kv_token is held at zero") })
    let term = try #require(held.linear?.terms.first { $0.column == .perKVToken })
    #expect(term.unconstrained < 0 && term.value == 0 && term.standardError == nil)
  }

  @Test("columns that rise and fall together are named, or refused where they do exactly")
  func entangled() throws {
    let facts = try KnownEngine.facts()
    let near = (1...200).map { index in
      RecordedStep(
        decodes: index, decodeKVTokens: 1000 * index + (index % 7), prefills: 0, prefillTokens: 0,
        seconds: 0.005 + 0.0001 * Double(index), line: index)
    }
    let found = try Calibration([("s.csv", .steps(near))], facts: facts)
    let names = Set(found.linear?.entangled.map(\.column) ?? [])
    #expect(names.isSuperset(of: [.perSequence, .perKVToken]))
    #expect(try #require(found.linear?.condition) > 1000)
    let exact = near.map { step in
      var step = step
      step.decodeKVTokens = 1000 * step.decodes
      return step
    }
    #expect(throws: CalibrationError.self) {
      _ = try Calibration([("s.csv", .steps(exact))], facts: facts)
    }
    do {
      _ = try Calibration([("s.csv", .steps(exact))], facts: facts)
    } catch {
      #expect(error.problem.contains("cannot tell per_sequence, per_kv_token apart"))
    }
    #expect(throws: CalibrationError.self) {
      _ = try Calibration([("s.csv", .steps(Array(near.prefix(2))))], facts: facts)
    }
  }

  /// A real engine: half of the requests fitted, the others predicted.
  @Test(
    "a recorded vLLM run: requests that were held out are predicted",
    .enabled(if: RealLog.exists, "../shared/data/vllm-runs is absent"),
    arguments: [CalibrationMethod.Form.scaled, .linear])
  func realLog(form: CalibrationMethod.Form) throws {
    let found = try Calibration(
      [("log", try RealLog.recording())], facts: RealLog.facts(),
      method: CalibrationMethod(form: form, holdOut: HoldOut(share: 0.5)))
    let step = try #require(found.errors(.timePerOutputToken, heldOut: true))
    #expect((120...180).contains(step.count))
    #expect(step.meanAbsolute < 0.015 && step.low > -0.03 && step.high < 0.03)
    let first = try #require(found.errors(.timeToFirstToken, heldOut: true))
    #expect(first.medianAbsolute < 0.05)
    #expect(abs(try #require(found.errorOfMeans(.timeToFirstToken, heldOut: true))) < 0.05)
  }
}

/// The recorded run of a real engine, where it lies beside the repository.
enum RealLog {
  static let path =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path
    + "/shared/data/vllm-runs/rtxpro6000-llama-3.1-8b.requests.jsonl"

  static var exists: Bool { FileManager.default.fileExists(atPath: path) }

  static func recording() throws -> Recording {
    try Recording(Array(try Data(contentsOf: URL(fileURLWithPath: path))), name: "log.jsonl")
  }

  static func facts() throws -> EngineFacts {
    let catalog = try Catalog.bundled()
    let accelerator = try #require(catalog.accelerator(named: "rtx-pro-6000"))
    var scheduler = SchedulerOverrides()
    (scheduler.kvBlocks, scheduler.maxSequences, scheduler.maxBatchedTokens) = (36_578, 128, 2048)
    return try EngineFacts(
      EngineDeployment(
        accelerator: accelerator, model: try #require(catalog.model(named: "llama-3.1-8b")),
        interconnect: try #require(catalog.defaultInterconnect(of: accelerator)),
        host: try #require(catalog.engine(named: "vllm")), scheduler: scheduler))
  }
}
