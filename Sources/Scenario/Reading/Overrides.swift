import Yams

/// `--set a.b=c`: puts a value into a node before it is checked.
///
/// A `+` at the end of a path, as in `incidents.+={ … }`, adds to a list.
///
/// The schema says which keys there may be, so that a path may lead through keys that the file
/// leaves to their defaults; names of the writer's own (pools, workloads) must be there.
enum Overrides {
  /// The node with one override applied, or what is wrong with the override.
  static func apply(_ text: String, to node: Node) -> Result<Node, ScalarParser.Problem> {
    guard let equals = text.firstIndex(of: "=") else {
      return .failure("--set \(text): expected path=value, such as horizon=2h")
    }
    return put(String(text[text.index(after: equals)...]), at: String(text[..<equals]), in: node)
      .mapError { ScalarParser.Problem("--set \(text): \($0.message)") }
  }

  /// The node with a value put at a path such as `gateway.route`, or what is wrong with either.
  static func put(
    _ text: String, at path: String, in node: Node
  ) -> Result<Node, ScalarParser.Problem> {
    let parts = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    if parts.contains("") { return .failure("a part of the path is empty") }
    let value: Node
    do {
      value = try YAMLText.document(text).withoutMarks
    } catch {
      return .failure(
        text.allSatisfy { $0 == " " }
          ? "there is no value after =" : ScalarParser.Problem("'\(text)' \(error.message)"))
    }
    return Change(value: value).put(at: parts[...], in: node, ScenarioShape.root)
  }

  private struct Change {
    let value: Node

    func put(
      at path: ArraySlice<String>, in node: Node, _ shape: Shape
    ) -> Result<Node, ScalarParser.Problem> {
      guard let key = path.first else { return .success(value) }
      if key == "+" { return append(to: node, shape, isLast: path.count == 1) }
      if var sequence = node.sequence {
        guard let index = Int(key), sequence.indices.contains(index) else {
          return failure("'\(key)' is no place in a list of \(sequence.count), counted from 0")
        }
        var inner = shape
        switch shape {
        case .list(let element), .oneOrMore(let element): inner = element
        default: break
        }
        return put(at: path.dropFirst(), in: sequence[index], inner).map {
          sequence[index] = $0
          return .sequence(sequence)
        }
      }
      return put(key, at: path.dropFirst(), in: mapping(node, shape, key), shape)
    }

    /// The list with the value after its last, or a new one.
    private func append(
      to node: Node, _ shape: Shape, isLast: Bool
    ) -> Result<Node, ScalarParser.Problem> {
      guard isLast else { return failure("nothing follows +, which adds to a list") }
      switch shape {
      case .list, .oneOrMore: break
      default: return failure("+ adds to a list, and this is none")
      }
      if let sequence = node.sequence { return .success(.sequence(.init(sequence + [value]))) }
      let isAbsent = node.mapping?.isEmpty == true || node.scalar?.string.isEmpty == true
      return .success(.sequence(.init(isAbsent ? [value] : [node, value])))
    }

    /// The mapping that a key goes into: a short form is written out, and another form of a variant
    /// gives way.
    private func mapping(_ node: Node, _ shape: Shape, _ key: String) -> Node.Mapping {
      let empty = Node.Mapping([])
      guard let mapping = node.mapping else {
        guard case .shorthand(let short, _) = shape, let scalar = node.scalar,
          !scalar.string.isEmpty
        else { return empty }
        return Node.Mapping([(Node(short), node)])
      }
      guard let variants = shape.variants,
        let form = variants.first(where: { $0.key == key }),
        !mapping.keys.contains(where: { $0.scalar?.string == form.key })
      else { return mapping }
      return empty
    }

    private func put(
      _ key: String, at rest: ArraySlice<String>, in mapping: Node.Mapping, _ shape: Shape
    ) -> Result<Node, ScalarParser.Problem> {
      var mapping = mapping
      let existing = mapping.first { $0.key.scalar?.string == key }
      let written = Array(mapping.keys.compactMap { $0.scalar?.string })
      let fields = shape.fields(beside: written)
      var inner = fields.first { $0.key == key }?.shape
      if case .table(_, let element) = shape, existing != nil || rest.isEmpty { inner = element }
      guard let inner else {
        var names = written
        names += fields.map(\.key).filter { !names.contains($0) }
        return failure("there is no '\(key)'" + NearestName.hint(for: key, among: names))
      }
      return put(at: rest, in: existing?.value ?? .mapping(Node.Mapping([])), inner).map {
        mapping[existing?.key ?? Node(key)] = $0
        return .mapping(mapping)
      }
    }

    private func failure(_ problem: String) -> Result<Node, ScalarParser.Problem> {
      .failure(ScalarParser.Problem(problem))
    }
  }
}

extension Shape {
  /// The keys that may stand in it; of a variant those of the form that `keys` name, or of all.
  fileprivate func fields(beside keys: [String]) -> [Field] {
    switch self {
    case .mapping(let fields), .shorthand(_, let fields): return fields
    case .variant(let variants), .wordOr(_, let variants):
      let named = variants.filter { keys.contains($0.key) }
      let others = variants.filter { !keys.contains($0.key) }.compactMap(\.fields.first)
      return named.flatMap(\.fields) + (named.isEmpty ? variants.flatMap(\.fields) : others)
    case .oneOrMore(let shape): return shape.fields(beside: keys)
    case .scalar, .table, .list, .value: return []
    }
  }

  /// The forms a mapping may have in its place.
  fileprivate var variants: [Variant]? {
    switch self {
    case .variant(let variants), .wordOr(_, let variants): variants
    default: nil
    }
  }
}
