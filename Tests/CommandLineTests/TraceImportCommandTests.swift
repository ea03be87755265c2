import Foundation
import Testing

@Suite("Bringing in traces by the command line")
struct TraceImportCommandTests {
  @Test("a trace that was brought in replays in a scenario")
  func replays() throws {
    let folder = try TemporaryFolder()
    var text = "TIMESTAMP,ContextTokens,GeneratedTokens\n"
    for index in 0..<300 {
      let (minute, second) = (index / 60, index % 60)
      text += String(
        format: "2023-11-16 18:%02d:%02d.%07d,%d,%d\r\n", minute, second, index * 31, 50 + index, 20
      )
    }
    try folder.write(text, to: "azure.csv")
    let result = try Program.run("trace", "import", "azure.csv", "--output", "t.csv", in: folder)
    #expect(result.code == 0 && result.output.isEmpty, "\(result.errors)")
    #expect(result.errors.contains("azure.csv: azure-2023: 300 requests over 299.0 s"))
    let lines = try String(contentsOfFile: folder.file("t.csv"), encoding: .utf8)
      .split(separator: "\n")
    #expect(lines.count == 301 && lines[1] == "0,50,20" && lines[2] == "1.0000031,51,20")
    try folder.write(
      Scenarios.small(arrivals: "{ trace: t.csv }"), to: "s.yaml")
    let valid = try Program.run("validate", "s.yaml", in: folder)
    #expect(valid.code == 0, "\(valid.errors)")
    let plain = try Program.run("trace", "import", "azure.csv", in: folder)
    #expect(plain.output.split(separator: "\n") == lines)
  }

  @Test("results of vllm bench serve: start times are arrivals")
  func bench() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      {"date": "20260101", "request_rate": 2.0, "input_lens": [10, 20], "output_lens": [2, 3],
       "ttfts": [0.5, 0.2], "itls": [[0.1], [0.1, 0.1]], "start_times": [7.5, 7.25]}
      """, to: "b.json")
    let result = try Program.run("trace", "import", "b.json", in: folder)
    #expect(result.output == "t_s,prompt_tokens,output_tokens\n0,20,3\n0.25,10,2\n")
  }

  @Test("what cannot be brought in: exit 2, line, what was expected, and nothing written")
  func refusals() throws {
    let folder = try TemporaryFolder()
    func problem(_ text: String, _ options: String...) throws -> String {
      try folder.write(text, to: "f")
      let result = try Program.run(
        ["trace", "import", "f", "--output", "t.csv"] + options, in: folder)
      #expect(result.code == 2 && result.output.isEmpty && !folder.exists("t.csv"))
      return result.errors
    }
    #expect(try problem("").contains("f: the file is empty"))
    #expect(try problem("a,b\n").contains("f:1: found \"a,b\", which begins none of the formats"))
    #expect(
      try problem("TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:17:03,x,1\n").contains(
        "error: f:2: found \"x\", expected a whole number of prompt tokens"))
    #expect(
      try problem("600,0.5,1.2,Gamma,0.7,1.1\n").contains("give --dataset chunk-*-dataset.json"))
    try folder.write("{\"0\": {\"input_tokens\": \"{1: x}\", \"output_tokens\": \"{}\"}}", to: "d")
    #expect(
      try problem("600,0.5,1.2,Gamma,0.7,1.1\n", "--dataset", "d").contains(
        "input_tokens at 0: found \"1:x\", expected a length and its share"))
    #expect(
      try problem(
        "{\"date\": 1, \"request_rate\": 2.0, \"input_lens\": [1], \"output_lens\": [2], "
          + "\"ttfts\": [1], \"itls\": [[1]]}"
      ).contains("when requests came is not known"))
    try Data([0x1F, 0x8B, 8, 0, 10]).write(to: URL(fileURLWithPath: folder.file("f")))
    let packed = try Program.run("trace", "import", "f", in: folder)
    #expect(packed.code == 2 && packed.errors.contains("gunzip -k f"))
    let missing = try Program.run("trace", "import", "nowhere.csv", in: folder)
    #expect(missing.code == 3 || missing.code == 2)
  }
}
