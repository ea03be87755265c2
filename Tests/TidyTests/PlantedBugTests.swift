import Foundation
import Testing

/// The list of bugs that `Scripts/mutations/run` plants keeps step with the sources.
@Suite struct PlantedBugTests {
  private static func text(_ path: String) throws -> String {
    try String(contentsOf: TidyTests.root.appendingPathComponent(path), encoding: .utf8)
  }

  @Test func everyBugCanStillBePlanted() throws {
    let bugs = PlantedBug.records(try Self.text("Scripts/mutations/planted.txt"))
    #expect(bugs.count >= 30)
    #expect(Set(bugs.map { $0.fields["name"] }).count == bugs.count, "names are unique")
    for bug in bugs {
      let file = bug.fields["file"] ?? ""
      #expect(file.hasPrefix("Sources/"), "\(bug.fields)")
      let problem = bug.problem(in: try Self.text(file))
      #expect(problem == nil, "'\(bug.fields["name"] ?? "")' in \(file) \(problem ?? "")")
    }
  }

  @Test func recordsThatCannotBePlantedAreFound() throws {
    let head = "name: a\nroom: b\nbreaks: c\ntests: d\nfile: e\n"
    func problem(_ list: String, in text: String) throws -> String? {
      try #require(PlantedBug.records(list).first).problem(in: text)
    }
    let text = "one\ntwo\nthree\ntwo\n"
    #expect(try problem(head + " one\n-two\n+2\n", in: text) == nil)
    #expect(try problem(head + "-two\n+2\n", in: text)?.hasPrefix("is found 2 times") == true)
    #expect(try problem(head + "-tw\n+2\n", in: text)?.hasPrefix("is found 0 times") == true)
    #expect(try problem(head + "-one\n+one\n", in: text) == "changes nothing")
    #expect(try problem(head, in: text) == "changes nothing")
    #expect(try problem("name: a\n-one\n+1\n", in: text)?.hasPrefix("has the fields") == true)
    #expect(PlantedBug.records("# a\n\n" + head + "-one\n\n" + head + "-two\n").count == 2)
  }
}
