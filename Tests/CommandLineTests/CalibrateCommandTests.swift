import Foundation
import Testing

@Suite("Calibrating an engine")
struct CalibrateCommandTests {
  /// Steps of 5 ms, 20 µs a sequence, 0.05 µs a cached token, 25 µs a prompt token; every seventh is 1 %
  /// longer.
  private static let steps: String = {
    var text = "decodes,decode_kv_tokens,prefills,prefill_tokens,step_ms\n"
    for index in 0..<120 {
      let decodes = 1 + (index * 37) % 64
      let kv = decodes * (300 + (index * 91) % 2000)
      let prefills = index % 4 == 0 ? 1 : 0
      let tokens = prefills * (100 + (index * 53) % 900)
      var time = 5000 + 20 * Double(decodes + prefills) + 0.05 * Double(kv) + 25 * Double(tokens)
      if index % 7 == 0 { time *= 1.01 }
      text += "\(decodes),\(kv),\(prefills),\(tokens),\(String(format: "%.6f", time / 1000))\n"
    }
    return text
  }()

  private static let engine = ["--model", "llama-3.1-8b", "--accelerator", "H100-SXM"]

  private static func scenario(_ engine: String, accelerator: String = "H100-SXM") -> String {
    """
    plimsoll: 1
    horizon: 3m
    clouds:
      azure:
        regions:
          eastus2:
            pools:
              chat:
                accelerator: \(accelerator)
                model: llama-3.1-8b
                replicas: 1
                engine: \(engine)
    workloads:
      chat:
        model: llama-3.1-8b
        arrivals: { poisson: 2/s }
        shape: { fixed: { prompt: 512, output: 100 } }
        origins: { us-east: 100% }

    """
  }

