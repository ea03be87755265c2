import Testing

/// The rule about hashed collections finds what it should, and nothing else.
@Suite struct HashedCollectionsTests {
  private static func problems(_ text: String, beside other: String = "") -> [String] {
    let file = SourceFile(path: "Sources/Multicloud/A.swift", text: text)
    let second = SourceFile(path: "Sources/Multicloud/B.swift", text: other)
    return HashedCollections([file, second]).problems(file)
      .map { String($0.prefix { $0 != ";" }.dropFirst("Sources/Multicloud/A.swift:".count)) }
  }

  @Test func nothingExactGoesThroughAHashedCollection() {
    let rule = HashedCollections(TidyTests.files)
    for file in TidyTests.files where TidyRules.exactRooms.contains(file.room) {
      for problem in rule.problems(file) { Issue.record("\(problem)") }
    }
  }

  /// Every way out, of every kind of declaration.
  @Test(arguments: [
    "for a in x { f(a) }", "for (key, value) in x { f(key, value) }", "for a in x where a > 1 {",
    "for a in x.keys {", "for a in x.values {", "let y = x.map { $0 }",
    "let y = x.values.map { $0 }",
    "let y = x.keys.first", "let y = x.first", "let y = x.randomElement()", "let y = Array(x)",
    "let y = Array(x.values)", "y.append(contentsOf: x)", "let y = x.reduce(0) { $0 + $1 }",
    "let y = zip(x, z)", "let y = x.min { $0 < $1 }", "for (i, a) in x.enumerated() {",
    "return x.values",
    "let y = x.compactMap { $0 }", "let y = x.filter { $0 > 1 }.map { $0 }",
    "y += x", "y += x.values", "let y = [Int](x)", "return [[Int: Int]](x)",
    "let y = x.reversed()", "let y = x.suffix(2)", "let y = x.dropLast()",
    "let y = x.values.shuffled()", "let y = x?.map { $0 }", "for a in x ?? [:] {",
    "let y = (x ?? [:]).map { $0 }", "let y = z.sorted() + x.map { $0 }", "for a in x.union(z) {",
    "let y = x.sorted { $0.value < $1.value }", "for a in x.sorted(by: { $0.load < $1.load }) {",
    "let y = x.map { ($0, 1) }.sorted { $0.1 < $1.1 }",
  ])
  func waysOut(use: String) {
    for declaration in [
      "var x: [Int: Int] = [:]", "let x: Set<Int> = []", "var x: Dictionary<Int, [Int]> = [:]",
      "let x = Set(y)", "let x = Set<Int>()", "var x = Dictionary(grouping: y) { $0 }",
      "var x = [Int: String]()", "private(set) var x: [Key: [(a: Int, b: Int)]] = [:]",
    ] {
      let text = "struct A {\n  func f() {\n    \(declaration)\n    \(use)\n  }\n}\n"
      #expect(Self.problems(text).count == 1, "\(declaration); \(use)")
    }
  }

