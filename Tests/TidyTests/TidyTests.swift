import Foundation
import Testing

/// Holds the sources to the rules of the house, and the rules to what they promise.
@Suite struct TidyTests {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let files = SourceFile.all(root: root)

  @Test func theSourcesAreFound() {
    #expect(Self.files.contains { $0.room == "SimulationKernel" })
    #expect(Self.files.allSatisfy { !$0.lines.isEmpty })
  }

  @Test func theSourcesAreTidy() {
    for problem in Self.files.flatMap({ file in TidyRules.all.flatMap { $0(file) } }) {
      Issue.record("\(problem)")
    }
  }

  /// What the rules say about one file, without what comes after the first `;` or `(`.
  static func problems(_ path: String, _ text: String) -> [String] {
    let file = SourceFile(path: path, text: text)
    return TidyRules.all.flatMap { $0(file) }.map {
      $0.prefix { $0 != ";" && $0 != "(" }.trimmingCharacters(in: .whitespaces)
    }
  }

  @Test(arguments: [
    "import Foundation\n", "import Glibc\n", "@preconcurrency import Dispatch\n",
    "import func Glibc.log\n", "public import Tables\n", "import Multicloud\n",
  ])
  func theKernelImportsNothing(text: String) {
    let found = Self.problems("Sources/SimulationKernel/A.swift", "\n" + text)
    #expect(found.count == 1)
    #expect(
      found.first?.hasPrefix("Sources/SimulationKernel/A.swift:2: SimulationKernel may not import")
        == true)
  }

  @Test func rowsOfImports() {
    #expect(Self.problems("Sources/Multicloud/A.swift", "import Workload\n") == [])
    #expect(
      Self.problems("Sources/Tables/A.swift", "import Glibc\nimport SimulationKernel\n") == [])
    #expect(Self.problems("Sources/Workload/A.swift", "import ServingEngine\n").count == 1)
    #expect(Self.problems("Sources/Tables/A.swift", "import Scenario\n").count == 1)
    #expect(Self.problems("Sources/Scenario/A.swift", "import plimsoll\n").count == 1)
    #expect(
      Self.problems("Sources/Attic/A.swift", "import Glibc\n") == [
        "Sources/Attic/A.swift:1: the room 'Attic' has no entry in TidyRules.imports"
      ])
    #expect(
      Self.problems("Sources/Tables/A.swift", "let important = 1\n// import Scenario\n") == [])
  }

  @Test(arguments: [
    "import FoundationNetworking", "let s = URLSession.shared", "let d = socket(AF_INET, 1, 0)",
    "_ = Glibc.getaddrinfo(a, b, c, &d)",
  ])
  func networks(line: String) {
    let found = Self.problems("Sources/Report/A.swift", line + "\n")
    #expect(found.contains { $0.contains("';") || $0.hasPrefix("Sources/Report/A.swift:1:") })
    #expect(Self.problems("Sources/Report/A.swift", "// a socket\nlet sockets = 2\n") == [])
  }

  @Test func longFiles() {
    let line = "let a = 1\n"
    #expect(Self.problems("Sources/Tables/A.swift", String(repeating: line, count: 600)) == [])
    #expect(
      Self.problems("Sources/Tables/A.swift", String(repeating: line, count: 601)) == [
        "Sources/Tables/A.swift:601: the file has 601 lines, at most 600 are allowed"
      ])
    let generated = "// Written by Scripts/embed\n" + String(repeating: line, count: 601)
    #expect(Self.problems("Sources/Tables/A.swift", generated) == [])
  }

  @Test func openEnds() {
    let word = "TO" + "DO"
    #expect(
      Self.problems("Sources/Tables/A.swift", "let a = 1\n// \(word): more\n") == [
        "Sources/Tables/A.swift:2: '\(word)'"
      ])
    #expect(
      Self.problems("Sources/Tables/A.swift", "let m\(word)s = \"mkdtemp-XX\" + \"XX\"\n") == [])
  }

  @Test(arguments: [
    "let x = Double.random(in: 0..<1)", "let x = Int.random(in: 0..<1)",
    "let y = a.addingProduct(b, c)", "let y = log(x)", "let y = 2 * pow(x, 3)", "let y = -exp(x)",
    "items.shuffle()", "let h = value.hashValue", "let now = ContinuousClock.now",
    "let now = Date()", "Task { run() }", "let lock = Mutex(0)", "let done = Atomic<Int>(0)",
    "let n = ProcessInfo.processInfo.activeProcessorCount", "let home = getenv(name)",
    "let y = exp10(x)", "let y = expf(x)", "sincos(x, &a, &b)", "let y = powf(x, 2)",
    "let y = xs.map(exp)", "let y = xs.reduce(1, pow)", "let f: (Double) -> Double = log",
    "func run() async {", "let zone = TimeZone.current", "let id = ObjectIdentifier(x)",
  ])
  func machineDependentCalls(line: String) {
    for room in ["SimulationKernel", "ServingEngine", "Workload", "Multicloud"] {
      #expect(Self.problems("Sources/\(room)/A.swift", "\(line)\n").count == 1, "\(room)")
    }
    #expect(Self.problems("Sources/Report/A.swift", "\(line)\n") == [])
  }

  @Test(arguments: [
    "let y = DeterministicMath.log(x)", "static func exp(_ x: Double) -> Double {",
    "let y = catalog(x)", "/// uses log(x)", "let s = \"log(x) \\\" pow(2)\"",
    "let y = x.squareRoot()",
    "let blog = dialog(x) + log", "let y = xs.map(log.name)", "append(log)",
    "let y = xs.map(expand)",
    "let day = CivilDate(text)", "var dateOf: Int",
    "let isAsync = true",
  ])
  func exactCalls(line: String) {
    #expect(Self.problems("Sources/SimulationKernel/A.swift", "\(line)\n") == [])
  }

  @Test func figuresComeFromOwnMathematics() {
    for line in [
      "let y = exp(x)", "let y = Glibc.log(x)", "let y = Foundation.pow(x, 2)",
      "let y = xs.map(Glibc.exp)",
    ] {
      #expect(Self.problems("Sources/Estimate/A.swift", line + "\n").count == 1, "\(line)")
    }
    #expect(Self.problems("Sources/Estimate/A.swift", "let y = DeterministicMath.exp(x)\n") == [])
    #expect(Self.problems("Sources/Estimate/A.swift", "let replay = replay.log(x)\n") == [])
  }

  @Test func ownMathematicsMayUseItsOwnNames() {
    #expect(
      Self.problems("Sources/SimulationKernel/DeterministicMath.swift", "let y = log(x)\n") == [])
  }
}
