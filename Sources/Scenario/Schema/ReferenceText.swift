/// The format of scenario files as a page for people, in Markdown: every key with what it takes, its
/// default and its meaning.
///
/// A mapping has a section of its own, named by its path; what stands in the writer's own choosing is
/// in capitals there. A mapping that occurs a second time points to the first.
struct ReferenceText {
  private var lines: [String] = []
  /// Path of the first section of each mapping, by what it holds.
  private var printed: [String: String] = [:]
  /// Sections that have been named and not been written yet, in order.
  private var waiting: [(path: String, fields: [Field])] = []

  /// The page. O(keys).
  static func markdown(_ root: Shape) -> String {
    var text = ReferenceText()
    text.lines = [
      "# Every key of a scenario", "",
      "Written by `plimsoll schema scenario`; `make reference` renews it. The same facts for editors:",
      "`plimsoll schema > plimsoll.schema.json`. With defaults filled in: `plimsoll run FILE --print-effective`.",
      "Names in capitals are the writer's own, or the catalog's (`plimsoll catalog`).",
    ]
    guard case .mapping(let fields) = root else {
      preconditionFailure("a scenario is a mapping")
    }
    text.section("the whole file", fields, path: "")
    while !text.waiting.isEmpty {
      let next = text.waiting.removeFirst()
      text.section(next.path, next.fields, path: next.path)
    }
    return text.lines.joined(separator: "\n") + "\n"
  }

  private mutating func section(_ title: String, _ fields: [Field], path: String) {
    lines += ["", "## " + title, "", "| Key | Takes | Default | Meaning |", "|---|---|---|---|"]
    for field in fields {
      let inner = path.isEmpty ? field.key : path + "." + field.key
      let takes = takes(field.shape, inner)
      let fallback = field.isRequired ? "required" : field.fallback.map { "`\($0)`" } ?? ""
      lines.append(
        "| `\(field.key)` | \(cell(takes)) | \(cell(fallback)) | \(cell(field.doc)) |")
    }
  }

  /// What a place takes, in words; mappings in it are put on the list of sections.
  private mutating func takes(_ shape: Shape, _ path: String) -> String {
    switch shape {
    case .scalar(let kind): return kind.expectation
    case .mapping(let fields): return "[keys](#\(anchor(place(fields, path))))"
    case .table(let noun, let shape):
      let name = noun.prefix { $0 != "," }.uppercased().split(separator: " ").joined(separator: "-")
      return "by name of the \(noun): " + takes(shape, path + "." + name)
    case .list(let shape): return "a list of: " + takes(shape, path + "[]")
    case .shorthand(let key, let fields):
      let section = "[keys](#\(anchor(place(fields, path))))"
      guard case .scalar(let kind)? = fields.first(where: { $0.key == key })?.shape else {
        return section
      }
      return kind.expectation + "; or " + section
    case .variant(let variants): return "one of " + forms(variants, path)
    case .oneOrMore(let shape): return takes(shape, path) + "; or a list of them"
    case .wordOr(let words, let variants):
      return words.map { "`\($0)`" }.joined(separator: ", ") + "; or one of "
        + forms(variants, path)
    case .value: return "any value"
    }
  }

  /// The forms of a variant. One with a single key says what that takes; others have a section each.
  private mutating func forms(_ variants: [Shape.Variant], _ path: String) -> String {
    var texts: [String] = []
    for variant in variants {
      if variant.fields.count == 1, let field = variant.fields.first {
        let takes = takes(field.shape, path + "." + field.key)
        texts.append("`\(field.key)` (\(takes)): \(field.doc)")
      } else {
        let place = place(variant.fields, path + " with " + variant.key)
        texts.append("[`\(variant.key)`](#\(anchor(place)))")
      }
    }
    return texts.joined(separator: "<br>")
  }

  /// The section that describes these keys: its own, or that of the same keys somewhere before.
  private mutating func place(_ fields: [Field], _ path: String) -> String {
    // Plain values all the way down: their description tells them apart.
    let content = String(describing: fields)
    if let first = printed[content] { return first }
    printed[content] = path
    waiting.append((path, fields))
    return path
  }

  /// The fragment that a heading gets.
  private func anchor(_ heading: String) -> String {
    String(
      heading.lowercased().compactMap { character -> Character? in
        if character == " " { return "-" }
        return character.isLetter || character.isNumber || character == "-" ? character : nil
      })
  }

  private func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
