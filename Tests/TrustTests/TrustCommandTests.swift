import Foundation
import Testing

@testable import plimsoll_trust

/// The search as a program: what it survives, what it counts and what it says.
@Suite struct TrustCommandTests {
  @Test("a trap and an endless loop are told with their seeds, and the other worlds are tried")
  func crashes() throws {
    try TrustProgram.withFolder { folder in
      let result = try TrustProgram.run(
        [
          "worlds", "--first", "40", "--count", "8", "--law", "same-again", "--limit", "5",
          "--trap-at", "42", "--hang-at", "45",
        ], in: folder)
      #expect(result.code == 1)
      #expect(result.output.contains("BROKEN: crash, world 42: ended by signal"))
      #expect(result.output.contains("a planted trap"))
      #expect(
        result.output.contains("BROKEN: crash, world 45: hangs: more than 5 s of processor time"))
      #expect(result.output.contains("8 tried, 6 held"), "\(result.output)")
      #expect(result.output.contains("2 violations"))
      // The default folder, and a replay that the program takes.
      let path = ".build/trust/crash-42.yaml"
      #expect(result.output.contains("plimsoll-trust hold \(path)"))
      let again = try TrustProgram.run(["hold", path, "--law", "same-again"], in: folder)
      #expect(again.code == 0, "\(again.output)")
      let left = try FileManager.default.contentsOfDirectory(
        atPath: folder.appendingPathComponent(".build/trust").path)
      #expect(left.sorted() == ["crash-42.yaml", "crash-45.yaml"])
    }
  }

  @Test("a misspelt law is refused by every command", arguments: ["worlds", "hold"])
  func misspelt(command: String) throws {
    try TrustProgram.withFolder { folder in
      let arguments = command == "hold" ? [command, "none.yaml"] : [command, "--count", "1"]
      let result = try TrustProgram.run(arguments + ["--law", "same-agian"], in: folder)
      #expect(result.code == 64)
      #expect(result.output.contains("no law is called 'same-agian'"))
    }
  }

  @Test("a law that applies to fewer than one in twenty of many worlds is untried")
  func untried() {
    func table(applied: Int, of count: Int) -> LawTable {
      let reports = (0..<count).map { number in
        var report = WorldReport(seed: UInt64(number), kind: .held)
        report.applied = number < applied ? ["common", "rare"] : ["common"]
        report.skipped = number < applied ? [] : ["rare"]
        return report
      }
      return LawTable(laws: ["common", "rare"], reports)
    }
    #expect(table(applied: 9, of: 200).untried.map(\.law) == ["rare"])
    #expect(table(applied: 10, of: 200).untried.isEmpty)
    #expect(table(applied: 0, of: 199).untried.isEmpty)
    #expect(table(applied: 9, of: 200).rows.map(\.applied) == [200, 9])
    #expect(table(applied: 9, of: 200).rows.map(\.skipped) == [0, 191])
  }
}
