import Foundation
import Testing

@Suite("Describing traces by the command line")
struct TraceDescribeCommandTests {
  /// Two requests a second for a minute, then none for one, twenty times.
  private static let trace: String = {
    var text = "t_s,prompt_tokens,output_tokens,hash_ids,block_tokens\n"
    for round in 0..<20 {
      for index in 0..<120 {
        let time = String(format: "%.1f", Double(round * 120) + Double(index) / 2)
        text += "\(time),\(600 + 10 * (index % 7)),\(20 + index % 9),1 \(index),512\n"
      }
    }
    return text
  }()

  @Test("it prints figures for people and for programs, and keys that a scenario takes")
  func figures() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.trace, to: "t.csv")
    let result = try Program.run("trace", "describe", "t.csv", "--seeds", "2", in: folder)
    #expect(result.code == 0 && result.errors.isEmpty, "\(result.errors)")
    #expect(
      result.output.hasPrefix(
        """
        t.csv: plimsoll, 2400 requests over 38.99 min
          mean rate 1.025/s; fullest minute 120 requests, 0 s in (1.95 times the mean)
        """), "\(result.output)")
    #expect(result.output.contains("a cache that never forgets"))
    let json = try Program.run("trace", "describe", "t.csv", "--seeds", "2", "--json", in: folder)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(object["requests"] as? Int == 2400 && object["span_s"] as? Double == 2339.5)
    let counts = try #require(object["counts"] as? [[String: Any]])
    // A second has two requests or none, each half of the time: variance 1 over mean 1.
    #expect(abs(try #require(counts[0]["dispersion"] as? Double) - 1) < 0.06)
    // A minute has 120 or none, and the next one the other.
    #expect(abs(try #require(counts[2]["dispersion"] as? Double) - 60) < 5)
    #expect(try #require(counts[2]["next_correlation"] as? Double) < -0.9)
    let sharing = try #require(object["sharing"] as? [String: Any])
    #expect(abs(try #require(sharing["request_share"] as? Double) - 2399.0 / 2400) < 1e-9)
    let twins = try #require(object["twins"] as? [[String: Any]])
    #expect(twins.count == 4 && twins[0]["law"] as? String == "bursts")

    let keys = try #require(object["keys"] as? String)
    let scenario = """
      plimsoll: 1
      horizon: 3m
      clouds:
        azure:
          regions:
            eastus2:
              pools: { chat: { accelerator: H100-SXM, model: llama-3.1-8b, replicas: 1 } }
      workloads:
       chat:
        model: llama-3.1-8b
        origins: { us-east: 100% }
      """
    // The keys are indented by two blanks, as the workload's are here.
    try folder.write(scenario + "\n" + keys + "\n", to: "s.yaml")
    let valid = try Program.run("validate", "s.yaml", in: folder)
    #expect(valid.code == 0, "\(valid.errors)")
  }

  @Test("what cannot be described: exit 2 and why")
  func refusals() throws {
    let folder = try TemporaryFolder()
    try folder.write("t_s,prompt_tokens,output_tokens\n1,2,3\n", to: "t.csv")
    let one = try Program.run("trace", "describe", "t.csv", in: folder)
    #expect(one.code == 2 && one.errors.contains("t.csv: found 1 requests at one instant"))
    try folder.write("t_s,prompt_tokens,output_tokens,hash_ids\n1,2,3,1 x\n", to: "t.csv")
    let hash = try Program.run("trace", "describe", "t.csv", in: folder)
    #expect(hash.code == 2 && hash.errors.contains("t.csv:2: found \"x\", expected whole numbers"))
  }
}
