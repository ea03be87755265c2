import Testing

@testable import Recordings

@Suite("Reading logs of engines")
struct RecordingTests {
  private static func read(_ text: String) throws -> Recording {
    try Recording(Array(text.utf8), name: "l")
  }

  private static func problem(_ text: String) -> String {
    do {
      _ = try read(text)
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test("a table of steps, columns in any order")
  func steps() throws {
    let text = """
      step_ms,decodes,note,decode_kv_tokens,prefills,prefill_tokens,attention_pairs
      8.5,4,x,4000,0,0,
      20.25,3,"a, b",3000,1,512,131072.5

      """
    guard case .steps(let steps) = try Self.read(text) else { return #expect(Bool(false)) }
    #expect(steps.count == 2 && steps[0].seconds == 0.0085 && steps[0].attentionPairs == nil)
    #expect(steps[1].prefillTokens == 512 && steps[1].attentionPairs == 131_072.5)
    #expect(steps[1].line == 3)
  }

  @Test(
    "what is wrong with a table: line, what was found, what was expected",
    arguments: [
      ("", "l: the file is empty"),
      ("a,b\n1,2\n", "l:1: neither a table of steps (a column step_ms) nor of requests"),
      ("step_ms,decodes\n", "l:1: no column 'decode_kv_tokens' of a table of steps, found step_ms"),
      (
        "decodes,decode_kv_tokens,prefills,prefill_tokens,step_ms\n1,2,0,0\n",
        "l:2: found 4 fields, expected 5 as in the header"
      ),
      (
        "decodes,decode_kv_tokens,prefills,prefill_tokens,step_ms\n1,2.5,0,0,1\n",
        "l:2: decode_kv_tokens: found \"2.5\", expected a whole number of tokens"
      ),
      (
        "decodes,decode_kv_tokens,prefills,prefill_tokens,step_ms\n\n1,2,0,0,-1\n",
        "l:3: step_ms: found \"-1\", expected milliseconds above 0"
      ),
      (
        "decodes,decode_kv_tokens,prefills,prefill_tokens,step_ms\n1,2,0,7,1\n",
        "l:2: found 7 prefill tokens of 0 prefills"
      ),
      (
        "decodes,decode_kv_tokens,prefills,prefill_tokens,step_ms\n0,0,0,0,1\n",
        "l:2: neither decodes nor prefills"
      ),
      ("{\"a\": 1}\n", "l:1: not a log that is known"),
      ("{\"input_toks\": 5}\n", "l:1: arrival_time: found no such key, expected seconds"),
      ("\n{\"input_toks\": 5,\n", "l:2: the object that begins here does not end"),
      ("{\"input_toks\": 5} x\n", "l:1: found 'x', expected a JSON object in braces"),
      ("{\"input_toks\" 5}\n", "l:1: the object that begins here is not valid JSON"),
      ("{\"ttfts\": [0.1]}\n", "l:1: neither requests (input_lens, output_lens, ttfts, itls) nor"),
    ])
  func problems(text: String, expected: String) {
    #expect(Self.problem(text).hasPrefix(expected), "\(Self.problem(text))")
  }

  @Test("a vLLM engine's log: two clocks tied by the first request's queueing")
  func engineLog() throws {
    let text = """
      {"input_toks": 9, "output_toks": 3, "arrival_time": 1001.5, "queued_ts": 51.6, \
      "first_token_ts": 52, "last_token_ts": 53}
      {"input_toks": 7, "output_toks": 2, "arrival_time": 1000.0, "queued_ts": 50.0, \
      "first_token_ts": 50.25, "last_token_ts": 50.5}
      """
    guard case .runs(let runs) = try Self.read(text) else { return #expect(Bool(false)) }
    #expect(runs.count == 1 && runs[0].arrivals == .recorded)
    let requests = runs[0].requests
    #expect(requests.map(\.promptTokens) == [7, 9] && requests.map(\.line) == [2, 1])
    #expect(requests.map(\.arrival) == [0, 1.5] && requests.map(\.firstToken) == [0.25, 2])
    #expect(requests[1].timePerOutputToken == 0.5)
  }

  @Test("a benchmark's result with start times; what failed is left out")
  func benchmark() throws {
    let text = """
      {"request_rate": 2.0, "input_lens": [10, 20, 30], "output_lens": [3, 0, 2],
       "ttfts": [0.5, 0.0, 0.25], "itls": [[0.1, 0.2], [], [0.3]], "start_times": [7.0, 7.1, 6.0],
       "generated_texts": ["}{[", "\\"", "é"], "errors": ["", "boom", ""]}
      """
    guard case .runs(let runs) = try Self.read(text) else { return #expect(Bool(false)) }
    #expect(runs[0].arrivals == .recorded && runs[0].leftOut == 1 && runs[0].summary == nil)
    #expect(runs[0].requests.map(\.promptTokens) == [30, 10])
    #expect(runs[0].requests.map(\.arrival) == [0, 1])
    #expect(abs(runs[0].requests[1].lastToken - 1.8) < 1e-12)
    #expect(runs[0].requests[1].gaps == [0.1, 0.2])
  }

  @Test("sent as fast as two clients allow: start times follow")
  func reconstructed() throws {
    let text = """
      {"request_rate": Infinity, "max_concurrency": 2, "input_lens": [10, 20, 30],
       "output_lens": [2, 2, 2], "ttfts": [1, 2, 1], "itls": [[1], [2], [1]]}
      """
    guard case .runs(let runs) = try Self.read(text) else { return #expect(Bool(false)) }
    #expect(runs[0].arrivals == .reconstructed)
    #expect(runs[0].requests.map(\.arrival) == [0, 0, 2])
    #expect(runs[0].requests.map(\.lastToken) == [2, 4, 4])
    let word = text.replacingOccurrences("Infinity", "\"inf\"")
    guard case .runs(let same) = try Self.read(word) else { return #expect(Bool(false)) }
    #expect(same[0].requests == runs[0].requests)
    // At a rate, when each came is not known.
    let rate = text.replacingOccurrences("Infinity", "4.0")
    guard case .runs(let unknown) = try Self.read(rate) else { return #expect(Bool(false)) }
    #expect(unknown[0].arrivals == .unknown)
  }

  @Test("SGLang's lines of means: a run each")
  func means() throws {
    let line = """
      {"backend": "sglang", "request_rate": 4.0, "completed": 100, "duration": 50.0, \
      "total_input_tokens": 51200, "total_output_tokens": 12800, "mean_ttft_ms": 80.0, \
      "mean_tpot_ms": 12.5}

      """
    guard case .runs(let runs) = try Self.read(line + line) else { return #expect(Bool(false)) }
    #expect(runs.map(\.name) == ["l (run 1)", "l (run 2)"] && runs.map(\.line) == [1, 2])
    let summary = try #require(runs[0].summary)
    #expect(summary.meanPromptTokens == 512 && summary.meanOutputTokens == 128)
    #expect(summary.timePerOutputToken == 0.0125 && runs[0].requests.isEmpty)
  }

  @Test("a table of requests: a run for each replica, what did not complete is left out")
  func requests() throws {
    let text = """
      replica,status,arrival_s,prompt_tokens,output_tokens,ttft_ms,e2e_ms
      0,completed,3.0,10,5,100,500
      1,completed,1.0,11,5,100,500
      0,rejected,1.5,11,0,,
      0,completed,2.0,12,5,100,900
      """
    guard case .runs(let runs) = try Self.read(text) else { return #expect(Bool(false)) }
    #expect(runs.map(\.name) == ["l (0)", "l (1)"] && runs[0].leftOut == 1)
    #expect(runs[0].requests.map(\.promptTokens) == [12, 10])
    #expect(runs[0].requests.map(\.arrival) == [0, 1])
  }

  private static func bench(_ changes: [String: String] = [:]) -> String {
    var fields = [
      "input_lens": "[10, 20]", "output_lens": "[4, 3]", "ttfts": "[0.02, 0.021]",
      "itls": "[[0.01, 0.01, 0.011], [0.012, 0.01]]", "start_times": "[0.0, 0.5]",
      "request_rate": "\"inf\"", "max_concurrency": "2",
    ]
    fields.merge(changes) { $1 }
    return "{ "
      + fields.sorted { $0.key < $1.key }.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + " }"
  }

  @Test(
    "numbers beyond what is counted in: clients, requests, times",
    arguments: [
      (["max_concurrency": "1e308"], ""), (["max_concurrency": "-1e308"], ""),
      (["max_concurrency": "1e308", "start_times": "null"], ""),
      (["start_times": "[0.0, 1e300]"], "ten years"), (["start_times": "[-1e10, 0]"], "ten years"),
      (["ttfts": "[0.02, 1e12]"], "ten years"),
      (["itls": "[[0.01, -5, 0.01], [0.1, 0.1]]"], "ten years"),
      (
        [
          "mean_ttft_ms": "20", "mean_tpot_ms": "8", "completed": "1e308", "duration": "9",
          "total_input_tokens": "60", "total_output_tokens": "12",
        ], "fewer than 1e15"
      ),
    ])
  func benchmarkNumbers(changes: [String: String], problem: String) {
    let found = Self.problem(Self.bench(changes))
    #expect(problem.isEmpty ? found.isEmpty : found.contains(problem), "\(found)")
  }

  @Test("times of a table of requests beyond ten years")
  func requestTimes() {
    let header = "arrival_s,prompt_tokens,output_tokens,ttft_ms,e2e_ms\n"
    #expect(Self.problem(header + "1e300,5,2,10,20\n").contains("ten years"))
    #expect(Self.problem(header + "0,5,2,10,1e20\n").contains("ten years"))
    #expect(Self.problem(header + "0,5,2,10,20\n").isEmpty)
  }
}

extension String {
  /// The text with every occurrence of some text replaced.
  fileprivate func replacingOccurrences(_ old: String, _ new: String) -> String {
    replacing(old, with: new)
  }
}
