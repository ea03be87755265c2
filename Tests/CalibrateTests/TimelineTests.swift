import Catalog
import ServingEngine
import SimulationKernel
import Testing

@testable import Calibrate
@testable import Recordings

@Suite("What a log says of an engine's steps")
struct TimelineTests {
  @Test("batch and cached tokens over time, from first and last tokens")
  func loads() {
    // Two requests that overlap for two of their four seconds, a token a second each.
    let requests = [
      RecordedRequest(
        arrival: 0, firstToken: 1, lastToken: 5, promptTokens: 100, outputTokens: 5, line: 1),
      RecordedRequest(
        arrival: 0, firstToken: 3, lastToken: 7, promptTokens: 50, outputTokens: 5, line: 2),
    ]
    let load = RunTimeline(requests).load(steps: 4, from: 1, to: 5)
    #expect(load.steps == 4 && load.decodes == 6)
    // 100…104 over four seconds, 50…52 over two.
    #expect(abs(load.kvTokens - (4 * 102 + 2 * 51)) < 1e-9)
    #expect(load.prefills == 1 && load.prefillTokens == 50 && load.pairs == 1250)
    #expect(load.prefillSteps == 1)
    // The prompt whose first token begins the time was computed before it.
    let alone = RunTimeline(requests).load(steps: 2, from: 5, to: 7)
    #expect(alone.prefills == 0 && alone.decodes == 2)
  }

  @Test("the time of mean steps is the step-time model's, for whole steps", arguments: 0..<50)
  func meanSteps(seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed))
    let coefficients =
      seed % 2 == 0 ? try KnownEngine.facts().physics : try RealPhysics.mixtureOfExperts()
    let model = coefficients.stepTime(maxSequences: 256)
    let decodes = 1 + Int(generator.next() % 256)
    let kv = decodes * Int(1 + generator.next() % 4000)
    let step = StepCoefficients.MeanStep(
      decodes: Double(decodes), decodeKVTokens: Double(kv), prefills: 2, prefillTokens: 700,
      attentionPairs: 122_500)
    let mixed = StepTimeModel.MixedStep(
      decodes: decodes, decodeKVTokens: kv, prefills: 2, prefillTokens: 700,
      doubledAttentionPairs: 245_000, doubledContextTokens: 700)
    #expect(abs(coefficients.mixedTime(step) - Double(model.mixedStep(mixed))) < 1)
    let decode = Double(model.decodeStep(batch: decodes, kvTokens: kv))
    #expect(abs(coefficients.decodeTime(step) / decode - 1) < 1e-5)
  }

  @Test("coefficients drawn from the physics make the physics' own table again")
  func physics() throws {
    for coefficients in [try KnownEngine.facts().physics, try RealPhysics.mixtureOfExperts()] {
      let model = coefficients.stepTime(maxSequences: 256)
      let again = StepCoefficients(model, mixedPenalty: coefficients.mixedPenalty)
        .stepTime(maxSequences: 256)
      for batch in 1...256 {
        #expect(abs(model.decodeBase[batch] - again.decodeBase[batch]) <= 2)
      }
      #expect(again.mixed == model.mixed && again.perKVToken == model.perKVToken)
    }
  }

  @Test("rows are held out by a hash of their run and number, whatever the folder")
  func holdOut() {
    let rule = HoldOut(share: 0.4).choice(among: ["a/b.csv"])
    let held = (0..<2000).filter { rule.holdsOut(run: "a/b.csv", row: $0) }
    #expect((720...880).contains(held.count))
    #expect(held == (0..<2000).filter { rule.holdsOut(run: "b.csv", row: $0) })
    #expect(held != (0..<2000).filter { rule.holdsOut(run: "c.csv", row: $0) })
    let names = (0..<7).map { "run\($0)" }
    for share in [0.01, 0.3, 0.99] {
      let runs = HoldOut(share: share, unit: .run).choice(among: names)
      let count = names.count { runs.holdsOut(run: $0, row: 0) }
      #expect(count == [0.01: 1, 0.3: 2, 0.99: 6][share])
      for name in names {
        #expect(Set((0..<50).map { runs.holdsOut(run: name, row: $0) }).count == 1)
      }
    }
    let one = HoldOut(share: 0.5, unit: .run).choice(among: ["x"])
    #expect(!one.holdsOut(run: "x", row: 0))
    let none = HoldOut(share: 0).choice(among: ["x"])
    #expect(!none.holdsOut(run: "x", row: 0))
  }
}

/// The physics of a mixture of experts.
enum RealPhysics {
  static func mixtureOfExperts() throws -> StepCoefficients {
    let catalog = try Catalog.bundled()
    let accelerator = try #require(catalog.accelerator(named: "h100-sxm"))
    return try EngineFacts(
      EngineDeployment(
        accelerator: accelerator, model: try #require(catalog.model(named: "gpt-oss-120b")),
        interconnect: try #require(catalog.defaultInterconnect(of: accelerator)),
        host: try #require(catalog.engine(named: "vllm")))
    ).physics
  }
}
