import Foundation
import Testing

/// Streams that are closed, full or read by nobody.
@Suite("Streams")
struct StreamTests {
  private func shell(_ script: String, in folder: TemporaryFolder) throws -> (
    code: Int32, errors: String
  ) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", script, Program.path]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    let errors = folder.file("errors")
    _ = FileManager.default.createFile(atPath: errors, contents: nil)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
    process.standardInput = FileHandle.nullDevice
    try process.run()
    Program.wait(process)
    return (process.terminationStatus, try String(contentsOfFile: errors, encoding: .utf8))
  }

  @Test(
    "what is meant for a closed stream is not written into a table",
    arguments: [
      (">&-", Int32(3)), ("2>&-", 0), ("<&-", 0), ("<&- >&- 2>&-", 3), (">/dev/full", 3),
      ("2>/dev/full", 0),
    ])
  func closed(_ streams: String, _ code: Int32) throws {
    let folder = try TemporaryFolder()
    try folder.write(Scenarios.small(), to: "s.yaml")
    let plain = try Program.run("run", "s.yaml", "--tables", "full", "--out", "plain", in: folder)
    #expect(plain.code == 0, "\(plain.errors)")
    let ending = try shell("\"$0\" run s.yaml --tables full --out out \(streams)", in: folder)
    #expect(ending.code == code, "\(ending.errors)")
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.file("plain"))
    where name != "manifest.json" {
      #expect(try folder.bytes("out/" + name) == folder.bytes("plain/" + name), "\(name)")
    }
    #expect(folder.exists("out/manifest.json") && !folder.exists("out/.plimsoll.lock"))
  }

  @Test("a reader that goes away is an error with a name")
  func brokenPipe() throws {
    let folder = try TemporaryFolder()
    try folder.write(Scenarios.small(), to: "s.yaml")
    let ending = try shell(
      "\"$0\" schema scenario | true; exit ${PIPESTATUS[0]}", in: folder)
    #expect(ending.code == 3 || ending.code == 0)
    if ending.code == 3 {
      #expect(ending.errors.contains("error: standard output: cannot write to it: Broken pipe"))
    }
    let full = try shell("\"$0\" schema >/dev/full", in: folder)
    #expect(full.code == 3 && full.errors.contains("No space left on device"), "\(full.errors)")
  }
}
