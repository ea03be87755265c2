import SimulationKernel
import Yams

/// Holds a YAML node against the schema: strict keys, kinds, units, ranges, defaults.
struct ShapeReader {
  let diagnostics: Diagnostics
  var history = FormatHistory.present
  private static let deepest = 64

  /// The checked item; `nil` where it is so wrong that nothing can be built from it. Every problem
  /// is reported either way.
  func read(
    _ node: Node, as shape: Shape, path: String, depth: Int = 0
  ) -> Item? {
    let mark = Mark(node)
    guard depth < Self.deepest else {
      diagnostics.report(mark, "nested more than \(Self.deepest) deep")
      return nil
    }
    switch shape {
    case .scalar(let kind): return scalar(node, kind, mark, path)
    case .mapping(let fields): return mapping(node, fields, mark, path, depth)
    case .table(let noun, let shape): return table(node, noun, shape, mark, path, depth)
    case .list(let shape): return list(node, shape, mark, path, depth)
    case .shorthand(let key, let fields):
      if node.scalar != nil, let field = fields.first(where: { $0.key == key }) {
        guard let item = read(node, as: field.shape, path: path, depth: depth + 1) else {
          return nil
        }
        let entry = Item.Entry(key: key, mark: mark, item: item)
        return complete([entry], fields, mark, path, depth)
      }
      return mapping(node, fields, mark, path, depth)
    case .variant(let variants): return variant(node, variants, mark, path, depth)
    case .oneOrMore(let shape):
      guard node.sequence != nil else {
        return read(node, as: shape, path: path, depth: depth + 1)
      }
      let items = list(node, shape, mark, path, depth)
      if items?.items.isEmpty == true {
        diagnostics.report(mark, "\(path): is empty; give at least one")
        return nil
      }
      return items
    case .wordOr(let words, let variants):
      guard let text = node.scalar?.string else {
        return variant(node, variants, mark, path, depth)
      }
      if variants.contains(where: { $0.key == text }) {
        diagnostics.report(mark, "\(path): give a value, as in { \(text): … }")
        return nil
      }
      return scalar(node, .word(words), mark, path)
    case .value: return value(node, mark, path)
    }
  }

  private func value(_ node: Node, _ mark: Mark, _ path: String) -> Item? {
    if let scalar = node.scalar, scalar.style == .plain,
      node.tag.description.hasSuffix(":null")
    {
      diagnostics.report(mark, "\(path): has no value; expected what may stand after = in --set")
      return nil
    }
    let text = FlowText.value(node)
    guard !text.isEmpty, !text.contains(where: \.isNewline) else {
      diagnostics.report(mark, "\(path): expected a value in one line")
      return nil
    }
    return Item(mark: mark, content: .scalar(.text(text), text: text), isWritten: true)
  }

  private func scalar(_ node: Node, _ kind: ScalarKind, _ mark: Mark, _ path: String) -> Item? {
    guard let scalar = node.scalar else {
      diagnostics.report(mark, "\(path): expected \(kind.expectation), found a \(node.noun)")
      return nil
    }
    let isNull = node.tag.description.hasSuffix(":null") && scalar.style == .plain
    if isNull {
      diagnostics.report(mark, "\(path): has no value; expected \(kind.expectation)")
      return nil
    }
    switch ScalarParser.parse(scalar.string, as: kind) {
    case .success(let value):
      return Item(mark: mark, content: .scalar(value, text: scalar.string), isWritten: true)
    case .failure(let problem):
      diagnostics.report(mark, "\(path): \(problem.message)")
      return nil
    }
  }

  private func mapping(
    _ node: Node, _ fields: [Field], _ mark: Mark, _ path: String, _ depth: Int
  ) -> Item? {
    guard let pairs = pairs(node, mark, path) else { return nil }
    var entries: [Item.Entry] = []
    var isWhole = true
    for (key, keyMark, value) in pairs {
      guard let field = fields.first(where: { $0.key == key }) else {
        let hint =
          history.renamed(key, at: path) ?? NearestName.hint(for: key, among: fields.map(\.key))
        diagnostics.report(keyMark, "unknown key '\(key)'\(place(path))\(hint)")
        isWhole = false
        continue
      }
      if let item = read(value, as: field.shape, path: join(path, key), depth: depth + 1) {
        entries.append(Item.Entry(key: key, mark: keyMark, item: item))
      } else {
        isWhole = false
      }
    }
    let written = Set(pairs.map(\.key))
    for field in fields where field.isRequired && !written.contains(field.key) {
      diagnostics.report(mark, "missing key '\(field.key)'\(place(path)): \(field.doc)")
      isWhole = false
    }
    guard isWhole else { return nil }
    return complete(entries, fields, mark, path, depth)
  }

