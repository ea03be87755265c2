import Mustache

/// Text as it may stand in HTML and SVG, inside and outside of attributes.
///
/// Works on code points: a quote followed by a combining mark is one character to Swift, and yet ends
/// an attribute for a browser.
struct Markup: MustacheContentType {
  /// Name under which templates ask for it.
  static let name = "PAGE"

  func escapeText(_ text: String) -> String { Self.escaped(text) }

  /// The text with everything that means something to a browser spelled out. O(length).
  static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "'": result.append(contentsOf: "&#39;".unicodeScalars)
      case "`": result.append(contentsOf: "&#96;".unicodeScalars)
      // A browser would read a zero byte as a replacement character or nothing.
      case "\0": result.append("\u{FFFD}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// The name of a deployment or a quota with leave to break after a slash or a colon, for narrow places.
  static func breakable(_ name: String) -> String {
    name.replacing("/", with: "/\u{200B}").replacing(":", with: ":\u{200B}")
  }

  /// The text as a JSON string that may stand inside a script element. O(length).
  static func json(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\", "<", ">", "&", "\u{2028}", "\u{2029}", "\0"..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
