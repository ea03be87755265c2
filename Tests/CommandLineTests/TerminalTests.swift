import Foundation
import Report
import Testing

/// What people see, through the real binary: in a pipe, and under a pseudo-terminal.
@Suite("Terminal")
struct TerminalTests {
  private static let script = "/usr/bin/script"

  private func arguments(_ scenario: String, _ more: String...) throws -> [String] {
    let path = Program.root + "/scenarios/" + scenario
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let span = text.contains("\nincidents:") ? "11m" : "3m"
    return ["run", path, "--out", "out", "--tables", "summary", "--set", "horizon=\(span)"]
      + ["--set", "warmup=0s"] + more
  }

  private func expectPlain(_ text: String, width: Int = 80) {
    for line in text.split(separator: "\n") {
      #expect(String(line).displayWidth <= width, "\(line)")
      #expect(!line.contains("\u{1B}") && !line.contains("\r"), "\(line)")
    }
  }

  @Test(
    "in a pipe: 80 columns, no colour, whatever COLUMNS says",
    arguments: GatewayCommandTests.scenarios)
  func pipe(_ scenario: String) throws {
    let folder = try TemporaryFolder()
    let result = try Program.run(
      try arguments(scenario), in: folder, environment: ["COLUMNS": "200", "TERM": "xterm"])
    #expect(result.code == 0, "\(result.errors)")
    expectPlain(result.output)
    expectPlain(result.errors)
    #expect(result.output.contains("holds") || result.output.contains("MISSES"))
    // Split pools and prefix caches have no estimated limit beside which their use could stand.
    let others = ["disaggregated.yaml": "KV caches of", "agents.yaml": "prefix cache"]
    let use = others[scenario] ?? "█ = all"
    #expect(result.output.contains(use))
  }

