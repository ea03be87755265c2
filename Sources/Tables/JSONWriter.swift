/// Writes JSON text in the order it is told, two spaces to a level: equal calls, equal bytes.
///
/// Containers must be closed in the order they were opened; both are checked.
public struct JSONWriter: Sendable {
  private enum Container: Sendable {
    case object
    case array
  }

  private var text = ""
  private var open: [Container] = []
  private var isFirst = true

  /// Creates an empty text.
  public init() {}

  /// Opens an object: a value of its own, of an array, or of `key` in an object.
  public mutating func beginObject(_ key: String? = nil) { begin(.object, "{", key) }

  /// Opens an array, likewise.
  public mutating func beginArray(_ key: String? = nil) { begin(.array, "[", key) }

  /// Closes the object or array opened last.
  public mutating func end() {
    precondition(!open.isEmpty, "nothing is open")
    let closed = open.removeLast()
    if !isFirst { newLine() }
    text += closed == .object ? "}" : "]"
    isFirst = false
  }

  /// Adds a string.
  public mutating func string(_ value: String?, _ key: String? = nil) {
    guard let value else { return raw("null", key) }
    raw(Self.quoted(value), key)
  }

  /// Adds a whole number.
  public mutating func integer(_ value: (some BinaryInteger)?, _ key: String? = nil) {
    guard let value else { return raw("null", key) }
    raw(value.description, key)
  }

  /// Adds `true` or `false`.
  public mutating func boolean(_ value: Bool, _ key: String? = nil) {
    raw(value ? "true" : "false", key)
  }

  /// Adds `value / 10^decimals` with exactly that many decimals, 0 to 18.
  public mutating func fixed(_ value: Int64, decimals: Int, _ key: String? = nil) {
    raw(FixedDecimal.text(value, decimals: decimals), key)
  }

  /// Adds a number in its shortest exact form; `null` where it is not finite.
  public mutating func real(_ value: Double, _ key: String? = nil) {
    raw(RealText.shortest(value) ?? "null", key)
  }

  /// The whole text with a final line end. Traps where something is still open.
  public consuming func finish() -> String {
    precondition(open.isEmpty, "an object or array was not closed")
    return text + "\n"
  }

  private mutating func begin(_ container: Container, _ mark: String, _ key: String?) {
    raw(mark, key)
    open.append(container)
    isFirst = true
  }

  private mutating func raw(_ value: String, _ key: String?) {
    precondition((key != nil) == (open.last == .object), "an object's values have keys, no others")
    if !isFirst { text += "," }
    if !open.isEmpty { newLine() }
    if let key { text += Self.quoted(key) + ": " }
    text += value
    isFirst = false
  }

  private mutating func newLine() {
    text += "\n" + String(repeating: "  ", count: open.count)
  }

  /// A string as JSON writes it, quotes and all. O(length).
  public static func quoted(_ value: String) -> String {
    var result = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if scalar.value < 0x20 {
          let code = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - code.count) + code
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}
