import Yams

/// A scenario file that has the right form: keys, kinds, units and ranges are checked, defaults
/// filled in. Names are resolved by ``world(catalog:dataDirectory:)``.
public struct ScenarioDocument: Sendable {
  /// Path of the file, as given.
  public let path: String
  let text: String
  let root: Item

  private static let largestFile = 8 << 20
  private static let mostNodes = 100_000

  /// Reads a scenario.
  ///
  /// - Parameters:
  ///   - text: The YAML text.
  ///   - path: Its file, for messages and for paths relative to it.
  ///   - overrides: `path=value`, applied in order before the scenario is checked.
  /// - Throws: ``ScenarioError`` with every problem of form.
  public init(text: String, path: String, overrides: [String] = []) throws(ScenarioError) {
    self.path = path
    self.text = text
    let diagnostics = Diagnostics()
    func failure() -> ScenarioError {
      ScenarioError(path: path, text: text, diagnostics: diagnostics.all)
    }
    let top = Mark(line: 1, column: 1)
    if text.utf8.count > Self.largestFile {
      diagnostics.report(top, "larger than 8 MiB, which no scenario is")
      throw failure()
    }
    guard var node = Self.compose(text, diagnostics) else { throw failure() }
    var budget = Self.mostNodes
    guard Self.isBounded(node, &budget, depth: 0) else {
      diagnostics.report(
        top, "more than \(Self.mostNodes) values once its aliases are expanded, or nested too deep")
      throw failure()
    }
    for override in overrides {
      switch Overrides.apply(override, to: node) {
      case .success(let changed): node = changed
      case .failure(let problem):
        diagnostics.report(Mark(line: 0, column: 0), problem.message)
        throw failure()
      }
    }
    guard node.mapping != nil else {
      diagnostics.report(Mark(node), "expected keys and values, found a \(node.noun)")
      throw failure()
    }
    let item = ShapeReader(diagnostics: diagnostics).read(node, as: ScenarioShape.root, path: "")
    guard let item, diagnostics.isEmpty else { throw failure() }
    root = item
  }

  /// The scenario with every default written out, as YAML that reads back to the same scenario.
  public var effectiveYAML: String { EffectiveText.yaml(root) }

  private static func compose(_ text: String, _ diagnostics: Diagnostics) -> Node? {
    do {
      var documents: [Node] = []
      for node in try Yams.compose_all(yaml: text) {
        documents.append(node)
        if documents.count > 1 {
          diagnostics.report(Mark(node), "a second document begins; a scenario file holds one")
          return nil
        }
      }
      guard let node = documents.first else {
        diagnostics.report(Mark(line: 1, column: 1), "is empty; try `plimsoll init` for a start")
        return nil
      }
      return node
    } catch let error as YamlError {
      report(error, to: diagnostics)
    } catch {
      diagnostics.report(Mark(line: 1, column: 1), "not YAML: \(error)")
    }
    return nil
  }

  private static func report(_ error: YamlError, to diagnostics: Diagnostics) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      diagnostics.report(Mark(line: mark.line, column: mark.column), "not YAML: \(problem)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      let names = duplicates.map { "'\($0)'" }.joined(separator: ", ")
      diagnostics.report(
        Mark(line: context.mark.line, column: context.mark.column), "duplicate key \(names)")
    default:
      diagnostics.report(Mark(line: 1, column: 1), "not YAML: \(error)")
    }
  }

  private static func isBounded(_ node: Node, _ budget: inout Int, depth: Int) -> Bool {
    budget -= 1
    if budget < 0 || depth > 64 { return false }
    switch node {
    case .scalar, .alias: return true
    case .mapping(let mapping):
      for (key, value) in mapping {
        guard isBounded(key, &budget, depth: depth + 1),
          isBounded(value, &budget, depth: depth + 1)
        else { return false }
      }
    case .sequence(let sequence):
      for value in sequence where !isBounded(value, &budget, depth: depth + 1) { return false }
    }
    return true
  }
}

/// The schema of scenario files.
public enum ScenarioSchema {
  /// JSON Schema, draft 2020-12.
  public static var jsonSchema: String { JSONSchemaText.json(ScenarioShape.root) }
}
