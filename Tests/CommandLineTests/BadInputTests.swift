import Foundation
import Testing

/// Every kind of bad input through the real binary: a clear message on standard error, nothing on
/// standard output, exit code 2 (3 for input and output), nothing written that looks whole.
@Suite("Bad input")
struct BadInputTests {
  private func expectRefusal(
    _ result: Program.Result, code: Int32 = 2, _ message: String, in folder: TemporaryFolder
  ) {
    #expect(result.code == code, "\(result.errors)")
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(result.output.isEmpty)
    #expect(!folder.exists("out/manifest.json") && !folder.exists("out/requests.csv"))
    #expect(!result.errors.contains("Fatal") && !result.errors.contains("Backtrace"))
  }

  @Test(
    "a wrong value names the place and what was expected",
    arguments: [
      (
        "horizon: 3m", "horizn: 3m",
        "s.yaml:4:1: error: unknown key 'horizn' (did you mean 'horizon'?)"
      ),
      ("horizon: 3m", "horizon: 3", "'3' has no unit: write 3ms, 3s or 3h"),
      ("horizon: 3m", "horizon: 3 parsecs", "unknown unit 'parsecs'"),
      ("horizon: 3m", "", "missing key 'horizon'"),
      ("poisson: 20/s", "poisson: -20/s", "is negative"),
      ("poisson: 20/s", "poisson: 20/fortnight", "unknown unit '/fortnight'"),
      ("poisson: 20/s", "poison: 20/s", "(did you mean 'poisson'?)"),
      ("H100-SXM", "H100-SXN", "unknown accelerator 'H100-SXN' (did you mean 'h100-sxm'?)"),
      ("  aws:", "  awss:", "the catalog knows no cloud 'awss' (did you mean 'aws'?)"),
      ("eastus2", "eastus22", "did you mean 'eastus2'?"),
      (
        "{ poisson: 20/s }", "{ bursts: [{ rate: 0/s, mean: 1ns }, { rate: 1/h, mean: 1ns }] }",
        "bursts change some 180000000000 times in the run"
      ),
      (
        "{ poisson: 20/s }", "{ piecewise: { rates: [0/s, 1/h], bin: 1ns } }",
        "piecewise rates change some 180000000000 times in the run"
      ),
      ("us-east: 70%", "us-eats: 70%", "unknown origin 'us-eats' (did you mean 'us-east'?)"),
      ("route: nearest", "route: nearst", "unknown name 'nearst' (did you mean 'nearest'?)"),
      ("replicas: 1", "routing: fastest, replicas: 1", "unknown name 'fastest'"),
      (
        "plimsoll: 1", "plimsoll: 9\nnews: all of it",
        "s.yaml:1:11: error: plimsoll: this file wants version 9 of the format, this program reads version 1: "
          + "use plimsoll 9.0.0 or later"
      ),
      ("plimsoll: 1", "plimsoll: 0", "this file is of version 0 of the format"),
      ("plimsoll: 1", "plimsoll: one", "plimsoll: "),
      ("name: small", "name: [small", "not YAML"),
      ("name: small", "name: *nobody", "an alias without its anchor"),
      ("name: small", "name: small\nname: large", "duplicate key 'name'"),
    ])
  func wrongValue(found: String, written: String, message: String) throws {
    let folder = try TemporaryFolder()
    let text = Scenarios.small().replacingOccurrences(of: found, with: written)
    #expect(text != Scenarios.small())
    try folder.write(text, to: "s.yaml")
    expectRefusal(try Program.run("run", "s.yaml", "--out", "out", in: folder), message, in: folder)
    #expect(try Program.run("validate", "s.yaml", in: folder).code == 2)
  }

  @Test("duplicate pool names, a model nobody serves, and one that does not fit")
  func references() throws {
    let folder = try TemporaryFolder()
    let pool = "near: { accelerator: H100-SXM, model: llama-3.1-8b, replicas: 1 }"
    try folder.write(
      Scenarios.small().replacingOccurrences(
        of: pool, with: pool + "\n          " + pool), to: "s.yaml")
    expectRefusal(
      try Program.run("run", "s.yaml", "--out", "out", in: folder), "duplicate key 'near'",
      in: folder)

    try folder.write(
      Scenarios.small().replacingOccurrences(
        of: "chat:\n    model: llama-3.1-8b", with: "chat:\n    model: qwen3-32b"), to: "s.yaml")
    expectRefusal(
      try Program.run("run", "s.yaml", "--out", "out", in: folder), "which no pool serves",
      in: folder)

    try folder.write(
      Scenarios.small().replacingOccurrences(
        of: "H100-SXM, model: llama-3.1-8b", with: "H100-SXM, model: llama-3.3-70b"),
      to: "s.yaml")
    expectRefusal(
      try Program.run("run", "s.yaml", "--out", "out", in: folder),
      "needs 143.6 GB on each of 1 h100-sxm, which has 77.0 GB usable; use tensor_parallel 2",
      in: folder)
  }

