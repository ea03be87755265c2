import SimulationKernel

/// Values of the command line that stand for themselves: lengths of time, parts of a run, rates of sampling,
/// shares. `nil` is what none of them is.
public enum ArgumentText {
  private static let units: [Character: Int64] = [
    "s": 1, "m": 60, "h": 3600, "d": 86_400, "y": 365 * 86_400,
  ]
  /// Nanoseconds are counted in 64 bits: 292 years.
  private static let longestSeconds: Int64 = 9_000_000_000

  /// `90s`, `15m`, `12h`, `30d`, `3y` (of 365 days), up to 9 billion seconds.
  public static func span(_ text: String) -> Duration? {
    guard let last = text.last, let unit = units[last], let count = Int64(text.dropLast()),
      count >= 0, count <= longestSeconds / unit
    else { return nil }
    return .seconds(count * unit)
  }

  /// `30m..31m`, the second later than the first.
  public static func range(_ text: String) -> (from: Duration, until: Duration)? {
    var place = text.startIndex
    while place < text.endIndex, !text[place...].hasPrefix("..") { text.formIndex(after: &place) }
    guard place < text.endIndex, let from = span(String(text[..<place])),
      let until = span(String(text[place...].dropFirst(2))), from < until
    else { return nil }
    return (from, until)
  }

  /// `1/N`, as `N` of one or more.
  public static func sampleRate(_ text: String) -> Int? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0] == "1", let count = Int(parts[1]), count >= 1 else {
      return nil
    }
    return count
  }

  /// `0.5%` or `0.005`, zero or more.
  public static func share(_ text: String) -> Double? {
    let isPercent = text.hasSuffix("%")
    guard let number = Double(isPercent ? String(text.dropLast()) : text), number >= 0,
      number.isFinite
    else { return nil }
    return isPercent ? number / 100 : number
  }

  /// One of several alternatives of `compare --with`: `[name:] path=value;…`.
  public static func variant(_ text: String) -> (name: String, overrides: [String])? {
    var name = text
    var rest = text[...]
    let firstEquals = text.firstIndex(of: "=") ?? text.endIndex
    if let colon = text[..<firstEquals].firstIndex(of: ":") {
      name = trimmed(text[..<colon])
      rest = text[text.index(after: colon)...]
    }
    let overrides = rest.split(separator: ";").map(trimmed)
    guard !name.isEmpty, !overrides.isEmpty, overrides.allSatisfy({ $0.contains("=") }) else {
      return nil
    }
    return (name, overrides)
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " || text.first == "\t" { text.removeFirst() }
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return String(text)
  }
}
