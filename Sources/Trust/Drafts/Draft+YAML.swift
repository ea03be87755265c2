extension Draft {
  /// The scenario as YAML: blocks, with quotes where a value would be read as something else.
  public var yaml: String {
    var text = ""
    write(indent: 0, into: &text)
    return text
  }

  private func write(indent: Int, into text: inout String) {
    let pad = String(repeating: " ", count: indent)
    switch self {
    case .scalar(let value): text += pad + Self.quoted(value) + "\n"
    case .list(let items):
      for item in items {
        text += pad + "- " + item.inline + "\n"
      }
    case .map(let entries):
      for entry in entries {
        text += pad + Self.quoted(entry.key) + ":"
        switch entry.value {
        case .scalar(let value): text += " " + Self.quoted(value) + "\n"
        case .map(let inner) where !inner.isEmpty:
          text += "\n"
          entry.value.write(indent: indent + 2, into: &text)
        case .map, .list: text += " " + entry.value.inline + "\n"
        }
      }
    }
  }

  /// In one line.
  private var inline: String {
    switch self {
    case .scalar(let value): Self.quoted(value)
    case .list(let items): "[" + items.map(\.inline).joined(separator: ", ") + "]"
    case .map(let entries):
      "{" + entries.map { Self.quoted($0.key) + ": " + $0.value.inline }.joined(separator: ", ")
        + "}"
    }
  }

  private static func quoted(_ value: String) -> String {
    let isPlain =
      !value.isEmpty
      && value.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "./%_-".utf8.contains(byte)
        }
      } && !value.hasPrefix("-")
    if isPlain { return value }
    return "\""
      + value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
