/// Writes SVG: shapes in whole and tenth units, texts escaped.
struct Drawing {
  private(set) var text = ""

  /// An upright or level line.
  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ kind: String) {
    typealias C = Coordinate
    text +=
      "<path class=\"\(kind)\" d=\"M\(C.text(x1)) \(C.text(y1))L\(C.text(x2)) \(C.text(y2))\"/>"
  }

  /// A rectangle, with what a pointer that rests on it shows.
  mutating func box(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ kind: String, title: String = ""
  ) {
    typealias C = Coordinate
    text +=
      "<rect class=\"\(kind)\" x=\"\(C.text(x))\" y=\"\(C.text(y))\" width=\"\(C.text(width))\" "
      + "height=\"\(C.text(height))\""
    text += title.isEmpty ? "/>" : "><title>\(Markup.escaped(title))</title></rect>"
  }

  /// A path that was already put together from numbers.
  mutating func path(_ data: String, _ kind: String) {
    if !data.isEmpty { text += "<path class=\"\(kind)\" d=\"\(data)\"/>" }
  }

  /// A word; `anchor` is start, middle or end.
  mutating func word(_ word: String, _ x: Double, _ y: Double, _ anchor: String) {
    text +=
      "<text x=\"\(Coordinate.text(x))\" y=\"\(Coordinate.text(y))\" text-anchor=\"\(anchor)\">"
      + "\(Markup.escaped(word))</text>"
  }

  /// Begins a group of what belongs to a series, so that it can be switched off.
  mutating func begin(series: Int) { text += "<g data-series=\"\(series)\">" }

  /// Ends the group.
  mutating func end() { text += "</g>" }
}
