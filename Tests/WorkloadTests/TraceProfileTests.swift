import Foundation
import SimulationKernel
import Testing
import Workload

@Suite("Trace profiles")
struct TraceProfileTests {
  static func skewed() throws -> TraceRows {
    var generator = SplitMix64(seed: 8)
    let gap = Distribution.exponential(mean: 0.2)
    let length = Distribution.lognormal(median: 300, sigma: 1.2)
    var time = 0.0
    var times: [Int64] = []
    var prompts: [Int32] = []
    var outputs: [Int32] = []
    for _ in 0..<4_000 {
      time += gap.quantile(unitInterval(generator.next()))
      let prompt = length.quantile(unitInterval(generator.next()))
      times.append(Int64(time * 1e9))
      prompts.append(Int32(prompt) + 1)
      outputs.append(Int32(20_000 / (prompt + 20)) + 1)
    }
    return try TraceRows(
      name: "skewed.csv", times: times, promptTokens: prompts, outputTokens: outputs)
  }

  @Test("text reads back to the same profile")
  func roundTrip() throws {
    let profile = try TraceProfile(
      Self.skewed(), name: "skewed", provenance: ["source: a test", "licence: none"])
    let again = try TraceProfile(text: profile.text, name: "skewed")
    #expect(again == profile && again.text == profile.text)
    #expect(again.provenance == ["source: a test", "licence: none"] && again.total == 4_000)
  }

  @Test("counts by second are the trace's, and the moments close to it")
  func faithful() throws {
    let trace = try Self.skewed()
    let profile = try TraceProfile(trace, name: "skewed", provenance: [])
    for (second, count) in profile.countsBySecond.enumerated() {
      let exact = trace.times.count { $0 / 1_000_000_000 == second }
      #expect(exact == count)
    }
    let real = trace.lengthMoments
    let derived = profile.lengths.lengthMoments
    #expect(near(derived.meanPrompt, real.meanPrompt, 0.02))
    #expect(near(derived.meanOutput, real.meanOutput, 0.02))
    #expect(near(derived.meanSquarePrompt, real.meanSquarePrompt, 0.04))
    #expect(derived.meanProduct < derived.meanPrompt * derived.meanOutput)
  }