  @Test("missing trace, malformed row with its line, empty trace")
  func traces() throws {
    let folder = try TemporaryFolder()
    try folder.write(Scenarios.small(arrivals: "{ trace: rows.csv }"), to: "s.yaml")
    expectRefusal(
      try Program.run("run", "s.yaml", "--out", "out", in: folder), "no trace 'rows.csv'",
      in: folder)
    try folder.write("t_s,prompt_tokens,output_tokens\n0,10,5\n1,ten,5\n", to: "rows.csv")
    expectRefusal(
      try Program.run("run", "s.yaml", "--out", "out", in: folder), "rows.csv:3", in: folder)
    try folder.write("t_s,prompt_tokens,output_tokens\n0,10,5\n1,-10,5\n", to: "rows.csv")
    expectRefusal(
      try Program.run("run", "s.yaml", "--out", "out", in: folder), "rows.csv:3", in: folder)
    try folder.write("when,prompt_tokens,output_tokens\n0,10,5\n", to: "rows.csv")
    expectRefusal(
      try Program.run("run", "s.yaml", "--out", "out", in: folder), "rows.csv:1", in: folder)
    try folder.write("t_s,prompt_tokens,output_tokens\n", to: "rows.csv")
    expectRefusal(
      try Program.run("run", "s.yaml", "--out", "out", in: folder), "no rows", in: folder)
    try folder.write(
      "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:17:03.9799600,374,44\n"
        + "2023-11-16 18:17:04.0319600,396,109\n", to: "rows.csv")
    let good = try Program.run("run", "s.yaml", "--out", "out", in: folder)
    #expect(good.code == 0, "\(good.errors)")
    #expect(good.output.contains("2 recorded requests of rows.csv"))
  }

  @Test("what is right alone and too much together, and studies without end")
  func limits() throws {
    let folder = try TemporaryFolder()
    try folder.write(Scenarios.small(), to: "s.yaml")
    expectRefusal(
      try Program.run(
        "run", "s.yaml", "--out", "out", "--set", "horizon=87600h", "--set",
        "workloads.chat.growth=50%/month", in: folder), "growth multiplies demand by some",
      in: folder)
    expectRefusal(
      try Program.run(
        "run", "s.yaml", "--out", "out", "--replications", "1000000000", in: folder),
      "--replications is from 2", in: folder)
    expectRefusal(
      try Program.run(
        "run", "s.yaml", "--out", "out", "--replications", "2", "--invariants", "every-event",
        in: folder), "looks at one run", in: folder)
    // Two brown-outs at once come to a millionfold, which is as slow as it gets.
    let slow = try Program.run(
      "run", "s.yaml", "--out", "out", "--incident", "azure slow x1000 at 10s for 10s",
      "--incident", "azure/eastus2 slow x1000 at 12s for 5s", "--set", "horizon=1m", in: folder)
    #expect(slow.code == 0, "\(slow.errors)")
    let breaker = try Program.run(
      "run", "s.yaml", "--out", "out", "--set",
      "incidents=[{ region: azure/eastus2, effect: fails, at: 0s, for: 50s }]", "--set",
      "gateway.breaker={ cooldown: 30000h, max-cooldown: 87600h, factor: 100 }", "--set",
      "horizon=1m", in: folder)
    #expect(breaker.code == 0, "\(breaker.errors)")
  }

  @Test("a gate does not open where nothing was measured")
  func gateWithoutRequests() throws {
    let folder = try TemporaryFolder()
    try folder.write(Scenarios.small(arrivals: "{ poisson: 1/h }"), to: "s.yaml")
    for study in [[], ["--replications", "3"]] {
      let result = try Program.run(
        [
          "run", "s.yaml", "--gate", "--out", "out",
          "--set", "horizon=1s",
        ] + study, in: folder)
      #expect(result.code == 1, "\(study): \(result.output)\(result.errors)")
      #expect(!result.output.contains("holds"), "\(result.output)")
      try? FileManager.default.removeItem(atPath: folder.file("out"))
    }
  }

  @Test("a folder of recordings that is named and not there")
  func dataFolder() throws {
    let folder = try TemporaryFolder()
    try folder.write(Scenarios.small(), to: "s.yaml")
    for path in ["nosuch", "s.yaml", ""] {
      expectRefusal(
        try Program.run("run", "s.yaml", "--data", path, "--out", "out", in: folder),
        "--data: no folder '\(path)'", in: folder)
    }
    expectRefusal(
      try Program.run(
        "run", "s.yaml", "--out", "out", in: folder, environment: ["PLIMSOLL_DATA": "nosuch"]),
      "PLIMSOLL_DATA: no folder 'nosuch'", in: folder)
    let unset = try Program.run(
      "run", "s.yaml", "--out", "out", in: folder, environment: ["PLIMSOLL_DATA": ""])
    #expect(unset.code == 0, "\(unset.errors)")
  }

