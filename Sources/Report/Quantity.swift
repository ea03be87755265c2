import SimulationKernel

/// Numbers as people read them.
public enum Quantity {
  /// `1,234,567`.
  public static func grouped(_ value: Int64) -> String {
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
  public static func fixed(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite else { return value > 0 ? "∞" : "–" }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (abs(value) * scale).rounded(.toNearestOrAwayFromZero)
    guard scaled < 9e15 else { return "\(value)" }
    let whole = Int64(scaled) / Int64(scale)
    let part = Int64(scaled) % Int64(scale)
    var text = grouped(whole)
    if decimals > 0 {
      let digits = String(part)
      text += "." + String(repeating: "0", count: decimals - digits.count) + digits
    }
    return (value < 0 && scaled > 0 ? "-" : "") + text
  }

  /// A latency: `840 µs`, `45.1 ms`, `1.20 s`, `2.0 min`; `–` where there is none.
  public static func latency(nanoseconds: Double?) -> String {
    guard let ns = nanoseconds, ns.isFinite else { return nanoseconds == nil ? "–" : "∞" }
    if ns < 1e6 { return fixed(ns / 1e3, 0) + " µs" }
    if ns < 999.5e6 { return fixed(ns / 1e6, 1) + " ms" }
    if ns < 120e9 { return fixed(ns / 1e9, 2) + " s" }
    return fixed(ns / 60e9, 1) + " min"
  }

  /// A length of simulated time: `45 s`, `30 min`, `24.0 h`, `7.0 d`.
  public static func span(_ duration: Duration) -> String {
    let seconds = duration.seconds
    if seconds < 120 { return fixed(seconds, seconds < 10 ? 2 : 0) + " s" }
    if seconds < 7200 {
      let isWhole = seconds.truncatingRemainder(dividingBy: 60) == 0
      return fixed(seconds / 60, isWhole ? 0 : 1) + " min"
    }
    if seconds < 172_800 { return fixed(seconds / 3600, 1) + " h" }
    return fixed(seconds / 86_400, 1) + " d"
  }

  /// A moment of a run as hours and minutes from its start: `0:27 h`.
  public static func clock(_ time: Duration) -> String {
    let minutes = time.nanoseconds / Duration.seconds(60).nanoseconds
    let rest = minutes % 60
    return "\(minutes / 60):\(rest < 10 ? "0" : "")\(rest) h"
  }

  /// A count with its noun: `1 pool`, `2 pools`.
  public static func counted(_ count: Int, _ noun: String) -> String {
    "\(grouped(Int64(count))) \(noun)\(count == 1 ? "" : "s")"
  }

  /// A share: `93.4 %`.
  public static func percent(_ share: Double?) -> String {
    guard let share, share.isFinite else { return "–" }
    return fixed(share * 100, 1) + " %"
  }

  /// A rate, three significant digits or so, with k and M.
  public static func rate(_ perSecond: Double) -> String {
    if perSecond >= 1e6 { return fixed(perSecond / 1e6, 2) + "M" }
    if perSecond >= 10_000 { return fixed(perSecond / 1e3, 1) + "k" }
    if perSecond >= 100 { return fixed(perSecond, 0) }
    return fixed(perSecond, perSecond >= 10 ? 1 : 2)
  }
}
