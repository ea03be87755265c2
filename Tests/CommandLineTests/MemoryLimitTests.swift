import Foundation
import Testing

@testable import plimsoll

@Suite("Memory")
struct MemoryLimitTests {
  @Test(
    "amounts as people write them",
    arguments: [
      ("2GB", 2_000_000_000), ("512MiB", 536_870_912), ("1.5GiB", 1_610_612_736),
      ("20000kB", 20_000_000),
      ("0.5 TB", 500_000_000_000),
    ])
  func amounts(_ text: String, _ bytes: Int) throws {
    #expect(try MemoryLimit(argument: text).bytes == bytes)
  }

  @Test("none is none, a share is of what there is")
  func shares() throws {
    #expect(try MemoryLimit(argument: "none").bytes == nil)
    let all = try #require(MachineMemory.bytes)
    let half = try #require(try MemoryLimit(argument: "50%").bytes)
    #expect(abs(half - all / 2) < 10)
    let usual = try #require(MemoryLimit.automatic.bytes)
    #expect(usual < all && usual > all / 2 && MemoryLimit.automatic.isDefault)
  }

  @Test(
    "what is no amount is refused with the form",
    arguments: [
      ("", "expected an amount"), ("much", "expected an amount"),
      ("5", "name the unit, such as 5MB"),
      ("-1GB", "expected an amount"), ("0GB", "expected an amount"),
      ("infGB", "expected an amount"),
      ("nanGB", "expected an amount"), ("1e40TB", "expected an amount"),
      ("101%", "more than there is"),
      ("1MB", "give at least 16 MB"), ("2 gigabytes", "expected an amount"),
    ])
  func refused(_ text: String, _ words: String) throws {
    do {
      _ = try MemoryLimit(argument: text)
      Issue.record("'\(text)' was taken")
    } catch {
      #expect(error.description.contains(words), "\(error)")
    }
  }

  @Test("what is held grows by what is taken")
  func resident() throws {
    let before = MachineMemory.resident
    #expect(before > 1_000_000)
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 20, alignment: 4096)
    defer { block.deallocate() }
    for place in stride(from: 0, to: block.count, by: 4096) { block[place] = 1 }
    let after = MachineMemory.resident
    #expect(after - before > 50 << 20)
  }

  @Test("more demand than memory ends with a message, and an older run stays")
  func overload() throws {
    let folder = try TemporaryFolder()
    try folder.write(Scenarios.small(), to: "small.yaml")
    try folder.write(
      Scenarios.small(horizon: "100h", arrivals: "{ poisson: 50000/s }"), to: "s.yaml")
    #expect(try Program.run("run", "small.yaml", "--quiet", "--out", "out", in: folder).code == 0)
    let before = try folder.bytes("out/manifest.json")
    let result = try Program.run(
      "run", "s.yaml", "--quiet", "--out", "out", "--max-memory", "400MB", in: folder)
    #expect(result.code == 3, "\(result.errors)")
    #expect(result.errors.contains("error: memory: the run holds 4"), "\(result.errors)")
    #expect(result.errors.contains("requests were in flight after"))
    #expect(
      result.errors.contains("more arrives than is served")
        && result.errors.contains("--max-memory"))
    #expect(try folder.bytes("out/manifest.json") == before)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.file("out"))
    #expect(!names.contains { $0.hasSuffix(".partial") })
    let study = try Program.run(
      "run", "s.yaml", "--quiet", "--replications", "2", "--out", "out", "--max-memory", "400MB",
      in: folder)
    #expect(study.code == 3 && study.errors.contains("error: memory:"), "\(study.errors)")
    #expect(try folder.bytes("out/manifest.json") == before)
  }
}
