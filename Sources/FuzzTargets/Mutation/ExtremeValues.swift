/// Words that break what was written for usual ones.
enum ExtremeValues {
  /// Numbers at and beyond what their types hold, and what only looks like a number.
  static let numbers: [[UInt8]] = [
    "0", "-0", "1", "-1", "+1", "00", "0.0", "-0.0", ".5", "5.", "1e308", "-1e308", "1e309",
    "1e-320",
    "5e-324", "1e99999", "1e-99999", "9223372036854775807", "9223372036854775808",
    "-9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616",
    "2147483647", "2147483648", "4294967295", "4294967296", "9007199254740993",
    "99999999999999999999",
    "100000000000000000000", "340282366920938463463374607431768211456", "9223372036.854775807",
    "9223372036.854775808", "0.0000000001", "0.9999999999999999999", "1_000", "1__0", "_1", "1k",
    "1G",
    "NaN", "nan", "-nan", "inf", "-inf", "Infinity", "-Infinity", "0x10", "0x1p1023", "0b1", "1e",
    "e1",
    "1,5", "１２", "٣", "½", "1e5", "1000000", "1000001", "1000000000", "1000000001", "65536",
    "100001",
  ].map { Array($0.utf8) }

  /// Bytes that are no text, or text that is read differently by whoever reads it.
  static let garbage: [[UInt8]] = [
    [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF], [0x00], [0x00, 0x00, 0x00], [0xC3, 0x28],
    [0xE2, 0x82], [0xF0, 0x28, 0x8C, 0x28], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
    [0xC0, 0xAF],
    [0x80], [0x1A], [0x7F], [0x1B, 0x5B, 0x33, 0x31, 0x6D], [0x0D], [0x0D, 0x0A], [0x0B], [0x0C],
    Array("\u{2028}".utf8), Array("\u{2029}".utf8), Array("\u{85}".utf8), Array("\u{A0}".utf8),
    Array("\u{200B}".utf8), Array("\u{202E}".utf8), Array("\u{FEFF}".utf8), Array("\u{301}".utf8),
    Array("e\u{301}\u{301}\u{301}".utf8), Array("👩‍👩‍👧‍👧".utf8), Array("\u{10FFFF}".utf8), [0x1F, 0x8B],
  ]

  /// What parts the pieces of every format here.
  static let separators: [[UInt8]] = [
    "\n", "\r\n", ",", ", ", ": ", ":", "{", "}", "[", "]", "\"", "'", "|", "#", "-", "- ", "  ",
    "\t", "/",
    ".", "..", "=", ";", "&", "*", "!", "%", "@", "`", "?", ">", "<", "\\", "\"\"", "{}", "[]",
    ",,", "--",
  ].map { Array($0.utf8) }

  /// Whole lines of YAML that are easy to read and hard to bear.
  static let lines: [[UInt8]] = [
    "---", "...", "--- {}", "%YAML 1.1", "%TAG ! tag:x,2000:", "? a", ": b", "a: &a [*a]", "<<: *a",
    "a: &a { b: 1 }", "b: { <<: *a }", "x: !!python/object:os.system {}", "x: !!binary ////",
    "x: !!null 1",
    "x: !!float .inf", "x: >-", "x: |+", "? [a, b]", "? { a: b }", "null: null", "~: ~", "\"\": 1",
    "'': 1",
  ].map { Array($0.utf8) }

  /// Aliases that double with every level: a text of a kilobyte for a tree without end.
  static let aliasBomb: [UInt8] = {
    var text = "bomb0: &b0 [x, x]\n"
    for level in 1..<40 { text += "bomb\(level): &b\(level) [*b\(level - 1), *b\(level - 1)]\n" }
    return Array(text.utf8)
  }()
}
