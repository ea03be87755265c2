import Yams

/// A YAML value in one line, as it may stand after `=` in `--set`: equal values, equal text.
enum FlowText {
  /// A single value as it is, a list or a mapping in brackets.
  static func value(_ node: Node) -> String {
    if let scalar = node.scalar { return scalar.string }
    return inner(node)
  }

  private static func inner(_ node: Node) -> String {
    switch node {
    case .scalar(let scalar):
      return scalar.style == .plain && isPlain(scalar.string)
        ? scalar.string : EffectiveText.quoted(scalar.string)
    case .mapping(let mapping):
      let pairs = mapping.map { "\(inner($0.key)): \(inner($0.value))" }
      return pairs.isEmpty ? "{}" : "{ \(pairs.joined(separator: ", ")) }"
    case .sequence(let sequence):
      let values = sequence.map(inner)
      return values.isEmpty ? "[]" : "[ \(values.joined(separator: ", ")) ]"
    case .alias:
      preconditionFailure("aliases are resolved before a document is read")
    }
  }

  /// Whether text means the same in brackets as it did where it stood.
  private static func isPlain(_ text: String) -> Bool {
    !text.isEmpty
      && text.unicodeScalars.allSatisfy { scalar in
        scalar.value >= 0x20 && !",[]{}:#&*!|>'\"%@`?".unicodeScalars.contains(scalar)
      }
  }
}