  @Test("it prints coefficients with their errors, held-out errors and the worst rows")
  func text() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.steps, to: "steps.csv")
    let result = try Program.run(["calibrate", "steps.csv"] + Self.engine, in: folder)
    #expect(result.code == 0 && result.errors.isEmpty, "\(result.errors)")
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(
      lines[..<2] == [
        "llama-3.1-8b on h100-sxm, 1 to a replica",
        "fitted to 120 steps: a sum of shares by non-negative least squares; 30 % held out by hash of "
          + "the row, seed 1",
      ])
    for word in ["base", "per_sequence", "per_kv_token", "prefill_base", "prefill_per_token"] {
      #expect(lines.contains { $0.hasPrefix("  \(word) ") }, "\(word)")
    }
    #expect(result.output.contains("condition number "))
    #expect(result.output.contains("Measured against predicted"))
    #expect(lines.contains { $0.hasPrefix("  step held out ") })
    #expect(result.output.contains("Furthest off") && result.output.contains("steps.csv:"))
    let again = try Program.run(["calibrate", "steps.csv"] + Self.engine, in: folder)
    #expect(again.output == result.output)
  }

  @Test("the profile it writes makes a pool's steps, and is an input of the run")
  func profile() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.steps, to: "steps.csv")
    for name in ["my.profile.csv", "my.profile.yaml"] {
      let made = try Program.run(
        ["calibrate", "steps.csv", "--output", name, "--json", "--max-sequences", "64"]
          + Self.engine, in: folder)
      #expect(made.code == 0, "\(made.errors)")
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(made.output.utf8)) as? [String: Any])
      let keys = try #require(object["profile"] as? [String: Any])
      let base = try #require(keys["decode_base"] as? Double)
      #expect(abs(base / 5000 - 1) < 0.01)
      #expect(try #require(keys["step_error_high"] as? Double) < 0.011)
      #expect(keys["max_sequences"] as? Int == 64)

      try folder.write(Self.scenario("{ profile: \(name) }"), to: "s.yaml")
      let run = try Program.run(
        "run", "s.yaml", "--quiet", "--tables", "full", "--out", "out-\(name)", in: folder)
      #expect(run.code == 0, "\(run.errors)")
      let manifest = try String(
        contentsOfFile: folder.file("out-\(name)/manifest.json"), encoding: .utf8)
      #expect(manifest.contains("\"name\": \"\(name)\""))
      // A request by itself: 99 steps of one sequence over 512 to 610 tokens.
      let requests = try String(
        contentsOfFile: folder.file("out-\(name)/requests.csv"), encoding: .utf8)
      let rows = requests.split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false)
      }
      let column = try #require(rows[0].firstIndex(of: "tpot_ms"))
      let least = rows.dropFirst().compactMap { Double($0[column]) }.min()
      #expect(abs(try #require(least) - 5.048) < 0.06)
    }
    let effective = try Program.run("validate", "s.yaml", "--print-effective", in: folder)
    #expect(effective.output.contains("profile: my.profile.yaml"))
  }

  @Test("a log of this program's own requests is one it can be calibrated from")
  func ownLog() throws {
    let folder = try TemporaryFolder()
    let engine =
      "{ kv-blocks: 20000, step-time: { base: 6ms, per-sequence: 30us, per-kv-token: 40ns, "
      + "prefill-per-token: 25us } }"
    let text = Self.scenario(engine)
      .replacing("poisson: 2/s", with: "poisson: 12/s")
      .replacing(
        "{ fixed: { prompt: 512, output: 100 } }",
        with: "{ independent: { prompt: { uniform: { min: 50, max: 1500 } }, "
          + "output: { uniform: { min: 10, max: 300 } } } }"
      )
      .replacing("horizon: 3m", with: "horizon: 90s")
    try folder.write(text, to: "s.yaml")
    let run = try Program.run(
      "run", "s.yaml", "--quiet", "--tables", "full", "--out", "out", in: folder)
    #expect(run.code == 0, "\(run.errors)")
    let fit = try Program.run(
      ["calibrate", "out/requests.csv", "--form", "linear", "--kv-blocks", "20000", "--json"]
        + Self.engine, in: folder)
    #expect(fit.code == 0, "\(fit.errors)")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(fit.output.utf8)) as? [String: Any])
    let keys = try #require(object["profile"] as? [String: Any])
    for (key, truth) in [("decode_base", 6000.0), ("prefill_per_token", 25)] {
      #expect(abs(try #require(keys[key] as? Double) / truth - 1) < 0.03, "\(key)")
    }
    #expect(try #require(keys["tpot_error_high"] as? Double) < 0.02)
  }

  @Test("what is wrong: exit 2, where, and what was expected; nothing is written")
  func refusals() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.steps, to: "steps.csv")
    func problem(_ arguments: String...) throws -> String {
      let result = try Program.run(["calibrate"] + arguments + ["--output", "p.csv"], in: folder)
      #expect(result.code == 2 && result.output.isEmpty && !folder.exists("p.csv"))
      return result.errors
    }
    #expect(
      try problem("steps.csv", "--model", "llama-3.1-8b", "--accelerator", "H10").contains(
        "no accelerator 'H10'"))
    #expect(
      try problem("steps.csv", "--model", "lama-3.1-8b", "--accelerator", "H100-SXM").contains(
        "did you mean"))
    try folder.write(Self.steps + "1,2,0,0,fast\n", to: "bad.csv")
    #expect(
      try problem("bad.csv", "--model", "llama-3.1-8b", "--accelerator", "H100-SXM").contains(
        "error: bad.csv:122: step_ms: found \"fast\", expected milliseconds above 0"))
    try folder.write(
      "arrival_s,prompt_tokens,output_tokens,ttft_ms,e2e_ms\n0,9000,90,10,900\n", to: "long.csv")
    #expect(
      try problem(
        "long.csv", "--model", "llama-3.1-8b", "--accelerator", "H100-SXM", "--kv-blocks", "10",
        "--hold-out", "0"
      ).contains("long.csv:2: a request of 9000 and 90 tokens, but an engine with 10 KV blocks"))
  }

  @Test("a profile that does not fit the pool is refused, with what it was measured of")
  func mismatches() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.steps, to: "steps.csv")
    _ = try Program.run(
      ["calibrate", "steps.csv", "--output", "p.csv"] + Self.engine, in: folder)
    func problem(_ engine: String, accelerator: String = "H100-SXM") throws -> String {
      try folder.write(Self.scenario(engine, accelerator: accelerator), to: "s.yaml")
      let result = try Program.run("validate", "s.yaml", in: folder)
      #expect(result.code == 2)
      return result.errors
    }
    #expect(
      try problem("{ profile: p.csv }", accelerator: "H200-SXM").contains(
        "profile 'p.csv' was measured with accelerator h100-sxm, not H200-SXM"))
    #expect(
      try problem("{ profile: q.csv }").contains(
        "no engine profile 'q.csv': no such file beside the scenario"))
    #expect(
      try problem("{ profile: p.csv, step-time: { base: 5ms } }").contains("give one of them"))
    try folder.write(
      "# plimsoll engine profile 1\nkey,value,unit,standard_error\nmodl,a,,\n", to: "q.csv")
    #expect(try problem("{ profile: q.csv }").contains("q.csv:3: unknown key 'modl'"))
  }
}
