import Glibc
import SimulationKernel
import Testing

@testable import Tables

@Suite struct RunDirectoryTests {
  let directory = TemporaryDirectory()

  /// The error of opening a run directory, whose path is left out of the text.
  func openingError(_ path: String) throws -> (kind: TableError.Kind, text: String) {
    do {
      _ = try RunDirectory(path)
    } catch {
      return (error.kind, error.description.replacing(path + ":", with: ""))
    }
    Issue.record("no error")
    throw CancellationError()
  }

  @Test func aWholeRun() throws {
    let path = directory["deep/er/out"]
    try writeRun(path)
    #expect(
      try Directory.entries(of: path) == [
        "manifest.json", "requests.csv", "schema.csv", "summary.csv",
      ])
    let run = try StoredRun(path: path)
    #expect(run.manifest.isComplete)
    #expect(run.manifest.tables.map(\.file) == ["requests.csv", "summary.csv", "schema.csv"])
    #expect(run.manifest.tables.map(\.rows) == [2, 1, 26 + 6 + 5])
    #expect(run.manifest.seed == .max)
    #expect(run.manifest.wall == sampleManifest.wall)
    #expect(run.manifest.startedUnixSeconds == sampleManifest.startedUnixSeconds)
    try run.verify()
    var requests = try run.table(of: RequestsTable.Record.self)
    #expect(try requests.next()?.requestID == 0)
    #expect(throws: TableError.self) { _ = try run.table(of: PoolsMinuteTable.Record.self) }
  }

  @Test func equalRunsLeaveEqualTables() throws {
    try writeRun(directory["a"])
    try writeRun(directory["b"])
    #expect(
      try StoredRun(path: directory["a"]).manifest.tables
        == StoredRun(path: directory["b"]).manifest.tables)
  }

  @Test func pathsThatEndInASlash() throws {
    try writeRun(directory["x/y/"])
    #expect(exists(directory["x/y/manifest.json"]))
  }

  @Test func nothingLooksWholeWhileARunGoes() throws {
    let path = directory["out"]
    let run = try RunDirectory(path)
    var summary = try run.summary()
    try summary.append(.init(metric: "m", unit: "1", value: .none))
    #expect(try Directory.entries(of: path) == [".plimsoll.lock", "summary.csv.partial"])
    #expect(throws: TableError.self) { try StoredRun(path: path) }
    _ = try summary.finish()
    #expect(try Directory.entries(of: path) == [".plimsoll.lock", "summary.csv.partial"])
    run.abandon()
    #expect(try Directory.entries(of: path) == [])
  }

  @Test func lettingARunGoRemovesItsFiles() throws {
    let path = directory["out"]
    do {
      let run = try RunDirectory(path)
      _ = try run.summary().finish()
      #expect(exists(path + "/summary.csv.partial"))
    }
    #expect(try Directory.entries(of: path) == [])
  }

  @Test func aFileInTheWay() throws {
    try put("x", directory["file"])
    let (kind, text) = try openingError(directory["file"])
    #expect(kind == .notADirectory)
    #expect(
      text == " the output path is a file, not a directory; choose another directory with --out")
    let below = try openingError(directory["file/below"])
    #expect(below.kind == .notADirectory)
    #expect(try contents(directory["file"]) == "x")
  }

  @Test func anEmptyPath() throws {
    #expect(try openingError("").kind == .notADirectory)
  }

  @Test func otherPeoplesFiles() throws {
    for name in ["thesis.tex", "a", "b", "c", "requests.csv"] { try put("x", directory[name]) }
    let (kind, text) = try openingError(directory.path)
    #expect(kind == .foreignFiles)
    #expect(
      text
        == " the directory holds what no run writes: 'a', 'b', 'c' and 1 more; "
        + "choose an empty directory, or one with an earlier run, with --out")
    #expect(!exists(directory[".plimsoll.lock"]))
  }

  @Test func companionsBelongToARun() throws {
    let path = directory["out"]
    try writeRun(path, companions: ["summary.json"])
    #expect(try contents(path + "/summary.json") == "{}\n")
    let entry = try #require(try StoredRun(path: path).manifest.tables.last)
    #expect(entry.file == "summary.json")
    #expect(entry.rows == nil)
    try StoredRun(path: path).verify()
    // A run that does not leave one removes the older run's.
    let run = try RunDirectory(path, companions: ["summary.json"])
    try run.complete(sampleManifest, tables: [])
    #expect(try Directory.entries(of: path) == ["manifest.json", "schema.csv"])
    try writeRun(path, companions: ["summary.json"])
    #expect(try openingError(path).kind == .foreignFiles)
  }

  @Test func anOlderRunStaysUntilTheNewOneEnds() throws {
    let path = directory["out"]
    try writeRun(path, metric: "old")
    let before = try StoredRun(path: path)
    do {
      let run = try RunDirectory(path)
      var summary = try run.summary()
      try summary.append(.init(metric: "new", unit: "1", value: .none))
      _ = try summary.finish()
      #expect(try StoredRun(path: path).manifest == before.manifest)
      try before.verify()
    }
    #expect(try StoredRun(path: path).manifest == before.manifest)
    try before.verify()
    let run = try RunDirectory(path)
    var summary = try run.summary()
    try summary.append(.init(metric: "new", unit: "1", value: .none))
    try run.complete(sampleManifest, tables: [try summary.finish()])
    // The older run's requests are gone: they were not this run's.
    #expect(
      try Directory.entries(of: path) == ["manifest.json", "schema.csv", "summary.csv"])
    #expect(try contents(path + "/summary.csv").contains("new"))
    try StoredRun(path: path).verify()
  }

  /// Something stands where a table should go: the directory must not look whole.
  @Test func aTableThatCannotHaveItsNameLeavesNoManifest() throws {
    let path = directory["out"]
    let run = try RunDirectory(path)
    var summary = try run.summary()
    try summary.append(.init(metric: "new", unit: "1", value: .none))
    let finished = try summary.finish()
    try #require(mkdir(path + "/summary.csv", 0o777) == 0)
    do {
      try run.complete(sampleManifest, tables: [finished])
      Issue.record("a table took the place of a directory")
    } catch {
      #expect(error.path == path + "/summary.csv")
    }
    #expect(try !Directory.entries(of: path).contains(Manifest.fileName))
  }

  @Test func anInterruptedRun() throws {
    let path = directory["out"]
    let run = try RunDirectory(path)
    var requests = try run.requests(names: sampleNames)
    try requests.append(sampleRow(0))
    try run.closeInterrupted(sampleManifest, tables: [try requests.finish()])
    #expect(
      try Directory.entries(of: path) == ["manifest.json", "requests.csv", "schema.csv"])
    do {
      _ = try StoredRun(path: path)
      Issue.record("an interrupted run passed for a whole one")
    } catch {
      #expect(error.kind == .incomplete)
      #expect(error.problem == "the run was interrupted after 3600.000000000 simulated seconds")
    }
    let stored = try StoredRun(path: path, allowsIncomplete: true)
    #expect(stored.manifest.isComplete == false)
    #expect(stored.manifest.simulated == .seconds(3600))
    #expect(try contents(path + "/manifest.json").contains("\"complete\": false"))
    try stored.verify()
  }

  @Test func oneRunAtATime() throws {
    let path = directory["out"]
    let first = try RunDirectory(path)
    let summary = try first.summary()
    let (kind, text) = try openingError(path)
    #expect(kind == .busy)
    #expect(
      text
        == " another run is writing to this directory; wait for it to end, or choose another "
        + "directory with --out")
    // The second did no harm to the first.
    #expect(exists(path + "/summary.csv.partial"))
    try first.complete(sampleManifest, tables: [try summary.finish()])
    let second = try RunDirectory(path)
    second.abandon()
    #expect(exists(path + "/manifest.json"))
  }

  @Test func aLockFileLeftBehindDoesNotHinder() throws {
    try put("", directory[".plimsoll.lock"])
    try put("half", directory["requests.csv.partial"])
    try put("half", directory["manifest.json.partial"])
    let run = try RunDirectory(directory.path)
    #expect(try Directory.entries(of: directory.path) == [".plimsoll.lock"])
    run.abandon()
  }

  /// A process that is killed while it writes: what it leaves must not look like a run.
  @Test func aKilledRun() async throws {
    let path = directory["out"]
    try writeRun(directory["older"])
    for target in [path, directory["older"]] {
      await #expect(processExitsWith: .signal(SIGKILL)) { [target = target as String] in
        let run = try RunDirectory(target)
        var requests = try run.requests(names: sampleNames)
        for id in 0..<5000 { try requests.append(sampleRow(UInt64(id))) }
        let summary = try run.summary().finish()
        guard summary.rows == 0 else { return }
        kill(getpid(), SIGKILL)
      }
    }
    #expect(
      try Directory.entries(of: path) == [
        ".plimsoll.lock", "requests.csv.partial", "summary.csv.partial",
      ])
    do {
      _ = try StoredRun(path: path)
      Issue.record("a killed run passed for a whole one")
    } catch {
      #expect(error.kind == .incomplete)
      #expect(
        error.description
          == "\(path): no manifest.json: the run was killed, has failed, or is still going; "
          + "run the scenario again")
    }
    // The run that was there before is untouched, and the next run cleans up.
    try StoredRun(path: directory["older"]).verify()
    try writeRun(path)
    try StoredRun(path: path).verify()
  }

  @Test func aFileChangedAfterTheRun() throws {
    let path = directory["out"]
    try writeRun(path)
    let file = path + "/summary.csv"
    try put(try contents(file).replacing(",2,", with: ",3,"), file)
    do {
      try StoredRun(path: path).verify()
      Issue.record("a changed file passed")
    } catch {
      #expect(error.kind == .mismatch)
      #expect(error.path == file)
    }
  }

  /// Says what was found, what this program reads, and which program wrote it.
  @Test func aTableOfAnotherVersion() throws {
    let path = directory["out"]
    try writeRun(path)
    let manifest = path + "/" + Manifest.fileName
    let version = RequestsTable.schema.version
    let written = try contents(manifest)
    let place = try #require(written.firstRange(of: "\"name\": \"requests.csv\""))
    let changed =
      written[..<place.upperBound]
      + written[place.upperBound...].replacing(
        "\"version\": \(version)", with: "\"version\": \(version + 1)", maxReplacements: 1)
    try put(String(changed), manifest)
    do {
      _ = try StoredRun(path: path).rows(of: RequestsTable.schema)
      Issue.record("a table of another version was read")
    } catch {
      #expect(error.kind == .version)
      #expect(
        error.problem
          == "version \(version + 1) of the table, this program reads version \(version)")
      #expect(error.advice.hasSuffix("with plimsoll \(sampleManifest.toolVersion), which wrote it"))
    }
  }

  /// A later format may have other keys; its version is told all the same.
  @Test func aManifestOfAnotherVersion() {
    do {
      _ = try Manifest(
        json: #"{"format_version": 7, "tool_version": "9.1.0"}"#.utf8, path: "m.json")
      Issue.record("no error")
    } catch {
      #expect(error.kind == .version)
      #expect(
        error.description
          == "m.json: version 7 of the manifest's format, this program reads version 1; run the scenario "
          + "again, or read the run with plimsoll 9.1.0, which wrote it")
    }
  }

  @Test(arguments: [
    ("", "not a run's manifest: it is not JSON"),
    ("{}", "not a run's manifest: 'format_version' is missing"),
    (
      "format_version\": 2",
      "version 2 of the manifest's format, this program reads version 1"
    ),
    ("seed\": \"x\"", "not a run's manifest: 'seed' is not a UInt64"),
    ("bytes\": null", "not a run's manifest: 'scenario.bytes' is null"),
    (
      "started_utc\": \"soon\"",
      "started_utc, wall_seconds, simulated_seconds or fingerprint is out of form"
    ),
  ])
  func manifestsThatAreNone(change: String, problem: String) throws {
    var text = change
    if change.contains(":") {
      let key = change.prefix { $0 != ":" }
      let lines = sampleManifest.json().split(separator: "\n", omittingEmptySubsequences: false)
      var isFirst = true
      text = lines.map { line in
        guard isFirst, line.contains("\"" + key + ":") else { return String(line) }
        isFirst = false
        return "\"" + change + (line.hasSuffix(",") ? "," : "")
      }.joined(separator: "\n")
    }
    do {
      _ = try Manifest(json: text.utf8, path: "m.json")
      Issue.record("no error")
    } catch {
      #expect(error.problem == problem)
    }
  }
}
