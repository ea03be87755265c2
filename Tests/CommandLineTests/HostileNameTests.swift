import Foundation
import Testing

@testable import plimsoll

/// Names from scenarios, files and folders through the real binary: into tables, pages and messages.
@Suite("Hostile names")
struct HostileNameTests {
  /// A scenario in which everything that has a name has this one.
  private static func scenario(_ name: String) -> String {
    let name = "'" + name.replacing("'", with: "''") + "'"
    return """
      plimsoll: 1
      name: \(name)
      horizon: 2m
      clouds:
        azure:
          regions:
            eastus2:
              pools:
                \(name): { accelerator: H100-SXM, model: llama-3.1-8b, replicas: 1 }
      gateway: { route: nearest }
      workloads:
        \(name):
          model: llama-3.1-8b
          arrivals: { poisson: 20/s }
          shape: { fixed: { prompt: 256, output: 64 } }
          origins: { us-east: 100% }
          slo: { ttft: { p95: 900ms } }

      """
  }

  @Test(
    "markup and scripts are shown and never run",
    arguments: [
      "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>",
      "\" onmouseover=\"alert(1)",
      "javascript:alert(1)", "' & {{style}} {{{script}}}", "a`b</title></style><svg onload=x>",
      "]]><!-- x", "%3Cscript%3E",
    ])
  func markup(_ name: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.scenario(name), to: "s.yaml")
    try folder.write(Self.scenario("plain"), to: "plain.yaml")
    var pages: [String] = []
    for file in ["s", "plain"] {
      let run = try Program.run("run", file + ".yaml", "--quiet", "--out", file, in: folder)
      #expect(run.code == 0, "\(run.errors)")
      let report = try Program.run("report", file, "--static", "--out", file + ".html", in: folder)
      #expect(report.code == 0, "\(report.errors)")
      pages.append(try String(contentsOfFile: folder.file(file + ".html"), encoding: .utf8))
    }
    for tag in ["<script", "</script", "<img", "<svg", "<!--", "</title", "</style", "<style"] {
      #expect(
        pages[0].components(separatedBy: tag).count == pages[1].components(separatedBy: tag).count,
        "\(tag) for \(name)")
    }
    #expect(pages[0].contains("script-src 'none'") && pages[0].contains("default-src 'none'"))
    #expect(!pages[0].contains("src=\"http") && !pages[0].contains("href=\"http"))
    // In tables the name is what it was, once the quotes of CSV are gone.
    let table = try String(contentsOfFile: folder.file("s/summary.csv"), encoding: .utf8)
    #expect(table.contains("workload,") && table.replacing("\"\"", with: "\"").contains(name))
  }

  @Test(
    "formulas, control characters and turned text are refused where they come in",
    arguments: [
      "=1+1", "+cmd|x", "-2+3", "@SUM(A1)", "a\u{202E}b", "a\u{2028}b", "a\u{85}b",
    ])
  func refused(_ name: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.scenario(name), to: "s.yaml")
    let result = try Program.run("run", "s.yaml", "--out", "out", in: folder)
    #expect(result.code == 2, "\(result.errors)")
    #expect(!folder.exists("out/manifest.json"))
    #expect(
      !result.errors.unicodeScalars.contains {
        $0.value == 0x202E || $0.value == 0x2028 || $0.value == 0x85
      })
    let override = try Program.run("validate", "s.yaml", "--set", "name=\(name)", in: folder)
    #expect(override.code == 2)
    let escaped = Self.scenario("plain").replacing("name: 'plain'", with: "name: \"a\\e[31m\\x07\"")
    try folder.write(escaped, to: "e.yaml")
    let bell = try Program.run("validate", "e.yaml", in: folder)
    #expect(bell.code == 2 && bell.errors.contains("U+001B"))
  }

  @Test("no cell of any table begins as a formula does")
  func cells() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.scenario("a=b, +c"), to: "s.yaml")
    let run = try Program.run(
      "run", "s.yaml", "--quiet", "--tables", "full", "--out", "out", in: folder)
    #expect(run.code == 0, "\(run.errors)")
    var cells = 0
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.file("out"))
    where name.hasSuffix(".csv") {
      let text = try String(contentsOfFile: folder.file("out/" + name), encoding: .utf8)
      for line in text.split(separator: "\n") {
        for cell in line.split(separator: ",") where !cell.isEmpty {
          cells += 1
          let first = cell.first.unsafelyUnwrapped
          #expect(!"=@+".contains(first) || cell == " +c\"", "\(name): \(cell)")
          #expect(first != "-" || Double(cell) != nil, "\(name): \(cell)")
        }
      }
    }
    #expect(cells > 1000)
  }

  @Test("names of files do not steer a terminal")
  func fileNames() throws {
    let folder = try TemporaryFolder()
    try folder.write(Scenarios.small(), to: "s.yaml")
    try FileManager.default.createDirectory(
      atPath: folder.file("foreign"), withIntermediateDirectories: true)
    try folder.write("mine", to: "foreign/a\u{1B}[2J\u{202E}b")
    let foreign = try Program.run("run", "s.yaml", "--out", "foreign", in: folder)
    #expect(foreign.code == 2)
    #expect(foreign.errors.contains("a<U+001B>[2J<U+202E>b"))
    let absent = try Program.run("run", "\u{1B}]0;x\u{7}.yaml", in: folder)
    #expect(absent.code == 2 && !absent.errors.contains("\u{1B}"))
  }

  @Test("on a terminal colours pass and nothing else does")
  func terminalText() {
    #expect(TerminalText.safe("\u{1B}[32mok\u{1B}[0m\n") == "\u{1B}[32mok\u{1B}[0m\n")
    #expect(TerminalText.safe("\u{1B}[1;31mx\u{1B}[2Jy") == "\u{1B}[1;31mx<U+001B>[2Jy")
    #expect(TerminalText.safe("\u{1B}]0;title\u{7}") == "<U+001B>]0;title<U+0007>")
    #expect(TerminalText.safe("a\rb\u{202E}") == "a<U+000D>b<U+202E>")
    #expect(TerminalText.safe("\u{1B}[3") == "<U+001B>[3")
    #expect(TerminalText.safe("plain ✓") == "plain ✓")
  }
}
