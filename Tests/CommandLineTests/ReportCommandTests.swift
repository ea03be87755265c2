import Foundation
import Tables
import Testing

/// Pages through the real binary, on real files.
@Suite("Report command")
struct ReportCommandTests {
  @Test("the page of a run agrees with summary.csv and the terminal")
  func agreement() throws {
    let folder = try TemporaryFolder()
    try folder.write(Scenarios.small(), to: "s.yaml")
    let run = try Program.run("run", "s.yaml", "--quiet", "--out", "out/s", in: folder)
    #expect(run.code == 0, "\(run.errors)")
    let result = try Program.run("report", "out/s", "--static", in: folder)
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output == "page: out/s.html\n" && result.errors.isEmpty)
    let html = String(decoding: try folder.bytes("out/s.html"), as: UTF8.self)
    #expect(html.contains("<h1>small</h1>"))

    // Every figure on the page is the one of summary.csv, to the last digit.
    var exact: [String: [String]] = [:]
    for line in String(decoding: try folder.bytes("out/s/summary.csv"), as: UTF8.self)
      .split(separator: "\n").dropFirst()
    {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      exact["\(fields[0])|\(fields[1])|\(fields[2])", default: []].append(fields[4])
    }
    var shown: [String: String] = [:]
    for match in html.matches(
      of: /data-figure="([^"]*)" data-exact="([^"]*)">([^<]*)</)
    {
      let figure = String(match.1)
      #expect(exact[figure]?.contains(String(match.2)) == true, "\(figure)")
      shown[figure] = String(match.3)
    }
    #expect(shown.count > 15)
    // And reads as it does on the terminal.
    for figure in [
      "workload|chat|ttft_p50", "workload|chat|ttft_p95", "workload|chat|ttft_p99",
      "workload|chat|tpot_p95", "workload|chat|e2e_p95", "workload|chat|slo_ttft_attainment",
      "workload|chat|requests_arrived",
    ] {
      let text = try #require(shown[figure], "\(figure)")
      #expect(run.output.contains(text), "\(figure): \(text) in \(run.output)")
    }
    #expect(html.contains("horizon: 3m"))
  }

  @Test("incidents, two runs and estimates make pages; the same runs the same bytes")
  func pages() throws {
    let folder = try TemporaryFolder()
    let incident = "incidents: [ { region: azure/eastus2, effect: fails, at: 1m, for: 30s } ]\n"
    try folder.write(Scenarios.small() + incident, to: "s.yaml")
    for (name, seed) in [("a", "1"), ("b", "2")] {
      let run = try Program.run(
        "run", "s.yaml", "--quiet", "--seed", seed, "--out", name, in: folder)
      #expect(run.code == 0, "\(run.errors)")
    }
    #expect(
      try folder.bytes("a/incidents.csv")
        == Data(
          """
          start_s,end_s,target_kind,target,effect,factor
          60.000000,90.000000,region,azure/eastus2,fails,

          """.utf8))
    for out in ["one.html", "two.html"] {
      let result = try Program.run(
        "report", "a", "b", "--static", "--out", out, in: folder,
        environment: ["SWIFT_DETERMINISTIC_HASHING": out == "one.html" ? "1" : ""])
      #expect(result.code == 0, "\(result.errors)")
    }
    #expect(try folder.bytes("one.html") == folder.bytes("two.html"))
    let html = String(decoding: try folder.bytes("one.html"), as: UTF8.self)
    #expect(html.contains("region azure/eastus2 fails") && html.contains("against a"))
    #expect(
      try Program.run("estimate", "s.yaml", "--out", "e", in: folder).code == 0)
    let estimate = try Program.run("report", "e", "--static", in: folder)
    #expect(estimate.code == 0 && folder.exists("e.html"), "\(estimate.errors)")
  }

  @Test("the library goes into the page with its licence; without it the page says what to install")
  func library() throws {
    let folder = try TemporaryFolder()
    try folder.write(Scenarios.small(), to: "s.yaml")
    #expect(
      try Program.run("run", "s.yaml", "--quiet", "--tables", "summary", "--out", "a", in: folder)
        .code == 0)
    try folder.write("/*!\n * Chart.js v3.9.1\n */\nlet a='</script>'", to: "chart.min.js")
    let result = try Program.run("report", "a", "--library", "chart.min.js", in: folder)
    #expect(result.code == 0, "\(result.errors)")
    let html = String(decoding: try folder.bytes("a.html"), as: UTF8.self)
    #expect(html.contains("let a='<\\/script>'") && html.contains("Chart.js 3.9.1"))
    #expect(html.contains("The above copyright notice and this permission notice"))
    try folder.write("alert(1)", to: "other.js")
    for (file, message) in [("other.js", "not Chart.js"), ("none.js", "cannot open the file")] {
      let refused = try Program.run("report", "a", "--library", file, "--out", "x.html", in: folder)
      #expect(refused.code == 2 && refused.errors.contains(message), "\(refused.errors)")
      #expect(!folder.exists("x.html"))
    }
  }

  @Test("what is no run, an interrupted one, or a bad place: exit 2, and nothing is written")
  func badInput() throws {
    let folder = try TemporaryFolder()
    try folder.write(Scenarios.small(), to: "s.yaml")
    #expect(
      try Program.run("run", "s.yaml", "--quiet", "--tables", "summary", "--out", "a", in: folder)
        .code == 0)
    #expect(
      try Program.run("run", "s.yaml", "--quiet", "--tables", "none", "--out", "none", in: folder)
        .code == 0)
    let manifest = String(decoding: try folder.bytes("a/manifest.json"), as: UTF8.self)
    try FileManager.default.createDirectory(
      atPath: folder.file("half"), withIntermediateDirectories: true)
    try folder.write(
      manifest.replacing("\"complete\": true", with: "\"complete\": false"),
      to: "half/manifest.json")
    try FileManager.default.createDirectory(
      atPath: folder.file("taken.html"), withIntermediateDirectories: true)
    for (arguments, message) in [
      (["missing"], "no manifest.json"), (["s.yaml"], "manifest.json"),
      (["half"], "the run was interrupted after 180.000000000 simulated seconds"),
      (["none"], "the run has no such table"), (["a", "missing"], "no manifest.json"),
      (["a", "--out", "taken.html"], "a directory is there"),
      (["a", "--out", "a/page.html"], "inside the directory of a run"),
      (["a", "a", "a", "a", "a", "a", "a"], "too many for a page"), ([], "runs"),
      (["a", "--static", "--library", "x.js"], "not both"),
    ] {
      let before = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
        $0.hasSuffix(".html")
      }
      let result = try Program.run(["report"] + arguments, in: folder)
      #expect(result.code == 2, "\(arguments): \(result.errors)")
      #expect(result.errors.contains(message), "\(arguments): \(result.errors)")
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
          $0.hasSuffix(".html")
        } == before)
    }
    // A place that cannot be written is not the input's fault.
    let result = try Program.run("report", "a", "--static", "--out", "no/where.html", in: folder)
    #expect(result.code == 3 && result.errors.contains("cannot create the file"))
  }
}
