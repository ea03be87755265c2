import SimulationKernel

/// A place in a scenario file.
public struct Mark: Hashable, Comparable, Sendable {
  /// Line, from 1; 0 for an override on the command line.
  public var line: Int
  /// Column, from 1.
  public var column: Int

  /// Creates a place.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// The place of what comes from an override.
  static let commandLine = Mark(line: 0, column: 1)

  /// After everything else.
  static let end = Mark(line: Int.max, column: 1)

  /// Whether `a` stands before `b`.
  public static func < (a: Mark, b: Mark) -> Bool { (a.line, a.column) < (b.line, b.column) }
}

/// One thing that is wrong with a scenario: where it is, what was found and what was expected.
public struct Diagnostic: Hashable, Sendable {
  /// Where.
  public var mark: Mark
  /// What was found, what was expected, and the nearest valid name where there is one.
  public var message: String
}

/// Everything that is wrong with a scenario.
public struct ScenarioError: Error, Hashable, Sendable, CustomStringConvertible {
  /// File, as given.
  public var path: String
  /// Problems in order of place.
  public var diagnostics: [Diagnostic]
  /// The file's lines, to show them.
  var lines: [String]

  init(path: String, text: String, diagnostics: [Diagnostic]) {
    self.path = path
    // A carriage return and a line feed are one character, so the line feed alone would miss them.
    lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map(String.init)
    self.diagnostics = diagnostics.sorted { ($0.mark, $0.message) < ($1.mark, $1.message) }
  }

  /// `path:line:column: error: message`, the line and a caret, for each problem.
  public var description: String {
    diagnostics.map(render).joined(separator: "\n")
  }

  private func render(_ diagnostic: Diagnostic) -> String {
    let mark = diagnostic.mark
    guard mark.line >= 1, mark != .end else { return "\(path): error: \(diagnostic.message)" }
    let head = "\(path):\(mark.line):\(mark.column): error: \(diagnostic.message)"
    guard mark.line <= lines.count else { return head }
    let line = lines[mark.line - 1]
    guard line.count <= 160 else { return head }
    let pad = String(repeating: " ", count: max(0, min(mark.column - 1, line.count)))
    return head + "\n    \(line)\n    \(pad)^"
  }
}

/// Collects diagnostics while a scenario is read, so that all are reported at once.
final class Diagnostics {
  /// More problems than this are not shown: nobody reads them, and they have one cause.
  private static let most = 100

  private var shown: [Diagnostic] = []
  private var known: Set<Diagnostic> = []
  private var hidden = 0

  /// The problems, in the order they were found; the last says how many are left out.
  var all: [Diagnostic] {
    hidden == 0
      ? shown
      : shown + [Diagnostic(mark: .end, message: "and \(hidden) problems more")]
  }

  var isEmpty: Bool { shown.isEmpty }

  func report(_ mark: Mark, _ message: String) {
    if shown.count >= Self.most {
      hidden += 1
      return
    }
    let diagnostic = Diagnostic(mark: mark, message: Excerpt.message(message))
    if known.insert(diagnostic).inserted { shown.append(diagnostic) }
  }
}
