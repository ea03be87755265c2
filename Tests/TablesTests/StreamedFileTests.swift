import Testing

@testable import Tables

/// Files that are written piece by piece and appear whole or not at all.
@Suite struct StreamedFileTests {
  let directory = TemporaryDirectory()

  @Test func appearsWhole() throws {
    let path = directory["t.json"]
    try put("older", path)
    let file = try StreamedFile(path)
    for number in 0..<100_000 { try file.write("\(number)\n".utf8) }
    // Longer than its buffer, and still the older one is in its place.
    #expect(file.bytes > 512 << 10)
    #expect(try contents(path) == "older")
    try file.finish()
    #expect(try contents(path) == (0..<100_000).map { "\($0)\n" }.joined())
    #expect(try Directory.entries(of: directory.path) == ["t.json"])
  }

  @Test func leavesNothingWhenLetGo() throws {
    do {
      let file = try StreamedFile(directory["t.json"])
      try file.write(Array(repeating: 65, count: 1 << 20))
      #expect(exists(directory["t.json.partial"]))
    }
    #expect(try Directory.entries(of: directory.path) == [])
  }

  @Test func refusesWhatIsNoPlaceForAFile() throws {
    #expect(throws: TableError.self) { try StreamedFile(directory.path) }
    #expect(throws: TableError.self) { try StreamedFile(directory["none/t.json"]) }
    #expect(try Directory.entries(of: directory.path) == [])
  }
}