  @Test("colour where it is asked for, never against NO_COLOR")
  func colour() throws {
    let folder = try TemporaryFolder()
    let arguments = try arguments("first.yaml", "--quiet")
    // Test runners set NO_COLOR; empty, it says nothing.
    let forced = try Program.run(
      arguments, in: folder, environment: ["CLICOLOR_FORCE": "1", "NO_COLOR": ""])
    #expect(forced.output.contains("\u{1B}[32m✓ holds\u{1B}[0m"))
    #expect(forced.errors.isEmpty)
    let refused = try Program.run(
      arguments, in: folder, environment: ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"])
    expectPlain(refused.output)
  }

  @Test("estimates and plans fit too")
  func others() throws {
    let folder = try TemporaryFolder()
    let path = Program.root + "/scenarios/first.yaml"
    let short = ["--set", "horizon=3m", "--set", "warmup=0s"]
    for arguments in [
      ["estimate", path, "--verify", "1"], ["plan", path, "--seeds", "2", "--quiet"],
      ["plan", path, "--size", "chat"],
      ["estimate", path, "--vary", "azure/eastus2/h100-chat=1..3"],
    ] {
      let result = try Program.run(arguments + short, in: folder)
      #expect(result.code == 0, "\(result.errors)")
      expectPlain(result.output)
    }
  }

  /// Runs the program under a pseudo-terminal.
  private func underTerminal(
    _ arguments: [String], columns: Int, in folder: TemporaryFolder, _ more: [String: String] = [:]
  ) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.script)
    let command = ([Program.path] + arguments).map { "'\($0)'" }.joined(separator: " ")
    // The terminal's own width, as a person's terminal has one.
    process.arguments = [
      "-qec", "stty cols \(columns); exec \(command)", folder.file("typescript"),
    ]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    var variables = ProcessInfo.processInfo.environment
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "PLIMSOLL_DATA"] {
      variables[name] = nil
    }
    variables["TERM"] = "xterm"
    for (name, value) in more { variables[name] = value }
    process.environment = variables
    process.standardOutput = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    Program.wait(process)
    #expect(process.terminationStatus == 0)
    // A terminal ends lines with both.
    return String(decoding: try folder.bytes("typescript"), as: UTF8.self)
      .replacingOccurrences(of: "\r\n", with: "\n")
  }

  @Test(
    "under a terminal: its width, colour, one line of progress that goes away",
    .enabled(if: FileManager.default.isExecutableFile(atPath: script), "needs script(1)"))
  func terminal() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      Scenarios.small(horizon: "2h", arrivals: "{ poisson: 40/s }"), to: "s.yaml")
    let run = ["run", "s.yaml", "--out", "out", "--tables", "summary"]
    let text = try underTerminal(run, columns: 60, in: folder)
    #expect(text.contains("\u{1B}[32m✓ holds\u{1B}[0m"))
    // Progress: written over itself, never wider than the terminal, taken away at the end.
    let progress = text.components(separatedBy: "\r").filter { $0.contains("left") }
    #expect(!progress.isEmpty)
    for line in progress {
      #expect(line.hasSuffix("\u{1B}[K") && line.dropLast(3).count < 60, "\(line)")
    }
    #expect(text.contains("\r\u{1B}[K"))
    let bare = text.replacingOccurrences(
      of: "\u{1B}\\[[0-9;]*[mK]", with: "", options: .regularExpression)
    let body = bare.components(separatedBy: "\n").filter { !$0.hasPrefix("Script") }
    for line in body {
      for part in line.components(separatedBy: "\r") { #expect(part.displayWidth <= 60, "\(part)") }
    }
    #expect(body.contains { $0.contains("holds") })

    let wide = try underTerminal(run + ["--quiet"], columns: 150, in: folder, ["NO_COLOR": "1"])
    #expect(wide.contains("tokens/s") && wide.contains("est."))
    #expect(!wide.contains("\u{1B}"))
    let dumb = try underTerminal(run, columns: 80, in: folder, ["TERM": "dumb"])
    #expect(!dumb.contains("\u{1B}"))
  }

  @Test("a trace beside the tables, and every way to ask for one wrongly")
  func perfetto() throws {
    let folder = try TemporaryFolder()
    try folder.write(Scenarios.small(), to: "s.yaml")
    let good = try Program.run(
      "run", "s.yaml", "--perfetto", "t.json", "--perfetto-window", "1m..90s", in: folder)
    #expect(good.code == 0, "\(good.errors)")
    #expect(good.output.contains("trace: t.json") && good.output.contains("ui.perfetto.dev"))
    expectPlain(good.output)
    let trace = try #require(
      try JSONSerialization.jsonObject(with: try folder.bytes("t.json")) as? [String: Any])
    #expect((trace["traceEvents"] as? [Any])?.isEmpty == false)
    // Without a window: as far as the run goes.
    #expect(
      try Program.run("run", "s.yaml", "--perfetto", "u.json", in: folder).output
        .contains("0.000 s to 180.000 s"))
    for (arguments, message) in [
      (["s.yaml", "--perfetto", "x.json", "--perfetto-window", "5m..6m"], "begins at 5 min, but"),
      (["s.yaml", "--perfetto", "x.json", "--perfetto-window", "2m..1m"], "perfetto-window"),
      (["s.yaml", "--perfetto-window", "1m..2m"], "needs --perfetto"),
      (["s.yaml", "s.yaml", "--perfetto", "x.json"], "name one scenario file"),
      (["s.yaml", "--perfetto", "bad/x.json", "--out", "bad"], "the run's own directory"),
    ] {
      let result = try Program.run(["run"] + arguments, in: folder)
      #expect(result.code == 2 && result.errors.contains(message), "\(arguments) \(result.errors)")
      #expect(!folder.exists("x.json") && !folder.exists("bad"))
    }
    let unwritable = try Program.run(
      "run", "s.yaml", "--perfetto", "none/x.json", "--out", "o", in: folder)
    #expect(unwritable.code == 3 && unwritable.errors.contains("none/x.json"))
    #expect(!folder.exists("o/manifest.json"))
  }
}
