import Yams

/// `--set a.b=c`: puts a value into a node before it is checked.
enum Overrides {
  /// The node with one override applied, or what is wrong with the override.
  static func apply(_ text: String, to node: Node) -> Result<Node, ScalarParser.Problem> {
    guard let equals = text.firstIndex(of: "=") else {
      return .failure("--set \(text): expected path=value, such as horizon=2h")
    }
    let path = text[..<equals].split(separator: ".", omittingEmptySubsequences: false).map(
      String.init)
    if path.contains("") { return .failure("--set \(text): a part of the path is empty") }
    let valueText = String(text[text.index(after: equals)...])
    guard let value = try? Yams.compose(yaml: valueText) else {
      return .failure("--set \(text): '\(valueText)' is not YAML")
    }
    return put(value, at: path[...], in: node, text)
  }

  private static func put(
    _ value: Node, at path: ArraySlice<String>, in node: Node, _ text: String
  ) -> Result<Node, ScalarParser.Problem> {
    guard let key = path.first else { return .success(value) }
    let rest = path.dropFirst()
    if var sequence = node.sequence {
      guard let index = Int(key), sequence.indices.contains(index) else {
        return .failure(
          ScalarParser.Problem("--set \(text): '\(key)' is no place in a list of \(sequence.count)")
        )
      }
      return put(value, at: rest, in: sequence[index], text).map {
        sequence[index] = $0
        return .sequence(sequence)
      }
    }
    guard var mapping = node.mapping else {
      // A short form such as `routing: random` gives way to the long one.
      return put(value, at: path, in: Node.mapping(Node.Mapping([])), text)
    }
    let existing = mapping.first { $0.key.scalar?.string == key }
    if existing == nil, !rest.isEmpty {
      let names = Array(mapping.keys.compactMap { $0.scalar?.string })
      return .failure(
        ScalarParser.Problem(
          "--set \(text): there is no '\(key)'" + NearestName.hint(for: key, among: names)))
    }
    let child = existing?.value ?? Node.mapping(Node.Mapping([]))
    return put(value, at: rest, in: child, text).map {
      mapping[existing?.key ?? Node(key)] = $0
      return .mapping(mapping)
    }
  }
}
