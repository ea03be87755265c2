import ServingEngine
import Testing

@testable import Calibrate

@Suite("Profiles of engines")
struct EngineProfileTests {
  @Test("a profile reads back to what was written")
  func roundTrip() throws {
    let facts = try KnownEngine.facts()
    for coefficients in [
      facts.physics.rounded(), KnownEngine.linear, try RealPhysics.mixtureOfExperts().rounded(),
    ] {
      var engine = CalibratedEngine(
        model: "m", accelerator: "a", tensorParallel: 2, coefficients: coefficients,
        scheduler: facts.overrides, provenance: ["one", "two"])
      engine.stepError = CalibratedEngine.Band(low: -0.02, high: 0.031)
      engine.standardErrors = [CalibratedEngine.StandardError(key: "decode_base", value: 12.5)]
      let again = try CalibratedEngine(text: engine.text, name: "f")
      #expect(again.text == engine.text)
      #expect(again.provenance == ["one", "two"] && again.scheduler == engine.scheduler)
      #expect(again.stepError == engine.stepError && again.timeToFirstTokenError == nil)
      #expect(again.standardErrors == engine.standardErrors)
      let (a, b) = (
        coefficients.stepTime(maxSequences: 64), again.coefficients.stepTime(maxSequences: 64)
      )
      #expect(a.decodeBase == b.decodeBase && a.perKVToken == b.perKVToken)
      let twice = try CalibratedEngine(text: again.text, name: "f")
      #expect(twice.coefficients.stepTime(maxSequences: 64) == b)
    }
  }

  private static let text = """
    # plimsoll engine profile 1
    key,value,unit,standard_error
    model,m,,
    accelerator,a,,
    decode_base,5000,us,

    """

  @Test(
    "what is wrong with a profile: line, what was found, what was expected",
    arguments: [
      ("x", "f:1: found \"x\", expected \"# plimsoll engine profile 1\""),
      (
        "# plimsoll engine profile 2\n",
        "f:1: version 2 of an engine profile, this program reads version 1: write it anew"
      ),
      ("# plimsoll engine profile 1\na,b\n", "f:2: found \"a,b\", expected the header"),
      (text + "decode_base,1,us,\n", "f:6: the key 'decode_base' is there twice"),
      (text + "decode_bass,1,us,\n", "f:6: unknown key 'decode_bass', expected one of model"),
      (text + "gemm_base,-1,us,\n", "f:6: gemm_base: found \"-1\", expected a time of 0 to"),
      (text + "gemm_base,nan,us,\n", "f:6: gemm_base: found \"nan\""),
      (text + "gemm_base,1,us\n", "f:6: found 3 fields, expected 4"),
      (
        text + "kv_blocks,0,blocks,\n",
        "f:6: kv_blocks: found \"0\", expected a whole number from 1"
      ),
      (text + "mixed_penalty_x,1.5,1,\n", "f:6: mixed_penalty_x: found \"1.5\""),
      (text + "step_error_low,-0.1,1,\n", "f: the key 'step_error_high' is missing"),
      (
        text + "step_error_low,0.2,1,\nstep_error_high,0.1,1,\n",
        "f: step_error_low is above step_error_high"
      ),
      (text + "experts,8,,\n", "f: experts_per_token is not between 1 and experts"),
      (text.replacing("model,m,,\n", with: ""), "f: the key 'model' is missing"),
    ])
  func problems(text: String, expected: String) {
    do {
      _ = try CalibratedEngine(text: text, name: "f")
      Issue.record("was read")
    } catch {
      #expect("\(error)".hasPrefix(expected), "\(error)")
    }
  }
}
