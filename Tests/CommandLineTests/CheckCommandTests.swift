import Foundation
import FoundationXML
import Testing

/// `plimsoll check` through the real binary.
@Suite("Check command")
struct CheckCommandTests {
  private let asserts = """
    assert:
      - { workload: chat, metric: ttft_p95, at-most: 500ms }
      - { metric: requests_rejected, at-most: 0 }

    """

  private func small(_ extra: String = "") -> String {
    Scenarios.small(horizon: "2m") + extra
  }

  /// A folder with a scenario and its baseline.
  private func prepared(_ extra: String = "") throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(small(extra), to: "s.yaml")
    let made = try Program.run(
      "check", "s.yaml", "--baseline", "b", "--update", "--replications", "3", in: folder)
    #expect(made.code == 0, "\(made.errors)")
    #expect(made.output.contains("baseline made"))
    return folder
  }

  private let slower = [
    "--set", "clouds.azure.regions.eastus2.pools.near.accelerator=A100-SXM",
  ]

  private func check(_ folder: TemporaryFolder, _ arguments: [String] = []) throws
    -> Program.Result
  {
    try Program.run(["check", "s.yaml", "--baseline", "b"] + arguments, in: folder)
  }

  @Test("unchanged is ok, worse is 1 with the reason first, and nothing is written")
  func regression() throws {
    let folder = try prepared(asserts)
    let before = try folder.bytes("b/s.json")
    let same = try check(folder)
    #expect(same.code == 0 && same.output.hasPrefix("ok: s.yaml: every figure as in the baseline"))
    #expect(same.output.contains("2 assertions hold (3 seeds)"))
    let exact = try check(folder, ["--exact"])
    #expect(exact.code == 0, "\(exact.output)")
    let worse = try check(folder, slower)
    #expect(worse.code == 1, "\(worse.output)")
    let first = worse.output.split(separator: "\n").first ?? ""
    #expect(first.hasPrefix("FAILED: s.yaml: workload chat "))
    #expect(worse.output.contains("the scenario has changed since the baseline was made"))
    #expect(worse.output.contains("differs first in the minute from 0:00 h, at workload chat"))
    #expect(!worse.output.contains("\u{1B}"))
    #expect(try folder.bytes("b/s.json") == before)
    #expect(try check(folder, ["--seed", "700"]).code == 0)
  }

  @Test("--update writes the same bytes for the same runs, and says what changed for others")
  func update() throws {
    let folder = try prepared()
    let before = try folder.bytes("b/s.json")
    let again = try check(folder, ["--update", "--replications", "3", "--threads", "1"])
    #expect(again.output.contains("baseline was right"))
    #expect(try folder.bytes("b/s.json") == before)
    let changed = try check(folder, ["--update", "--replications", "3"] + slower)
    #expect(changed.code == 0 && changed.output.contains("baseline updated: "))
    #expect(changed.output.contains("regressed"))
    #expect(try folder.bytes("b/s.json") != before)
    #expect(try check(folder, slower).code == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("b")) == ["s.json"])
  }

  @Test("tolerances from the command line and the scenario")
  func tolerances() throws {
    let folder = try prepared("check: { tolerances: { \"*\": ignore } }\n")
    #expect(try check(folder, slower).code == 0)
    let asked = try check(folder, slower + ["--tolerance", "chat ttft_mean=0.001ms"])
    #expect(asked.code == 1 && asked.output.contains("workload chat ttft_mean"))
    let exact = try check(folder, slower + ["--exact", "--tolerance", "*=ignore"])
    #expect(exact.code == 1 && exact.output.contains("requests took another course"))
  }

  @Test("assertions alone need no baseline, and gate runs too")
  func assertions() throws {
    let folder = try TemporaryFolder()
    try folder.write(small(asserts), to: "good.yaml")
    try folder.write(
      small(asserts.replacingOccurrences(of: "500ms", with: "1ms")), to: "bad.yaml")
    let good = try Program.run("check", "good.yaml", "--replications", "2", in: folder)
    #expect(good.code == 0 && good.output.contains("✓ holds   workload chat ttft_p95"))
    let bad = try Program.run(
      "check", "good.yaml", "bad.yaml", "--replications", "2", in: folder)
    #expect(bad.code == 1)
    #expect(bad.output.contains("FAILED: bad.yaml: workload chat ttft_p95 at most 1ms, but it is "))
    #expect(bad.output.contains("ok: good.yaml: 2 assertions hold"))
    #expect(try Program.run("run", "good.yaml", "--gate", in: folder).code == 0)
    let run = try Program.run("run", "bad.yaml", "--gate", in: folder)
    #expect(run.code == 1 && run.output.contains("✗ missed  workload chat ttft_p95 at most 1ms"))
    #expect(try Program.run("run", "bad.yaml", in: folder).code == 0)
    let csv = try Program.run("run", "bad.yaml", "--format", "csv", in: folder)
    #expect(csv.errors.contains("✗ missed") && !csv.output.contains("✗"))
  }

  @Test("JUnit is well-formed and counts right, whatever names hold; Markdown and JSON too")
  func reports() throws {
    let folder = try TemporaryFolder()
    let hostile = "a<b>&\\\"c'|*_`é"
    let text = small(
      "assert: [ { workload: \"\(hostile)\", metric: ttft_p95, at-most: 1ms } ]\n"
    ).replacingOccurrences(of: "  chat:\n    model", with: "  \"\(hostile)\":\n    model")
    try folder.write(text, to: "s.yaml")
    let update = ["--update", "--replications", "2"]
    #expect(try check(folder, update).code == 1)
    let result = try check(
      folder, slower + ["--junit", "j.xml", "--markdown", "m.md", "--format", "json"])
    #expect(result.code == 1, "\(result.errors)")

    let counter = ElementCounter()
    let parser = XMLParser(data: try folder.bytes("j.xml"))
    parser.delegate = counter
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    #expect(counter.counts["testsuite"] == 1)
    #expect(counter.counts["testcase"] == Int(counter.root["tests"] ?? ""))
    #expect(counter.counts["failure"] == Int(counter.root["failures"] ?? ""))
    #expect((counter.counts["failure"] ?? 0) > 0)
    #expect(
      counter.names.contains { $0.hasPrefix("workload a<b>&\"c'|*_`é ttft_p95 at most") })

    let markdown = String(decoding: try folder.bytes("m.md"), as: UTF8.self)
    #expect(markdown.hasPrefix("### ❌ Plimsoll: 1 of 1 failed"))
    #expect(markdown.contains("a&lt;b&gt;&amp;\"c'\\|\\*\\_\\`"))
    #expect(!markdown.contains("<b>"))

    let json = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    #expect(json?["ok"] as? Bool == false)
    let check = try #require((json?["checks"] as? [[String: Any]])?.first)
    #expect(check["paired"] as? Bool == true && check["divergence"] != nil)
    #expect((check["figures"] as? [[String: Any]])?.isEmpty == false)
  }

  @Test("bad input: a clear message, exit code 2, nothing written")
  func badInput() throws {
    let folder = try prepared()
    func refuse(_ arguments: [String], _ message: String, code: Int32 = 2) throws {
      let result = try Program.run(["check"] + arguments, in: folder)
      #expect(result.code == code && result.output.isEmpty, "\(result.errors)")
      #expect(result.errors.contains(message), "\(result.errors)")
      #expect(!result.errors.contains("Fatal"))
    }
    let good = ["s.yaml", "--baseline", "b"]
    try refuse(
      ["s.yaml", "--baseline", "nowhere"], "no baseline nowhere/s.json: make it with --update")
    try folder.write(small(), to: "ss.yaml")
    try refuse(["ss.yaml", "--baseline", "b"], "(did you mean 's'?)")
    try refuse(["s.yaml"], "nothing to check")
    try refuse(
      good + ["--set", "name=other"], "the baseline of 'small', and this scenario is 'other'")
    try refuse(good + ["--tolerance", "ttft_p95"], "expected figure=tolerance")
    try refuse(good + ["--tolerance", "ttft_p96=2%"], "unknown metric 'ttft_p96'")
    try refuse(good + ["--replications", "1"], "cannot tell a difference from noise")
    try refuse(good + ["--exact", "--seed", "9"], "--exact compares seed by seed")
    try refuse(["s.yaml", "--update"], "--update needs --baseline")
    try refuse(good + ["--alpha", "2"], "--alpha is above 0")
    try refuse(good + ["--relevance", "-2%"], "--relevance")
    try refuse(["s.yaml", "a/s.yaml", "--baseline", "b"], "a/s.yaml")
    try FileManager.default.createDirectory(
      atPath: folder.file("a"), withIntermediateDirectories: false)
    try folder.write(small(), to: "a/s.yaml")
    try refuse(["s.yaml", "a/s.yaml", "--baseline", "b"], "two scenario files are called 's'")
    let text = String(decoding: try folder.bytes("b/s.json"), as: UTF8.self)
    try folder.write(
      text.replacingOccurrences(of: "\"plimsoll_baseline\": 1", with: "\"plimsoll_baseline\": 7"),
      to: "b/s.json")
    try refuse(good, "format 7 of a baseline, this program reads format 1")
    try folder.write(String(text.dropLast(100)), to: "b/s.json")
    try refuse(good, "not a baseline")
    // An update puts a good one in its place, and says so.
    let replaced = try check(folder, ["--update", "--replications", "3"])
    #expect(replaced.code == 0 && replaced.errors.contains("it is replaced"))
    #expect(String(decoding: try folder.bytes("b/s.json"), as: UTF8.self) == text)
    try refuse(good + ["--junit", "nowhere/j.xml"], "nowhere/j.xml", code: 3)
  }

  @Test("Ctrl-C ends with 130 and leaves the baseline alone")
  func interrupted() throws {
    let folder = try prepared()
    let before = try folder.bytes("b/s.json")
    let (process, _, _) = try Program.process(
      ["check", "s.yaml", "--baseline", "b", "--update", "--set", "horizon=200d", "-q"], in: folder)
    try process.run()
    Thread.sleep(forTimeInterval: 2)
    #expect(process.isRunning)
    process.interrupt()
    Program.wait(process)
    #expect(process.terminationReason == .exit && process.terminationStatus == 130)
    #expect(try folder.bytes("b/s.json") == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("b")) == ["s.json"])
  }
}

/// Counts elements of an XML document and keeps the names of its cases.
private final class ElementCounter: NSObject, XMLParserDelegate {
  var counts: [String: Int] = [:]
  var root: [String: String] = [:]
  var names: [String] = []

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    counts[name, default: 0] += 1
    if name == "testsuites" { root = attributes }
    if name == "testcase", let name = attributes["name"] { names.append(name) }
  }
}
