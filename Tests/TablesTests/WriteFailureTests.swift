import Glibc
import SimulationKernel
import Testing

@testable import Tables

/// Disks that are full, pipes that nobody reads, directories that may not be written.
@Suite struct WriteFailureTests {
  let directory = TemporaryDirectory()

  static let mayMount: Bool = {
    let probe = TemporaryDirectory()
    guard mount("tmpfs", probe.path, "tmpfs", 0, "size=64k") == 0 else { return false }
    return umount(probe.path) == 0
  }()

  static let isRoot = geteuid() == 0

  @Test(.enabled(if: exists("/dev/full"), "this system has no /dev/full"))
  func aFullDevice() throws {
    var table = try RequestsTable(path: "/dev/full", names: sampleNames)
    var rows = 0
    do {
      for id in 0..<100_000 {
        try table.append(sampleRow(UInt64(id)))
        rows += 1
      }
      Issue.record("a full device took every row")
    } catch {
      #expect(error.kind == .system(ENOSPC))
      #expect(
        error.description
          == "/dev/full: cannot write: No space left on device; the disk is full: free some space, "
          + "or write to another disk with --out")
    }
    #expect(rows > 1000)
    let stopped = table.failure
    #expect(stopped?.kind == .system(ENOSPC))
    // The error stays: neither later rows nor the end pass for written.
    do {
      for id in 0..<100_000 { try table.append(sampleRow(UInt64(id))) }
      Issue.record("a table went on after an error")
    } catch {
      #expect(error == stopped)
    }
    do {
      _ = try table.finish()
      Issue.record("a table ended well after an error")
    } catch {
      #expect(error == stopped)
    }
  }

  @Test(.enabled(if: exists("/dev/full"), "this system has no /dev/full"))
  func aFullDeviceAtTheEnd() throws {
    var table = try SummaryTable(path: "/dev/full")
    try table.append(.init(metric: "m", unit: "1", value: .none))
    do {
      _ = try table.finish()
      Issue.record("a full device took the last bytes")
    } catch {
      #expect(error.kind == .system(ENOSPC))
    }
  }

  /// A real file system of 64 KiB, filled by a table, and filled to the last byte before the end.
  @Test(.enabled(if: mayMount, "only root may mount a small file system"))
  func aFullDisk() throws {
    try #require(mount("tmpfs", directory.path, "tmpfs", 0, "size=64k") == 0)
    defer { umount(directory.path) }
    let path = directory["out"]
    do {
      let run = try RunDirectory(path)
      var requests = try run.requests(names: sampleNames)
      do {
        for id in 0..<100_000 { try requests.append(sampleRow(UInt64(id))) }
        Issue.record("64 KiB took 15 MB")
      } catch {
        #expect(error.kind == .system(ENOSPC))
        #expect(error.path == path + "/requests.csv.partial")
      }
    }
    #expect(try Directory.entries(of: path) == [])

    // Room for the tables but none for the manifest: the run before stays whole.
    try writeRun(path)
    let before = try StoredRun(path: path)
    do {
      let run = try RunDirectory(path)
      let summary = try run.summary().finish()
      let filler = try OutputFile(creating: directory["filler"])
      while (try? filler.write(bytes: [UInt8](repeating: 1, count: 1024))) != nil {}
      do {
        try run.complete(sampleManifest, tables: [summary])
        Issue.record("a full disk took a manifest")
      } catch {
        #expect(error.kind == .system(ENOSPC))
      }
    }
    #expect(
      try Directory.entries(of: path) == [
        "manifest.json", "requests.csv", "schema.csv", "summary.csv",
      ])
    #expect(try StoredRun(path: path).manifest == before.manifest)
    try before.verify()
  }

  @Test func aPipeThatNobodyReads() throws {
    signal(SIGPIPE, SIG_IGN)
    let path = directory["pipe"]
    try #require(mkfifo(path, 0o600) == 0)
    let reader = open(path, O_RDONLY | O_NONBLOCK)
    try #require(reader >= 0)
    let table = try SummaryTable(path: path)
    close(reader)
    do {
      _ = try table.finish()
      Issue.record("a closed pipe took the table")
    } catch {
      #expect(error.kind == .system(EPIPE))
      #expect(error.advice.contains("write to a file instead"))
    }
  }

  @Test(.enabled(if: !isRoot, "root may write everywhere"))
  func aDirectoryWithoutPermission() throws {
    chmod(directory.path, 0o500)
    #expect(throws: TableError.self) { try RunDirectory(directory.path) }
    #expect(throws: TableError.self) { try RunDirectory(directory["below"]) }
  }

  /// Even root may not write to a file system that is mounted read-only.
  @Test(.enabled(if: mayMount, "only root may mount a read-only file system"))
  func aReadOnlyFileSystem() throws {
    try #require(
      mount("tmpfs", directory.path, "tmpfs", UInt(MS_RDONLY), "size=64k") == 0)
    defer { umount(directory.path) }
    for path in [directory.path, directory["below"]] {
      do {
        _ = try RunDirectory(path)
        Issue.record("a read-only file system took a run")
      } catch {
        #expect(error.kind == .system(EROFS))
        #expect(error.advice == "the file system is read-only: choose another directory with --out")
      }
    }
  }

  @Test func aPathThatCannotBe() throws {
    #expect(throws: TableError.self) { try RunDirectory("/dev/null/out") }
    #expect(throws: TableError.self) { try RunDirectory("/proc/no-such-place/out") }
    do {
      _ = try SummaryTable(path: directory["absent/summary.csv"])
      Issue.record("a table in a directory that is not there")
    } catch {
      #expect(error.kind == .system(ENOENT))
      #expect(error.problem == "cannot create the file: No such file or directory")
    }
  }
}
