import Yams

/// A scenario file that has the right form: keys, kinds, units and ranges are checked, defaults
/// filled in. Names are resolved by ``world(catalog:dataDirectory:)``.
public struct ScenarioDocument: Sendable {
  /// Path of the file, as given.
  public let path: String
  let text: String
  let root: Item

  /// Reads a scenario.
  ///
  /// - Parameters:
  ///   - text: The YAML text.
  ///   - path: Its file, for messages and for paths relative to it.
  ///   - overrides: `path=value`, applied in order before the scenario is checked.
  ///   - checksAxes: Whether the values of its axes are held against it too.
  /// - Throws: ``ScenarioError`` with every problem of form.
  public init(
    text: String, path: String, overrides: [String] = [], checksAxes: Bool = true
  ) throws(ScenarioError) {
    self.path = path
    self.text = text
    let diagnostics = Diagnostics()
    func failure() -> ScenarioError {
      ScenarioError(path: path, text: text, diagnostics: diagnostics.all)
    }
    let node = try Self.node(text: text, path: path, overrides: overrides)
    guard node.mapping != nil else {
      diagnostics.report(Mark(node), "expected keys and values, found a \(node.noun)")
      throw failure()
    }
    // What another version means by its keys is not known here, so nothing else is said of such a file.
    if let version = node.mapping?["plimsoll"],
      let written = version.scalar.flatMap({ Int($0.string) }),
      let problem = FormatHistory.present.problem(written: written)
    {
      diagnostics.report(Mark(version), "plimsoll: \(problem)")
      throw failure()
    }
    let item = ShapeReader(diagnostics: diagnostics).read(node, as: ScenarioShape.root, path: "")
    if let item, diagnostics.isEmpty, checksAxes {
      SweepCheck(scenario: node, diagnostics: diagnostics)
        .check(item.required("axes").entries.map { SweepAxis($0) })
    }
    guard let item, diagnostics.isEmpty else { throw failure() }
    root = item
  }

  /// A scenario's YAML with overrides applied, before it is held against the schema.
  static func node(
    text: String, path: String, overrides: [String]
  ) throws(ScenarioError) -> Node {
    let diagnostics = Diagnostics()
    func failure() -> ScenarioError {
      ScenarioError(path: path, text: text, diagnostics: diagnostics.all)
    }
    var node: Node
    do {
      node = try YAMLText.document(text)
    } catch {
      diagnostics.report(error.mark, error.message)
      throw failure()
    }
    for override in overrides {
      switch Overrides.apply(override, to: node) {
      case .success(let changed): node = changed
      case .failure(let problem): diagnostics.report(.commandLine, problem.message)
      }
    }
    guard diagnostics.isEmpty else { throw failure() }
    return node
  }

  /// What a sweep varies where its plan says nothing of its own.
  var axes: [SweepAxis] { root.required("axes").entries.map { SweepAxis($0) } }

  /// The scenario with every default written out, as YAML that reads back to the same scenario.
  public var effectiveYAML: String { EffectiveText.yaml(root) }

  /// The part of the effective scenario that says what is simulated: without the seed, and without what
  /// is asked of the outcome.
  public var simulatedYAML: String {
    let entries = root.entries.filter { !["seed", "assert", "check"].contains($0.key) }
    return EffectiveText.yaml(
      Item(mark: root.mark, content: .mapping(entries), isWritten: root.isWritten))
  }
}

/// The schema of scenario files.
public enum ScenarioSchema {
  /// JSON Schema, draft 2020-12.
  public static var jsonSchema: String { JSONSchemaText.json(ScenarioShape.root) }

  /// Every key with what it takes, its default and its meaning, as Markdown.
  public static var reference: String { ReferenceText.markdown(ScenarioShape.root) }
}
