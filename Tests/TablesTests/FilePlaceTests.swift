import Glibc
import Testing

@testable import Tables

/// What lies where files are read and written: links, pipes, devices, other writers.
@Suite struct FilePlaceTests {
  let directory = TemporaryDirectory()

  private func problem(_ body: () throws(TableError) -> Void) throws -> TableError {
    do {
      try body()
    } catch {
      return error
    }
    Issue.record("no error")
    throw CancellationError()
  }

  @Test(arguments: ["t.txt", "t.txt.partial"])
  func linksAreNeitherFollowedNorReplaced(_ name: String) throws {
    try put("mine", directory["victim"])
    try #require(symlink(directory["victim"], directory[name]) == 0)
    let path = directory["t.txt"]
    let text = try problem { () throws(TableError) in try TextFile.write("x", to: path) }
    #expect(text.problem == "there is a symbolic link of that name")
    let streamed = try problem { () throws(TableError) in _ = try StreamedFile(path) }
    #expect(streamed.path == directory[name])
    let table = try problem { () throws(TableError) in
      let table = try SweepTable(path: path, axes: [])
      table.abandon()
    }
    #expect(table.path == directory[name])
    #expect(try contents(directory["victim"]) == "mine")
    #expect(try Directory.entries(of: directory.path) == [name, "victim"].sorted())
  }

  @Test func anOpenFileIsNoLink() throws {
    try put("mine", directory["victim"])
    try #require(symlink(directory["victim"], directory["a"]) == 0)
    let error = try problem { () throws(TableError) in _ = try OutputFile(creating: directory["a"])
    }
    #expect(error.kind == .system(ELOOP))
    #expect(try contents(directory["victim"]) == "mine")
  }

  @Test func devicesAndPipesAreNotReplaced() throws {
    try #require(mkfifo(directory["pipe"], 0o600) == 0)
    for (place, noun) in [(directory["pipe"], "a pipe"), ("/dev/null", "a device")] {
      let error = try problem { () throws(TableError) in try TextFile.write("x", to: place) }
      #expect(error.problem == "there is \(noun) of that name")
    }
    #expect(Directory.isDirectory("/dev/null") == false)
  }

  @Test func theLockOfARunIsNoLink() throws {
    let path = directory["out"]
    try Directory.create(path)
    try #require(symlink(directory["elsewhere"], path + "/.plimsoll.lock") == 0)
    #expect(throws: TableError.self) { _ = try RunDirectory(path) }
    #expect(!exists(directory["elsewhere"]))
  }

  @Test func aLockThatCannotBeTakenIsNotLeft() throws {
    let lock = try #require(try FileLock(directory["lock"]))
    #expect(try FileLock(directory["lock"]) == nil)
    lock.release()
    lock.release()
    #expect(try Directory.entries(of: directory.path) == [])
    do {
      _ = try FileLock(directory["lock"])
    }
    #expect(try Directory.entries(of: directory.path) == [])
  }

  @Test func aFileHasOneWriter() throws {
    let path = directory["t.json"]
    let first = try StreamedFile(path)
    try first.write("first".utf8)
    let second = try problem { () throws(TableError) in _ = try StreamedFile(path) }
    #expect(second.kind == .busy)
    #expect(exists(path + ".partial"))
    try first.finish()
    #expect(try contents(path) == "first")
    let third = try StreamedFile(path)
    try third.write("third".utf8)
    try third.finish()
    #expect(try contents(path) == "third")
    #expect(try Directory.entries(of: directory.path) == ["t.json"])
  }

  @Test func aMergeHasOneWriter() throws {
    let path = directory["results.csv"]
    let first = try SweepTable(path: path, axes: ["a"])
    let second = try problem { () throws(TableError) in
      let table = try SweepTable(path: path, axes: ["a"])
      table.abandon()
    }
    #expect(second.kind == .busy)
    try first.finish { _ in "{}\n" }
    #expect(
      try Directory.entries(of: directory.path) == [
        "results.csv", "results.manifest.json", "results.schema.csv",
      ])
  }

  /// Where the last file of three cannot be written, the older three stay.
  @Test func aMergeThatFailsLeavesTheOlderOne() throws {
    let path = directory["results.csv"]
    try SweepTable(path: path, axes: ["a"]).finish { _ in "older\n" }
    let before = try contents(path)
    try Directory.create(directory["results.manifest.json.partial"])
    let error = try problem { () throws(TableError) in
      try SweepTable(path: path, axes: ["a", "b"]).finish { _ in "newer\n" }
    }
    #expect(error.problem == "there is a directory of that name")
    #expect(try contents(path) == before)
    #expect(try contents(directory["results.manifest.json"]) == "older\n")
  }

  @Test func whatIsNoFileIsNotRead() throws {
    try #require(mkfifo(directory["pipe"], 0o600) == 0)
    let places = [
      (directory.path, "not a file but a directory"), (directory["pipe"], "not a file but a pipe"),
      ("/dev/zero", "not a file but a device"), ("/dev/null", "not a file but a device"),
    ]
    for (place, wanted) in places {
      let error = try problem { () throws(TableError) in
        _ = try InputFile.contents(of: place, maximumBytes: 10)
      }
      #expect(error.problem == wanted)
    }
  }

  @Test func linksToFilesAreRead() throws {
    try put("a\n", directory["a"])
    try #require(symlink(directory["a"], directory["b"]) == 0)
    #expect(try contents(directory["b"]) == "a\n")
  }

  @Test func lastLinesWithoutAnEndAreTold() throws {
    for (text, ends) in [("", true), ("a\n", true), ("a\nb", false), ("\n", true), ("a", false)] {
      try put(text, directory["t"])
      #expect(try InputFile.endsItsLastLine(directory["t"]) == ends, "\(text)")
    }
  }

  /// Cut off at the end of a row, a table is a table: only its digest tells.
  @Test func tablesThatWereCutOffAreNotRead() throws {
    let path = directory["out"]
    try writeRun(path)
    let table = path + "/requests.csv"
    let whole = try contents(table)
    let rows = whole.split(separator: "\n", omittingEmptySubsequences: false)
    try put(rows.prefix(2).joined(separator: "\n") + "\n", table)
    let run = try StoredRun(path: path)
    let error = try problem { () throws(TableError) in
      _ = try run.table(of: RequestsTable.Record.self)
    }
    #expect(error.kind == .mismatch)
    #expect(error.path == table)
    let again = try problem { () throws(TableError) in _ = try run.rows(of: RequestsTable.schema) }
    #expect(again.kind == .mismatch)
    try put(whole, table)
    var reader = try run.table(of: RequestsTable.Record.self)
    #expect(try reader.next() != nil)
  }
}
