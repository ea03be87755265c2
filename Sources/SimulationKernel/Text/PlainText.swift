/// What a name may be, wherever it comes from: a line of text that steers no terminal, no reader's eye and no
/// spreadsheet.
///
/// Names go unchanged into tables, pages and terminals, so they are looked at once, where they come in.
public enum PlainText {
  /// Longest name, bytes of UTF-8.
  public static let longestName = 256

  /// Longest text that may be a path, bytes of UTF-8: what Linux allows.
  public static let longestPath = 4096

  /// What a spreadsheet takes for the beginning of a formula.
  ///
  /// Source: OWASP, *CSV Injection*, 2024; tab and carriage return are control characters here.
  private static let formulaSigns: Set<Unicode.Scalar> = ["=", "+", "-", "@"]

  /// Whether a code point acts instead of being seen: a control character, a line or paragraph separator, or
  /// one that turns the direction of the text after it.
  public static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value >= 0x20, scalar.value < 0x7F { return false }
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: return true
    default: return scalar.properties.isBidiControl
    }
  }

  /// What is wrong with a text that becomes a name or a label, or `nil`. O(length).
  ///
  /// Its words follow those of a subject: "the name of a pool …".
  ///
  /// - Parameter longest: Most bytes of UTF-8; more than ``longestName`` for texts that may be paths.
  public static func problem(inName name: String, longest: Int = longestName) -> String? {
    if name.isEmpty { return "is empty" }
    if name.utf8.count > longest {
      return "has \(name.utf8.count) bytes; at most \(longest) are allowed"
    }
    if let problem = problem(inText: name) { return problem }
    if let first = name.unicodeScalars.first, formulaSigns.contains(first),
      !isSignedAmount(name.unicodeScalars.dropFirst())
    {
      return
        "begins with '\(first)', which spreadsheets take for a formula; begin it with a letter or a digit"
    }
    return nil
  }

  /// Whether what follows a sign is an amount, such as `2%` or `5.5h`: there is nothing to compute in it.
  private static func isSignedAmount(_ rest: Substring.UnicodeScalarView) -> Bool {
    let unit = rest.drop { "0"..."9" ~= $0 || $0 == "." }
    return unit.count < rest.count && unit.allSatisfy { "a"..."z" ~= $0 || $0 == "%" }
  }

  /// What is wrong with a text that is shown but is no name, or `nil`. O(length).
  public static func problem(inText text: String) -> String? {
    guard let hidden = text.unicodeScalars.first(where: isHidden) else { return nil }
    return "is a line of text, without \(code(hidden)), which is not seen but acts; take it out"
  }

  /// The text with every code point that acts replaced by its number, except line feeds and tabs. O(length).
  public static func visible(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { ($0 >= 0x20 && $0 < 0x7F) || $0 == 0x0A || $0 == 0x09 }
    if isPlain { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if isHidden(scalar), scalar != "\n", scalar != "\t" {
        result += "<\(code(scalar))>"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// `U+202E`.
  private static func code(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
