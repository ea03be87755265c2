/// A checked scenario as YAML with every default written out; it reads back to the same scenario.
enum EffectiveText {
  static func yaml(_ item: Item) -> String {
    var lines: [String] = []
    write(item, indent: 0, into: &lines)
    return lines.joined(separator: "\n") + "\n"
  }

  private static func write(_ item: Item, indent: Int, into lines: inout [String]) {
    let pad = String(repeating: "  ", count: indent)
    switch item.content {
    case .scalar(let value, let text): lines.append(pad + scalar(value, text))
    case .mapping(let entries):
      for entry in entries {
        let key = quotedIfNeeded(entry.key)
        switch entry.item.content {
        case .scalar(let value, let text): lines.append("\(pad)\(key): \(scalar(value, text))")
        case .mapping(let inner) where inner.isEmpty: lines.append("\(pad)\(key): {}")
        case .list(let inner) where inner.isEmpty: lines.append("\(pad)\(key): []")
        case .mapping, .list:
          lines.append("\(pad)\(key):")
          write(entry.item, indent: indent + 1, into: &lines)
        }
      }
    case .list(let items):
      for element in items {
        var inner: [String] = []
        write(element, indent: indent + 1, into: &inner)
        if let first = inner.first {
          lines.append(pad + "- " + first.drop { $0 == " " })
          lines.append(contentsOf: inner.dropFirst())
        }
      }
    }
  }

  private static func scalar(_ value: ScalarValue, _ text: String) -> String {
    if case .text = value { return quotedIfNeeded(text) }
    return text.contains(":") ? "\"\(text)\"" : text
  }

  private static func quotedIfNeeded(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: " "):
        true
      default: false
      }
    }
    let first = text.utf8.first ?? 0
    let startsPlain =
      (first >= UInt8(ascii: "a") && first <= UInt8(ascii: "z"))
      || (first >= UInt8(ascii: "A") && first <= UInt8(ascii: "Z"))
    let words = ["true", "false", "yes", "no", "on", "off", "null"]
    if isPlain, startsPlain, text.last != " ", !words.contains(text.lowercased()) { return text }
    return quoted(text)
  }

  /// Text in double quotes, on one line.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      default:
        if scalar.value < 0x20 || scalar.value == 0x7F {
          let hex = String(scalar.value, radix: 16)
          quoted += "\\x" + (hex.count == 1 ? "0" : "") + hex
        } else {
          quoted.unicodeScalars.append(scalar)
        }
      }
    }
    return quoted + "\""
  }
}