  @Test("draws have the moments of the histogram and stay in its cells")
  func draws() throws {
    let histogram = try TraceProfile(Self.skewed(), name: "s", provenance: []).lengths
    let bounds = histogram.cells.map { ($0.prompt, $0.output) }
    let stream = KeyedStream(seed: 3, entity: 0, purpose: 0)
    var prompts = 0.0
    var outputs = 0.0
    var products = 0.0
    let count = 200_000
    for i in 0..<count {
      let (prompt, output) = histogram.lengths(stream.block(UInt64(i)))
      prompts += Double(prompt)
      outputs += Double(output)
      products += Double(prompt) * Double(output)
      if i < 2_000 {
        #expect(
          bounds.contains {
            $0.0 <= prompt && prompt - $0.0 <= $0.0 / 8 && $0.1 <= output
              && output - $0.1 <= $0.1 / 8
          })
      }
    }
    let expected = histogram.lengthMoments
    #expect(abs(prompts / Double(count) / expected.meanPrompt - 1) < 0.02)
    #expect(abs(outputs / Double(count) / expected.meanOutput - 1) < 0.02)
    #expect(abs(products / Double(count) / expected.meanProduct - 1) < 0.02)
  }

  static let malformed: [(text: String, message: String)] = [
    ("bits,3", "p:1: found \"bits,3\", expected \"# plimsoll trace profile 1\""),
    (
      "# plimsoll trace profile 2",
      "p:1: this version reads profiles of version 1, found # plimsoll trace profile 2"
    ),
    (
      "# plimsoll trace profile 1\nbits,3\nlenghts,1,1:1",
      "p:3: found \"lenghts,1,1:1\", expected a line of bits, seconds or lengths"
    ),
    (
      "# plimsoll trace profile 1\nbits,99",
      "p:2: found \"99\", expected bins per doubling as a power of two"
    ),
    (
      "# plimsoll trace profile 1\nseconds,0,1,2\nseconds,3,1",
      "p:3: found \"3\", expected the next second, 2"
    ),
    (
      "# plimsoll trace profile 1\nseconds,0,1,x", "p:2: found \"x\", expected a count of requests"
    ),
    (
      "# plimsoll trace profile 1\nlengths,1,1:1",
      "p:2: lengths come before bits, expected them after"
    ),
    (
      "# plimsoll trace profile 1\nbits,3\nlengths,17,1:1",
      "p:3: found 17, expected the lower bound of a bin (nearest 16)"
    ),
    (
      "# plimsoll trace profile 1\nbits,3\nlengths,16,1",
      "p:3: found \"1\", expected an output length, a colon and a count"
    ),
    (
      "# plimsoll trace profile 1\nbits,3\nlengths,16,2:1,1:4",
      "p:3: found lengths 16, 1 after 16, 2, expected ascending order"
    ),
    (
      "# plimsoll trace profile 1\nbits,3\nseconds,0,1",
      "p: expected lines of bits, seconds (with a request) and lengths"
    ),
  ]

  @Test("what is wrong in a profile's text is told with its line")
  func errors() {
    for (text, message) in Self.malformed {
      let error = #expect(throws: TraceError.self) { try TraceProfile(text: text, name: "p") }
      #expect(error?.description == message)
    }
  }

  static let bundled = [
    ("azure-llm-2023-conv", "azure2023_conv.csv"), ("azure-llm-2023-code", "azure2023_code.csv"),
  ]

  static func bundledProfile(_ name: String) throws -> TraceProfile {
    let url = RecordedData.root
      .appendingPathComponent("Sources/Catalog/Resources/\(name).profile.csv")
    return try TraceProfile(text: String(contentsOf: url, encoding: .utf8), name: name)
  }

  @Test("bundled profiles say where they come from and are small", arguments: bundled.map(\.0))
  func provenance(name: String) throws {
    let profile = try Self.bundledProfile(name)
    let text = profile.provenance.joined(separator: "\n")
    #expect(text.contains("AzurePublicDataset") && text.contains("CC-BY 4.0"))
    #expect(profile.text.utf8.count <= 40_000)
  }

  @Test(
    "bundled profiles agree with the traces they were derived from",
    .enabled(if: RecordedData.has("traces/azure2023_conv.csv")), arguments: bundled)
  func bundledAgree(name: String, file: String) throws {
    let profile = try Self.bundledProfile(name)
    let trace = try TraceRows(csv: try RecordedData.bytes("traces/\(file)"), name: file)
    #expect(profile.total == Int64(trace.count))
    #expect(profile.countsBySecond.reduce(0, +) == Int32(trace.count))

    let stream = KeyedStream(seed: 5, entity: 0, purpose: 0)
    let pairs = (0..<200_000).map { profile.lengths.lengths(stream.block(UInt64($0))) }
    func check(_ drawn: [Int32], _ recorded: [Int32]) {
      let meanRatio = mean(drawn.map(Double.init)) / mean(recorded.map(Double.init))
      #expect(abs(meanRatio - 1) < 0.03)
      let a = drawn.sorted()
      let b = recorded.sorted()
      for q in [0.5, 0.95] {
        let ratio =
          Double(a[Int(q * Double(a.count))]) / Double(b[Int(q * Double(b.count))])
        #expect(abs(ratio - 1) < 0.03)
      }
    }
    check(pairs.map(\.prompt), trace.promptTokens)
    check(pairs.map(\.output), trace.outputTokens)
    let real = trace.lengthMoments
    let derived = profile.lengths.lengthMoments
    let realCovariance = real.meanProduct - real.meanPrompt * real.meanOutput
    let derivedCovariance = derived.meanProduct - derived.meanPrompt * derived.meanOutput
    #expect(realCovariance * derivedCovariance > 0)
  }

  @Test("bins have one width")
  func bitsTwice() {
    let text = "# plimsoll trace profile 1\nbits,3\nseconds,0,1\nlengths,10,5:1\nbits,1\n"
    #expect { try TraceProfile(text: text, name: "p") } throws: { error in
      "\(error)" == "p:5: found bits a second time, expected them once"
    }
  }

  @Test("ServeGen: windows that come to more requests than memory holds are refused")
  func tooManyToDraw() throws {
    var client = ServeGenClient(file: "f")
    try client.read("0,1000000,1,Poisson,,".replacing("Poisson", with: "Exponential"), number: 1)
    try client.read("2000000000,1,1,,,", number: 2)
    let lengths = [ServeGenClient.Lengths(from: 0, prompt: .constant(1), output: .constant(1))]
    #expect(client.expectedRequests == 2e15 + 600)
    #expect(throws: TraceError.self) { try client.draw(lengths: lengths, seed: 1) }
  }
}
