import Foundation
import Testing

/// No output takes the place of an input or of another output, by whatever name.
@Suite("Overwriting")
struct OverwritingTests {
  private func expectRefusal(
    _ arguments: [String], _ message: String, keeping files: [String], in folder: TemporaryFolder
  ) throws {
    let before = try files.map { try folder.bytes($0) }
    let result = try Program.run(arguments, in: folder)
    #expect(result.code == 2, "\(arguments): \(result.output)")
    #expect(result.errors.contains(message), "\(arguments): \(result.errors)")
    #expect(try files.map { try folder.bytes($0) } == before, "\(arguments)")
  }

  @Test("a run's scenario, its trace, and what plans are made of")
  func runs() throws {
    let folder = try TemporaryFolder()
    try folder.write(Scenarios.small(arrivals: "{ trace: rows.csv }"), to: "s.yaml")
    try folder.write("t_s,prompt_tokens,output_tokens\n0,10,5\n1,10,5\n", to: "rows.csv")
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("link.yaml"), withDestinationPath: folder.file("s.yaml"))
    for target in ["s.yaml", "./s.yaml", "link.yaml", "rows.csv"] {
      try expectRefusal(
        ["run", "s.yaml", "--perfetto", target, "--out", "out"], "would replace the input",
        keeping: ["s.yaml", "rows.csv"], in: folder)
    }
    #expect(!folder.exists("out/manifest.json"))
    try expectRefusal(
      ["plan", "s.yaml", "--out", "s.yaml"], "would replace the input", keeping: ["s.yaml"],
      in: folder)
    try expectRefusal(
      ["trace", "import", "rows.csv", "--format", "plimsoll", "--output", "rows.csv"],
      "would replace the input", keeping: ["rows.csv"], in: folder)
  }

  @Test("logs, recordings, pages, and two outputs of one name")
  func others() throws {
    let folder = try TemporaryFolder()
    try folder.write("decodes,decode_kv_tokens,prefills,prefill_tokens,step_ms\n", to: "log.csv")
    try expectRefusal(
      [
        "calibrate", "log.csv", "--model", "llama-3.1-8b", "--accelerator", "H100-SXM", "--output",
        "log.csv",
      ], "would replace the input", keeping: ["log.csv"], in: folder)
    try folder.write("zone,t_s,duration_s,available_nodes\nx,0,600,4\n", to: "i.csv")
    try expectRefusal(
      ["fit-spot", "i.csv", "--out", "i.csv"], "would replace the input", keeping: ["i.csv"],
      in: folder)
    try folder.write(
      Scenarios.small() + "assert:\n  - { workload: chat, metric: ttft_p95, at-most: 9s }\n",
      to: "s.yaml")
    try expectRefusal(
      ["check", "s.yaml", "--junit", "s.yaml"], "would replace the input", keeping: ["s.yaml"],
      in: folder)
    try expectRefusal(
      ["check", "s.yaml", "--junit", "o.xml", "--markdown", "o.xml"], "both name",
      keeping: ["s.yaml"],
      in: folder)
    #expect(!folder.exists("o.xml"))
    try folder.write(Scenarios.small(), to: "r.yaml")
    #expect(try Program.run("run", "r.yaml", "--out", "r", in: folder).code == 0)
    try expectRefusal(
      ["report", "r", "--static", "--out", "r/summary.csv"], "inside the directory of a run",
      keeping: ["r/summary.csv"], in: folder)
  }
}