  /// Puts entries in the schema's order and fills in defaults.
  private func complete(
    _ entries: [Item.Entry], _ fields: [Field], _ mark: Mark, _ path: String, _ depth: Int
  ) -> Item? {
    var all: [Item.Entry] = []
    for field in fields {
      if let entry = entries.first(where: { $0.key == field.key }) {
        all.append(entry)
      } else if let fallback = field.fallback {
        guard let node = try? Yams.compose(yaml: fallback),
          var item = read(node, as: field.shape, path: join(path, field.key), depth: depth + 1)
        else { preconditionFailure("the default of \(field.key) does not fit its own shape") }
        item.mark = mark
        item.isWritten = false
        all.append(Item.Entry(key: field.key, mark: mark, item: item))
      }
    }
    return Item(mark: mark, content: .mapping(all), isWritten: true)
  }

  private func table(
    _ node: Node, _ noun: String, _ shape: Shape, _ mark: Mark, _ path: String, _ depth: Int
  ) -> Item? {
    guard let pairs = pairs(node, mark, path) else { return nil }
    var entries: [Item.Entry] = []
    var isWhole = true
    for (key, keyMark, value) in pairs {
      if let problem = PlainText.problem(inName: key) {
        diagnostics.report(keyMark, "\(path): the name of a \(noun) \(problem)")
        isWhole = false
        continue
      }
      if let item = read(value, as: shape, path: join(path, key), depth: depth + 1) {
        entries.append(Item.Entry(key: key, mark: keyMark, item: item))
      } else {
        isWhole = false
      }
    }
    return isWhole ? Item(mark: mark, content: .mapping(entries), isWritten: true) : nil
  }

  private func list(
    _ node: Node, _ shape: Shape, _ mark: Mark, _ path: String, _ depth: Int
  ) -> Item? {
    guard let sequence = node.sequence else {
      diagnostics.report(mark, "\(path): expected a list, found a \(node.noun)")
      return nil
    }
    var items: [Item] = []
    var isWhole = true
    for (index, element) in sequence.enumerated() {
      if let item = read(element, as: shape, path: "\(path)[\(index)]", depth: depth + 1) {
        items.append(item)
      } else {
        isWhole = false
      }
    }
    return isWhole ? Item(mark: mark, content: .list(items), isWritten: true) : nil
  }

  private func variant(
    _ node: Node, _ variants: [Shape.Variant], _ mark: Mark, _ path: String, _ depth: Int
  ) -> Item? {
    guard let pairs = pairs(node, mark, path) else { return nil }
    let keys = variants.map(\.key)
    let named = variants.filter { variant in pairs.contains { $0.key == variant.key } }
    guard let form = named.first else {
      let written = pairs.first?.key ?? ""
      let hint = NearestName.hint(for: written, among: keys)
      let found = written.isEmpty ? "is empty" : "has no form named '\(written)'"
      diagnostics.report(pairs.first?.mark ?? mark, "\(path) \(found)\(hint)")
      return nil
    }
    if named.count > 1 {
      diagnostics.report(
        mark,
        "\(path) names \(named.map { "'\($0.key)'" }.joined(separator: " and ")): give one form")
      return nil
    }
    return mapping(node, form.fields, mark, path, depth)
  }

  private func pairs(
    _ node: Node, _ mark: Mark, _ path: String
  ) -> [(key: String, mark: Mark, value: Node)]? {
    guard let mapping = node.mapping else {
      if node.scalar?.string.isEmpty == true {
        diagnostics.report(mark, "\(path): is empty; expected keys")
      } else {
        diagnostics.report(mark, "\(path): expected keys and values, found a \(node.noun)")
      }
      return nil
    }
    var result: [(key: String, mark: Mark, value: Node)] = []
    for (key, value) in mapping {
      guard let text = key.scalar?.string else {
        diagnostics.report(Mark(key), "\(path): a key must be text")
        return nil
      }
      result.append((text, Mark(key), value))
    }
    return result
  }

  private func join(_ path: String, _ key: String) -> String {
    path.isEmpty ? key : "\(path).\(key)"
  }

  private func place(_ path: String) -> String { path.isEmpty ? "" : " in \(path)" }
}

extension Node {
  /// What kind of node it is, for messages.
  var noun: String {
    switch self {
    case .scalar: "single value"
    case .mapping: "mapping"
    case .sequence: "list"
    case .alias: "alias"
    }
  }
}