  @Test func propertiesCountInTheirRoom() {
    let other = "struct A {\n  var waiting: [Int: Int] = [:]\n  var row: [Int] = []\n}\n"
    #expect(
      Self.problems("extension A {\n  func f() {\n    for a in waiting {\n", beside: other) == [
        "3: 'in waiting' goes through a hashed collection, whose order differs between runs"
      ])
    #expect(
      Self.problems("func f() {\n  for a in self.state.waiting.values {\n", beside: other).count
        == 1)
    #expect(Self.problems("func f() {\n  for a in row {\n", beside: other) == [])
    // A parameter or a local of the same name is another thing.
    #expect(
      Self.problems("func f(_ waiting: [Int]) {\n  for a in waiting {\n", beside: other) == [])
    #expect(
      Self.problems("func f() {\n  let waiting = [1, 2]\n  for a in waiting {\n", beside: other)
        == [])
    #expect(
      Self.problems("func f(waiting: Set<Int>) {\n  for a in waiting {\n").count == 1)
  }

  @Test(arguments: [
    "if x[1] != nil { f() }", "x[1] = 2", "if x.contains(1) {", "let n = x.count", "if x.isEmpty {",
    "x.removeValue(forKey: 1)", "for a in x.keys.sorted() {", "let y = x.map { $0 }.sorted()",
    "let y = x.keys.sorted { $0 < $1 }.map { $0 }", "if x.values.allSatisfy({ $0 > 1 }) {",
    "let y = x.values.contains { $0 > 1 }", "x.insert(1)", "x = [:]", "for a in x[1] ?? [] {",
    "f(x: 1)", "let y = z.x", "guard x.insert(1).inserted else { return }",
    "for a in y where x.contains(a) {", "let y = x.sorted { $0.key < $1.key }",
    "let y = x.sorted { ($0.value, $0.key) < ($1.value, $1.key) }", "n += x.count",
    "let y = z[1](x)", "let y = [Int: Int](x)", "if x?.isEmpty == true {", "x?[1] = 2",
    "let y = x == z ? 1 : 2", "let y = x.union(z)", "let n = z.x.count",
  ])
  func whatNoOrderReaches(use: String) {
    #expect(Self.problems("func f() {\n  var x: [Int: Int] = [:]\n  \(use)\n") == [], "\(use)")
  }

  @Test func copiesAreHashedToo() {
    for copy in [
      "let y = x", "let y = self.state.x", "if let y = x {", "guard let y = x else { return }",
      "let y = x.union(z)", "let y = x ?? [:]",
    ] {
      let text = "func f() {\n  var x: [Int: Int] = [:]\n  \(copy)\n  for a in y {\n"
      #expect(Self.problems(text).count == 1, "\(copy)")
    }
    for other in ["let y = x[1]", "let y = x.count", "let y = x == z", "let y = f(x)"] {
      let text = "func f() {\n  var x: [Int: Int] = [:]\n  \(other)\n  for a in y {\n"
      #expect(Self.problems(text) == [], "\(other)")
    }
  }

  /// What another room offers is as hashed as it is there, unless its name may be something else.
  @Test func propertiesOfOtherRooms() {
    func problems(_ room: String, _ member: String, _ use: String, _ more: String = "") -> Int {
      let file = SourceFile(path: "Sources/Multicloud/A.swift", text: "func f() {\n  \(use)\n")
      let other = SourceFile(
        path: "Sources/\(room)/B.swift", text: "struct B {\n  \(member)\n}\n")
      let third = SourceFile(path: "Sources/Tables/C.swift", text: "struct C {\n  \(more)\n}\n")
      return HashedCollections([file, other, third]).problems(file).count
    }
    let member = "public var rates: [Int: Int] = [:]"
    #expect(problems("Workload", member, "for a in b.rates {") == 1)
    #expect(problems("Workload", member, "let y = b?.rates.map { $0 }") == 1)
    #expect(problems("Workload", member, "for a in rates {") == 0)
    #expect(problems("Workload", "var rates: [Int: Int] = [:]", "for a in b.rates {") == 0)
    #expect(problems("Scenario", member, "for a in b.rates {") == 0)
    #expect(problems("Workload", member, "for a in b.rates {", "let rates: [Int]") == 0)
  }

  @Test func setsMadeOnTheSpot() {
    #expect(Self.problems("let y = Array(Set(z))\n").count == 1)
    #expect(Self.problems("let y = Set<Int>(z).map { $0 }\n").count == 1)
    #expect(Self.problems("y += Set(z)\n").count == 1)
    #expect(Self.problems("let y = Set(z).union(w)\n") == [])
    #expect(Self.problems("for a in Set(y) {\n").count == 1)
    #expect(Self.problems("for a in Set(y).sorted() {\n") == [])
    #expect(Self.problems("precondition(Set(zones).count == zones.count)\n") == [])
    #expect(
      Self.problems(
        "let y = x.values\n  .sorted()\n", beside: "struct A {\n  var x: [Int: Int] = [:]\n}\n")
        == [])
    #expect(Self.problems("let pairs: [(a: Int, b: Int)] = []\nfor pair in pairs {\n") == [])
  }
}
