import SimulationKernel
import Testing

@testable import Workload

@Suite("Bringing in traces")
struct TraceImportTests {
  private static func read(
    _ text: String, _ format: TraceFormat, _ options: TraceImporter.Options = .init()
  ) throws -> ImportedTrace {
    var importer = TraceImporter(format: format, file: "f", options: options)
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      try Array(line.utf8).withUnsafeBufferPointer { try importer.read($0, number: index + 1) }
    }
    return try importer.finish()
  }

  private static func text(_ trace: ImportedTrace) -> String {
    var bytes: [UInt8] = []
    trace.write { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("Azure: dates to exact seconds from the earliest, in order, whatever the zone")
  func azure() throws {
    let trace = try Self.read(
      """
      TIMESTAMP,ContextTokens,GeneratedTokens
      2023-11-16 18:17:04.0319600,3180,8
      2023-11-16 18:17:03.9799600,4808,10
      2023-11-17 00:17:03.9799601+06:00,1,2
      2023-11-16 11:17:03.97996010-07:00,3,4

      """, .azure2023)
    #expect(
      Self.text(trace) == """
        t_s,prompt_tokens,output_tokens
        0,4808,10
        0.0000001,1,2
        0.0000001,3,4
        0.052,3180,8

        """)
    // The text is a trace that replays.
    let rows = try TraceRows(csv: Array(Self.text(trace).utf8), name: "t")
    #expect(rows.times == trace.times && rows.promptTokens == trace.promptTokens)
  }

  @Test("BurstGPT: failed requests are left out or kept with no output; one model may be chosen")
  func burstGPT() throws {
    let text = """
      Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type
      5,ChatGPT,472,18,490,Conversation log
      45.25,GPT-4,1087,0,1087,API log
      118,GPT-4,417,276,693,Conversation log
      """
    let usual = try Self.read(text, .burstGPT)
    #expect(usual.times == [5_000_000_000, 118_000_000_000] && usual.leftOut == 1)
    var options = TraceImporter.Options()
    options.keepsFailed = true
    let all = try Self.read(text, .burstGPT, options)
    #expect(all.outputTokens == [18, 0, 276] && all.leftOut == 0)
    options.model = "GPT-4"
    let one = try Self.read(text, .burstGPT, options)
    #expect(one.promptTokens == [1087, 417])
    #expect(one.notes == ["1 requests of other models were left out"])
    options.model = "GPT-5"
    #expect(throws: TraceError.self) { _ = try Self.read(text, .burstGPT, options) }
  }

  @Test("Mooncake: milliseconds, and hashes of blocks that stay with their request")
  func mooncake() throws {
    let trace = try Self.read(
      """
      {"timestamp": 3000, "input_length": 1000, "output_length": 5, "hash_ids": [7, 8]}
      {"timestamp": 0.5,"hash_ids":[1],"output_length":6,"input_length":300, "x": "a\\"},b", "y": [1]}
      """, .mooncake)
    #expect(
      Self.text(trace) == """
        t_s,prompt_tokens,output_tokens,hash_ids,block_tokens
        0.0005,300,6,1,512
        3,1000,5,7 8,512

        """)
    #expect(Array(trace.hashes(of: 0)) == [1] && Array(trace.hashes(of: 1)) == [7, 8])
    let rows = try TraceRows(csv: Array(Self.text(trace).utf8), name: "t")
    #expect(rows.promptTokens == [300, 1000])
  }

  @Test(
    "what is wrong: line, what was found, what was expected",
    arguments: [
      (
        TraceFormat.azure2023, "a,b\n",
        "f:1: no column 'timestamp' of a azure-2023 trace, found a, b"
      ),
      (
        .azure2023, "TIMESTAMP,ContextTokens,GeneratedTokens\n1,2,3\n",
        "f:2: found \"1\", expected a time such as 2023-11-16"
      ),
      (
        .azure2024, "TIMESTAMP,ContextTokens,GeneratedTokens\n2024-05-10 00:00:00+15:00,1,1\n",
        "f:2: found \"2024-05-10 00:00:00+15:00\""
      ),
      (
        .azure2024,
        "TIMESTAMP,ContextTokens,GeneratedTokens\n2024-05-10 00:00:00+00:00,1,1\n"
          + "2124-05-10 00:00:00+00:00,1,1\n",
        "f: the last request comes more than 73 years after the first"
      ),
      (
        .burstGPT, "Timestamp,Request tokens,Response tokens\n1,2.5,3\n",
        "f:2: found \"2.5\", expected a whole number of prompt tokens"
      ),
      (
        .burstGPT, "Timestamp,Request tokens,Response tokens\n\n1,2\n",
        "f:3: found 2 fields, expected 3 as in the header"
      ),
      (.burstGPT, "Timestamp,Request tokens,Response tokens\n-1,2,3\n", "f:2: found \"-1\""),
      (
        .burstGPT, "Timestamp,Request tokens,Response tokens\n1,2,0\n",
        "f: found no request to keep"
      ),
      (.mooncake, "", "f: found no requests"),
      (.mooncake, "x\n", "f:1: found \"x\", expected '{' of a JSON object on one line"),
      (.mooncake, "{\"timestamp\": 1}\n", "f:1: no key 'input_length' of a Mooncake trace"),
      (.mooncake, "{\"timestamp\": -1}\n", "f:1: found \"-1\", expected milliseconds"),
      (
        .mooncake, "{\"hash_ids\": [1, -2]}\n",
        "f:1: found \"-2\", expected a whole number in hash_ids"
      ),
      (.mooncake, "{\"hash_ids\": [1\n", "f:1: found nothing, expected ']'"),
      (
        .mooncake,
        "{\"timestamp\": 1, \"input_length\": 512, \"output_length\": 1, \"hash_ids\": [1, 2]}\n",
        "f:1: 2 hash_ids of a prompt of 512 tokens, expected at most 1 blocks of 512 tokens"
      ),
    ])
  func problems(format: TraceFormat, text: String, expected: String) {
    do {
      _ = try Self.read(text, format)
      Issue.record("was read")
    } catch {
      #expect("\(error)".hasPrefix(expected), "\(error)")
    }
  }

  @Test("formats are told by their first line")
  func guesses() {
    #expect(TraceFormat.guess("TIMESTAMP,ContextTokens,GeneratedTokens") == .azure2023)
    #expect(TraceFormat.guess("Timestamp,Model,Request tokens,Response tokens") == .burstGPT)
    #expect(TraceFormat.guess("{\"timestamp\": 0, \"input_length\": 1}") == .mooncake)
    #expect(TraceFormat.guess("{\"date\": \"20250101\", \"input_lens\": [1]}") == .vLLMBench)
    #expect(TraceFormat.guess("600,0.5,1.2,Gamma,0.7,1.1") == .serveGen)
    #expect(TraceFormat.guess("t_s,prompt_tokens,output_tokens") == .plimsoll)
    #expect(TraceFormat.guess("{\"a\": 1}") == nil)
  }

  @Test("ServeGen: as many requests as the windows' rates say, as varied, of the lengths given")
  func serveGen() throws {
    var client = ServeGenClient(file: "f")
    let lines = ["0,10,2.5,Gamma,0.16,0.3", "600,5,1.8,Weibull,0.6,0.1", "1200,0,0,,,"]
    for (index, line) in lines.enumerated() { try client.read(line, number: index + 1) }
    let lengths = [
      ServeGenClient.Lengths(from: 0, prompt: .constant(100), output: .constant(7)),
      ServeGenClient.Lengths(from: 600, prompt: .constant(200), output: .constant(9)),
    ]
    var counts = [0.0, 0.0]
    var gaps: [[Double]] = [[], []]
    let draws = 8
    for seed in 1...draws {
      let trace = try client.draw(lengths: lengths, seed: UInt64(seed))
      #expect(zip(trace.times, trace.times.dropFirst()).allSatisfy { $0 <= $1 })
      var last: [Int64?] = [nil, nil]
      var here = [0.0, 0.0]
      for row in 0..<trace.count {
        let window = trace.times[row] < 600_000_000_000 ? 0 : 1
        here[window] += 1
        #expect(trace.promptTokens[row] == (window == 0 ? 100 : 200))
        if let before = last[window] { gaps[window].append(Double(trace.times[row] - before)) }
        last[window] = trace.times[row]
      }
      for window in 0..<2 { counts[window] += here[window] }
    }
    // A count's variance is cv² of its mean; over the draws the mean is within four deviations.
    for (window, (mean, variation)) in [(6000.0, 2.5), (3000, 1.8)].enumerated() {
      let deviation = variation * (mean / Double(draws)).squareRoot()
      #expect(abs(counts[window] / Double(draws) - mean) < 4 * deviation)
      let average = gaps[window].reduce(0, +) / Double(gaps[window].count)
      let square = gaps[window].reduce(0) { $0 + $1 * $1 } / Double(gaps[window].count)
      let found = (square / (average * average) - 1).squareRoot()
      #expect(abs(found / variation - 1) < 0.08, "\(found)")
    }
    let again = try client.draw(lengths: lengths, seed: 3)
    #expect(again.times == (try client.draw(lengths: lengths, seed: 3)).times)
  }

  @Test("a Weibull law's shape by its variation, there and back")
  func weibull() {
    #expect(abs(WeibullShape.shape(coefficientOfVariation: 1) - 1) < 1e-9)
    // At shape 1/2 the moments are Γ(3) = 2 and Γ(5) = 24: √(24/4 − 1).
    #expect(abs(WeibullShape.coefficientOfVariation(shape: 0.5) - 5.0.squareRoot()) < 1e-12)
    for variation in [0.1, 0.7, 2, 10] {
      let shape = WeibullShape.shape(coefficientOfVariation: variation)
      #expect(abs(WeibullShape.coefficientOfVariation(shape: shape) / variation - 1) < 1e-9)
    }
  }
}
