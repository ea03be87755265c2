/// Numbers as the page shows them. Every number of the page is written here, by the same rules as the
/// summary on the terminal.
enum Figure {
  /// What stands where there is no number.
  static let none = "–"

  /// `1,234,567`.
  static func grouped(_ value: Int64) -> String {
    var digits = String(value.magnitude)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    groups.insert(digits, at: 0)
    return (value < 0 ? "-" : "") + groups.joined(separator: ",")
  }

  /// A number with a fixed count of decimals, rounded half away from zero.
  static func fixed(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite else { return value > 0 ? "∞" : none }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (abs(value) * scale).rounded(.toNearestOrAwayFromZero)
    guard scaled < 9e15 else { return "\(value)" }
    var text = grouped(Int64(scaled) / Int64(scale))
    if decimals > 0 {
      let digits = String(Int64(scaled) % Int64(scale))
      text += "." + String(repeating: "0", count: decimals - digits.count) + digits
    }
    return (value < 0 && scaled > 0 ? "-" : "") + text
  }

  /// A latency: `840 µs`, `45.1 ms`, `1.20 s`, `2.0 min`.
  static func latency(milliseconds value: Double) -> String {
    guard value.isFinite else { return "∞" }
    if value < 1 { return fixed(value * 1e3, 0) + " µs" }
    if value < 999.5 { return fixed(value, 1) + " ms" }
    if value < 120e3 { return fixed(value / 1e3, 2) + " s" }
    return fixed(value / 60e3, 1) + " min"
  }

  /// A length of simulated time: `45 s`, `30 min`, `24.0 h`, `7.0 d`.
  static func span(seconds: Double) -> String {
    if seconds < 120 { return fixed(seconds, seconds < 10 ? 2 : 0) + " s" }
    if seconds < 7200 {
      let isWhole = seconds.truncatingRemainder(dividingBy: 60) == 0
      return fixed(seconds / 60, isWhole ? 0 : 1) + " min"
    }
    if seconds < 172_800 { return fixed(seconds / 3600, 1) + " h" }
    return fixed(seconds / 86_400, 1) + " d"
  }

  /// A share: `93.4 %`.
  static func percent(_ share: Double) -> String { fixed(share * 100, 1) + " %" }

  /// A rate, three significant digits or so, with k and M.
  static func rate(_ value: Double) -> String {
    if value >= 1e6 { return fixed(value / 1e6, 2) + "M" }
    if value >= 10_000 { return fixed(value / 1e3, 1) + "k" }
    if value >= 100 { return fixed(value, 0) }
    return fixed(value, value >= 10 ? 1 : 2)
  }

  /// Dollars: cents below a thousand, whole ones above, millions from a million on.
  static func dollars(_ value: Double) -> String {
    for (unit, size) in [("bn", 1e9), ("M", 1e6)] where abs(value) >= size {
      return sign(value) + fixed(abs(value) / size, 2) + unit + " USD"
    }
    return sign(value) + fixed(abs(value), abs(value) >= 1000 ? 0 : 2) + " USD"
  }

  /// A change: `+1.2 %`, `−0.3 %`, `=` where there is none; `nil` where there is nothing to compare.
  static func change(from old: Double, to new: Double) -> String? {
    if old == new { return "=" }
    guard old != 0 else { return nil }
    let share = (new - old) / abs(old)
    guard share.isFinite else { return nil }
    return (share < 0 ? "−" : "+") + percent(abs(share))
  }

  private static func sign(_ value: Double) -> String { value < 0 ? "−" : "" }
}
