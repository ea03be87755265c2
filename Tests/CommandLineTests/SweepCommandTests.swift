import Foundation
import Tables
import Testing

/// Sweeps through the real binary, on real files.
@Suite("Sweep command", .serialized)
struct SweepCommandTests {
  private func plan(seeds: Int = 4, horizon: String = "20s", in folder: TemporaryFolder) throws {
    try folder.write(Scenarios.small(horizon: horizon), to: "s.yaml")
    try folder.write(
      """
      scenario: s.yaml
      axes:
        workloads.chat.arrivals.poisson: [5/s, 20/s]
        gateway.route: [nearest, least-loaded, round-robin]
      seeds: \(seeds)
      """, to: "plan.yaml")
  }

  private func cells(_ path: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path + "/cells")) ?? []
    return names.filter { $0.hasSuffix(".csv") && !$0.hasPrefix(".") }
  }

  @Test("a cell holds what a run of it prints, whatever the number of threads")
  func equalsRuns() throws {
    let folder = try TemporaryFolder()
    try plan(seeds: 2, in: folder)
    for threads in ["1", "2", "5"] {
      let result = try Program.run(
        "sweep", "plan.yaml", "--threads", threads, "--out", "o\(threads)", in: folder)
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.output.contains("12 cells computed"))
      #expect(result.errors.isEmpty)
    }
    let results = try folder.bytes("o1/results.csv")
    for threads in ["2", "5"] {
      #expect(try folder.bytes("o\(threads)/results.csv") == results)
      #expect(
        try folder.bytes("o\(threads)/results.manifest.json")
          == folder.bytes("o1/results.manifest.json"))
    }
    // Seed 6 is the second from the scenario's own on. Cells do without the band of step times.
    let run = try Program.run(
      "run", "s.yaml", "--set", "workloads.chat.arrivals.poisson=20/s", "--set",
      "gateway.route=round-robin", "--seed", "6", "--tables", "none", "--format", "csv",
      "--no-band",
      in: folder)
    let expected = run.output.split(separator: "\n").dropFirst().map { line in
      let f = line.split(separator: ",", omittingEmptySubsequences: false)
      return (f[0...3] + [f[5], f[4]]).joined(separator: ",")
    }
    let found = String(decoding: results, as: UTF8.self).split(separator: "\n")
      .filter { $0.contains(",20/s,round-robin,6,") }
      .map {
        $0.split(separator: ",", omittingEmptySubsequences: false)[4...].joined(separator: ",")
      }
    #expect(!expected.isEmpty && found == expected)
  }

  @Test("shards by hand and by an engine's variables merge to the same bytes in any order")
  func shards() throws {
    let folder = try TemporaryFolder()
    try plan(in: folder)
    #expect(try Program.run("sweep", "plan.yaml", "--out", "whole", in: folder).code == 0)
    for index in 0..<3 {
      let result = try Program.run(
        "sweep", "plan.yaml", "--out", "part\(index)", "--shards", "3", in: folder,
        environment: ["JOB_COMPLETION_INDEX": "\(index)"])
      #expect(result.code == 0 && result.output.contains("shard \(index) of 3: 8 cells computed"))
      #expect(!folder.exists("part\(index)/results.csv"))
    }
    for (place, order) in [["part2", "part0", "part1"], ["part0", "part1", "part2", "whole"]]
      .enumerated()
    {
      let result = try Program.run(
        ["sweep", "merge"] + order + ["--plan", "plan.yaml", "--out", "m\(place)/results.csv"],
        in: folder)
      #expect(result.code == 0, "\(result.errors)")
      for file in ["results.csv", "results.schema.csv", "results.manifest.json"] {
        #expect(try folder.bytes("m\(place)/\(file)") == folder.bytes("whole/\(file)"))
      }
    }
    let missing = try Program.run(
      "sweep", "merge", "part0", "part2", "--plan", "plan.yaml", "--out", "x.csv", in: folder)
    #expect(missing.code == 2 && missing.errors.contains("8 of 24 cells are missing: cell "))
    #expect(!folder.exists("x.csv") && !folder.exists("x.csv.partial"))
    let partial = try Program.run(
      "sweep", "merge", "part0", "part2", "--plan", "plan.yaml", "--out", "x.csv", "--partial",
      in: folder)
    #expect(partial.code == 0 && partial.output.contains("16 cells, 8 missing"))
  }

  @Test("bad plans, shards and folders are refused with code 2 and nothing is written")
  func refusals() throws {
    let folder = try TemporaryFolder()
    try plan(in: folder)
    try folder.write(
      "scenario: s.yaml\naxes: { workloads.chat.arival: [1] }\n", to: "typo.yaml")
    try folder.write("scenario: none.yaml\naxes: { horizon: [1m] }\n", to: "lost.yaml")
    let cases: [([String], String)] = [
      (["typo.yaml"], "typo.yaml:2:9: error: 'workloads.chat.arival': there is no 'arival'"),
      (["lost.yaml"], "none.yaml"),
      (["missing.yaml"], "missing.yaml"),
      (["s.yaml"], "nothing varies"),
      (["plan.yaml", "--shard", "3/3"], "shard 3 of 3: shards are counted from 0 to 2"),
      (["plan.yaml", "--shard", "x"], "expected i/n such as 0/4"),
      (["plan.yaml", "--shards", "4"], "needs the index of an array"),
      (["plan.yaml", "--seeds", "0"], "--seeds"),
      (["plan.yaml", "--threads", "0"], "--threads"),
      (["plan.yaml", "--set", "horizon=0s"], "horizon"),
      (["merge", "a", "--plan", "typo.yaml", "--out", "r.csv"], "there is no 'arival'"),
      (["merge", "a", "--plan", "plan.yaml", "--out", "r.csv"], "24 of 24 cells are missing"),
      (["submit", "plan.yaml", "--shards", "2"], "--slurm"),
      (["submit", "--slurm", "plan.yaml", "--shards", "0"], "--shards"),
    ]
    for (arguments, message) in cases {
      let result = try Program.run(["sweep"] + arguments, in: folder)
      #expect(result.code == 2, "\(arguments)")
      #expect(result.errors.contains(message), "\(arguments): \(result.errors)")
    }
    #expect(!folder.exists("out") && !folder.exists("r.csv"))
  }

  @Test("cells of another plan are refused before anything runs, and pruned on request")
  func prune() throws {
    let folder = try TemporaryFolder()
    try plan(seeds: 2, in: folder)
    #expect(try Program.run("sweep", "plan.yaml", "--out", "o", in: folder).code == 0)
    try plan(seeds: 1, in: folder)
    let refused = try Program.run("sweep", "plan.yaml", "--out", "o", in: folder)
    #expect(refused.code == 2 && refused.errors.contains("holds 6 cells that are not of this plan"))
    let pruned = try Program.run("sweep", "plan.yaml", "--out", "o", "--prune", in: folder)
    #expect(pruned.code == 0 && pruned.output.contains("0 cells computed, 6 were there"))
    #expect(cells(folder.file("o")).count == 6)
  }

  @Test("Ctrl-C ends with 130 and keeps what is finished")
  func interrupt() throws {
    let folder = try TemporaryFolder()
    try plan(seeds: 200, in: folder)
    let (process, _, errors) = try Program.process(
      ["sweep", "plan.yaml", "--out", "o", "--threads", "1"], in: folder)
    try process.run()
    waitForCells(3, in: folder.file("o"), while: process)
    process.interrupt()
    Program.wait(process)
    #expect(process.terminationReason == .exit && process.terminationStatus == 130)
    #expect(try String(contentsOfFile: errors, encoding: .utf8).contains("cells to go"))
    let done = cells(folder.file("o"))
    #expect(done.count >= 3 && done.count < 1200)
    for name in done { _ = try CellTable(path: folder.file("o/cells/\(name)")) }
  }

  /// `PLIMSOLL_SWEEP_CELLS=1000` is the test of the README; by default it is smaller.
  @Test("killed three times at random points and resumed: the same bytes as undisturbed")
  func killAndResume() throws {
    let wanted =
      ProcessInfo.processInfo.environment["PLIMSOLL_SWEEP_CELLS"].flatMap { Int($0) } ?? 90
    let seeds = max(1, (wanted + 5) / 6)
    let folder = try TemporaryFolder()
    try plan(seeds: seeds, horizon: "30s", in: folder)
    _ = try runToEnd(["sweep", "plan.yaml", "--out", "whole", "--quiet"], in: folder)
    var before = 0
    for kill in 1...3 {
      let (process, _, _) = try Program.process(
        ["sweep", "plan.yaml", "--out", "killed", "--threads", "2"], in: folder)
      try process.run()
      let target = before + Int.random(in: 1...max(1, (seeds * 6 - before) / 3))
      waitForCells(target, in: folder.file("killed"), while: process)
      Foundation.kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let now = cells(folder.file("killed")).count
      #expect(process.terminationReason == .uncaughtSignal, "kill \(kill) came too late")
      #expect(now >= before, "finished cells are gone")
      before = now
    }
    let resumed = try runToEnd(["sweep", "plan.yaml", "--out", "killed", "--quiet"], in: folder)
    #expect(resumed.filter { $0 != "," }.contains("\(before) were there"), "\(resumed)")
    #expect(try folder.bytes("killed/results.csv") == folder.bytes("whole/results.csv"))
    // Nothing half done is left behind.
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.file("killed/cells"))
    #expect(names.count == seeds * 6)
  }

  /// Runs the program to its end however long that takes, and returns what it printed.
  private func runToEnd(_ arguments: [String], in folder: TemporaryFolder) throws -> String {
    let (process, output, errors) = try Program.process(arguments, in: folder)
    try process.run()
    process.waitUntilExit()
    let message = try String(contentsOfFile: errors, encoding: .utf8)
    #expect(process.terminationStatus == 0, "\(message)")
    return try String(contentsOfFile: output, encoding: .utf8)
  }

  private func waitForCells(_ count: Int, in path: String, while process: Process) {
    let deadline = Date().addingTimeInterval(600)
    while process.isRunning, cells(path).count < count, Date() < deadline {
      Thread.sleep(forTimeInterval: 0.002)
    }
  }

  @Test("submit --dry-run prints both jobs, only with shards that miss cells")
  func dryRun() throws {
    let folder = try TemporaryFolder()
    try plan(in: folder)
    let all = try Program.run(
      "sweep", "submit", "--slurm", "plan.yaml", "--shards", "5", "--out", "o", "--dry-run",
      "--partition", "gpu", "--time", "30", "--cpus-per-task", "4", "--mem", "2G", in: folder)
    #expect(all.code == 0, "\(all.errors)")
    for text in [
      "--array=0-4", "--partition=gpu", "--time=30", "--cpus-per-task=4", "--mem=2G",
      "sweep merge", "\(folder.path)/plan.yaml",
    ] {
      #expect(all.output.contains(text), "\(text) in \(all.output)")
    }
    #expect(!folder.exists("o"))
    for shard in [0, 1, 3] {
      #expect(
        try Program.run(
          "sweep", "plan.yaml", "--out", "o", "--shard", "\(shard)/5", in: folder
        ).code == 0)
    }
    let rest = try Program.run(
      "sweep", "submit", "--slurm", "plan.yaml", "--shards", "5", "--out", "o", "--dry-run",
      in: folder)
    #expect(rest.output.contains("--array=2,4\n"))
  }

  @Test("the bundled plan is a plan")
  func bundledPlan() throws {
    let folder = try TemporaryFolder()
    let result = try Program.run(
      "sweep", Program.root + "/scenarios/sweeps/first-sizing.yaml", "--out", "o", "--seeds", "1",
      "--set", "horizon=20s", "--set", "warmup=0s", in: folder)
    #expect(result.code == 0 && result.output.contains("12 cells computed"), "\(result.errors)")
  }
}
