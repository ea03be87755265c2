/// What text is laid out for.
public struct TerminalLayout: Hashable, Sendable {
  /// Columns that a line may take.
  public var width: Int
  /// Colours.
  public var style: TextStyle

  /// Creates a layout.
  public init(width: Int, style: TextStyle) {
    precondition(width >= Self.narrowest, "a terminal of fewer than 40 columns")
    self.width = width
    self.style = style
  }

  /// The narrowest there is.
  public static let narrowest = 40

  /// A pipe or a file: 80 columns, no colour.
  public static let plain = TerminalLayout(width: 80, style: TextStyle(isColoured: false))

  /// Text broken between words into lines that fit, the first after `indent` spaces, the others after
  /// `hanging`. A number stays with its unit; a word longer than a line is cut. O(length).
  ///
  /// Escape codes do not pass; colour comes after.
  public func wrapped(_ text: String, indent: Int = 2, hanging: Int? = nil) -> [String] {
    let hanging = hanging ?? indent + 2
    var lines: [String] = []
    var line = String(repeating: " ", count: indent)
    var isEmpty = true
    for word in Self.words(text.printable) {
      var word = word
      if !isEmpty, line.displayWidth + 1 + word.displayWidth > width {
        lines.append(line)
        line = String(repeating: " ", count: hanging)
        isEmpty = true
      }
      while word.displayWidth > width - line.displayWidth - (isEmpty ? 0 : 1) {
        var head = ""
        while let first = word.first,
          (line + head).displayWidth + first.displayWidth <= width
        {
          head.append(first)
          word.removeFirst()
        }
        lines.append(line + head)
        line = String(repeating: " ", count: hanging)
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    if !isEmpty { lines.append(line) }
    return lines
  }

  /// Text behind a label in the colour of its tone, wrapped beside it.
  ///
  /// - Parameter column: Where the text begins, counted from 2.
  public func labelled(
    _ label: String, _ tone: TextStyle.Tone, column: Int, _ text: String
  ) -> [String] {
    precondition(label.displayWidth < column, "the label fits before its text")
    var lines = wrapped(text, indent: 2 + column, hanging: 2 + column)
    if lines.isEmpty { lines = [String(repeating: " ", count: 2 + column)] }
    let padding = String(repeating: " ", count: column - label.displayWidth)
    lines[0] = "  " + style(label, tone) + padding + lines[0].dropFirst(2 + column)
    return lines
  }

  /// Words, each with the unit that follows it.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    for part in text.split(separator: " ") {
      let bare = part.prefix { !",;:.)".contains($0) }
      if units.contains(String(bare)), let last = words.last,
        last.last?.isNumber == true
          || last.last?.isUppercase == true
      {
        words[words.count - 1] = "\(last) \(part)"
      } else {
        words.append(String(part))
      }
    }
    return words
  }

  private static let units: Set<String> = [
    "%", "USD", "µs", "ms", "s", "min", "h", "d", "kWh", "kg", "GB", "MB", "kB", "TB",
  ]
}
