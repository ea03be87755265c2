import SimulationKernel

/// How many columns of a terminal text takes, and how to make it take fewer.
///
/// Widths follow Unicode's East Asian Width (UAX #11): wide and fullwidth characters and emoji take two
/// columns, combining marks and format characters none. The library's `wcwidth` is not used: what it says
/// depends on the locale, and in the C locale it knows ASCII only.
extension String {
  /// Columns of a terminal. O(length).
  public var displayWidth: Int {
    // Almost all text is ASCII: one byte, one column.
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return utf8.count }
    return reduce(0) { $0 + $1.displayWidth }
  }

  /// The text with every code point replaced that acts instead of being seen: what a file says may not steer a
  /// terminal.
  public var printable: String {
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return self }
    return String(
      String.UnicodeScalarView(
        unicodeScalars.map { PlainText.isHidden($0) ? "\u{FFFD}" : $0 }))
  }

  /// The text in at most `width` columns: of a path `a/b/c` the middle gives way first, then the end.
  /// O(length).
  public func elided(to width: Int) -> String {
    if displayWidth <= width { return self }
    guard let slash = lastIndex(of: "/") else { return elidedAtEnd(to: width) }
    let tail = String(self[slash...])
    let room = width - tail.displayWidth
    // At least four columns, or the beginning says nothing.
    if room < 4 { return elidedAtEnd(to: width) }
    return String(self[..<slash]).elidedAtEnd(to: room) + tail
  }

  private func elidedAtEnd(to width: Int) -> String {
    var text = ""
    var used = 1
    for character in self {
      used += character.displayWidth
      if used > width { break }
      text.append(character)
    }
    return text + "…"
  }

  /// The text with spaces to a width, on its right or on its left.
  func padded(to width: Int, onLeft: Bool = false) -> String {
    let spaces = String(repeating: " ", count: max(0, width - displayWidth))
    return onLeft ? spaces + self : self + spaces
  }
}

extension Character {
  /// Columns of a terminal.
  public var displayWidth: Int {
    // The presentation selector asks for the emoji, which is wide.
    if unicodeScalars.contains("\u{FE0F}") { return 2 }
    return unicodeScalars.reduce(0) { max($0, $1.displayWidth) }
  }
}

extension Unicode.Scalar {
  /// Columns of a terminal: 0, 1 or 2.
  var displayWidth: Int {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    if properties.isEmojiPresentation { return 2 }
    return Self.wide.contains { $0.contains(value) } ? 2 : 1
  }

  /// Blocks of wide and fullwidth characters. Source: EastAsianWidth.txt of Unicode 16, 2024-04.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
    0xA000...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
    0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1AFF0...0x1B2FB,
    0x20000...0x2FFFD, 0x30000...0x3FFFD,
  ]
}