  @Test("files that are not there, not text, not one document")
  func files() throws {
    let folder = try TemporaryFolder()
    expectRefusal(
      try Program.run("run", "nosuch.yaml", "--out", "out", in: folder), "nosuch.yaml", in: folder)
    expectRefusal(try Program.run("run", ".", "--out", "out", in: folder), "error:", in: folder)
    try folder.write("", to: "s.yaml")
    expectRefusal(
      try Program.run("run", "s.yaml", "--out", "out", in: folder), "is empty", in: folder)
    try Data([0xFF, 0xFE, 0x00]).write(to: URL(fileURLWithPath: folder.file("s.yaml")))
    expectRefusal(
      try Program.run("run", "s.yaml", "--out", "out", in: folder), "UTF-8", in: folder)
    try folder.write(Scenarios.small() + "---\na: 1\n", to: "s.yaml")
    expectRefusal(
      try Program.run("run", "s.yaml", "--out", "out", in: folder), "second document", in: folder)
  }

  @Test("alias bombs and endless nesting are refused quickly")
  func bombs() throws {
    let folder = try TemporaryFolder()
    var bomb = "a0: &a0 [x]\n"
    for i in 1...40 { bomb += "a\(i): &a\(i) [*a\(i - 1), *a\(i - 1)]\n" }
    try folder.write(bomb, to: "s.yaml")
    let begin = Date()
    #expect(try Program.run("validate", "s.yaml", in: folder).code == 2)
    try folder.write(String(repeating: "[", count: 20_000), to: "s.yaml")
    #expect(try Program.run("validate", "s.yaml", in: folder).code == 2)
    #expect(Date().timeIntervalSince(begin) < 20)
  }

  @Test("wrong flags and overrides")
  func flags() throws {
    let folder = try TemporaryFolder()
    try folder.write(Scenarios.small(), to: "s.yaml")
    func refused(_ arguments: String..., message: String) throws {
      let (process, output, errors) = try Program.process(
        ["run", "s.yaml", "--out", "out"] + arguments, in: folder)
      try process.run()
      Program.wait(process)
      let result = Program.Result(
        code: process.terminationStatus,
        output: try String(contentsOfFile: output, encoding: .utf8),
        errors: try String(contentsOfFile: errors, encoding: .utf8))
      expectRefusal(result, message, in: folder)
    }
    try refused("--frob", message: "--frob")
    try refused("--sample", "2/3", message: "sample")
    try refused("--tables", "some", message: "tables")
    try refused("--seed", "many", message: "seed")
    try refused("--set", "horizon", message: "expected path=value")
    try refused("--set", "workload.chat.model=x", message: "did you mean 'workloads'?")
    try refused("--set", "horizon=2 moons", message: "unknown unit 'moons'")
    #expect(try Program.run("frobnicate", in: folder).code == 2)
  }

  @Test("output that cannot be: a file, foreign files, an unwritable place, a full disk")
  func output() throws {
    let folder = try TemporaryFolder()
    try folder.write(Scenarios.small(), to: "s.yaml")
    try folder.write("mine", to: "taken")
    let file = try Program.run("run", "s.yaml", "--out", "taken", in: folder)
    #expect(file.code == 2 && file.errors.contains("not a directory"))
    try FileManager.default.createDirectory(
      atPath: folder.file("foreign"), withIntermediateDirectories: true)
    try folder.write("mine", to: "foreign/thesis.txt")
    let foreign = try Program.run("run", "s.yaml", "--out", "foreign", in: folder)
    #expect(foreign.code == 2 && foreign.errors.contains("thesis.txt"))
    #expect(try folder.bytes("foreign/thesis.txt") == Data("mine".utf8))
    let unwritable = try Program.run("run", "s.yaml", "--out", "/proc/plimsoll", in: folder)
    #expect(unwritable.code == 3 && unwritable.errors.contains("/proc/plimsoll"))
  }

  @Test(
    "a full disk: exit 3, the advice, and nothing that looks whole", .enabled(if: getuid() == 0))
  func fullDisk() throws {
    let folder = try TemporaryFolder()
    try folder.write(Scenarios.small(), to: "s.yaml")
    let disk = folder.file("disk")
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
    func tool(_ arguments: String...) throws -> Int32 {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = arguments
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      return process.terminationStatus
    }
    guard try tool("mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", disk) == 0 else { return }
    defer { _ = try? tool("umount", disk) }
    let result = try Program.run("run", "s.yaml", "--out", "disk/out", in: folder)
    #expect(result.code == 3, "\(result.errors)")
    #expect(result.errors.contains("the disk is full"))
    #expect(!folder.exists("disk/out/manifest.json") && !folder.exists("disk/out/requests.csv"))
  }
}
