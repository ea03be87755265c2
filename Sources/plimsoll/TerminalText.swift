import SimulationKernel

/// Text for a terminal: colours pass, whatever else acts on it is shown.
enum TerminalText {
  /// The text with every code point that acts made visible, but for line feeds, tabs and changes of colour.
  /// O(length).
  static func safe(_ text: String) -> String {
    guard text.unicodeScalars.contains("\u{1B}") else { return PlainText.visible(text) }
    let scalars = text.unicodeScalars
    var result = ""
    var plain = String.UnicodeScalarView()
    var next = scalars.startIndex
    while next < scalars.endIndex {
      if scalars[next] == "\u{1B}", let end = endOfColour(scalars, from: next) {
        result += PlainText.visible(String(plain))
        plain.removeAll()
        result.unicodeScalars.append(contentsOf: scalars[next..<end])
        next = end
      } else {
        plain.append(scalars[next])
        next = scalars.index(after: next)
      }
    }
    return result + PlainText.visible(String(plain))
  }

  /// The place behind `ESC [ digits ; … m`; `nil` where another sequence begins.
  private static func endOfColour(
    _ scalars: String.UnicodeScalarView, from start: String.UnicodeScalarView.Index
  ) -> String.UnicodeScalarView.Index? {
    var next = scalars.index(after: start)
    guard next < scalars.endIndex, scalars[next] == "[" else { return nil }
    next = scalars.index(after: next)
    while next < scalars.endIndex, "0"..."9" ~= scalars[next] || scalars[next] == ";" {
      next = scalars.index(after: next)
    }
    guard next < scalars.endIndex, scalars[next] == "m" else { return nil }
    return scalars.index(after: next)
  }
}
