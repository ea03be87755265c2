/// Numbers for drawings and scripts: short, and the same on every machine.
enum Coordinate {
  /// With one decimal at most, without a trailing zero: `12`, `12.5`, `-0.3`.
  static func text(_ value: Double) -> String {
    let tenths = Int64((value * 10).rounded(.toNearestOrAwayFromZero))
    let sign = tenths < 0 ? "-" : ""
    let whole = tenths.magnitude / 10
    let part = tenths.magnitude % 10
    return part == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(part)"
  }

  /// With five significant digits at most, as JSON: `0.83097`, `12012000`.
  static func significant(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return "0" }
    var decimals = 4
    var bound = 10.0
    while abs(value) >= bound, decimals > 0 {
      bound *= 10
      decimals -= 1
    }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    // Below 1 there are more decimals, ten at most.
    while abs(value) * scale < 10_000, scale < 1e10 {
      scale *= 10
      decimals += 1
    }
    let scaled = (abs(value) * scale).rounded(.toNearestOrAwayFromZero)
    guard scaled < 9e15 else { return "\(value)" }
    var digits = String(Int64(scaled))
    if digits.count <= decimals {
      digits = String(repeating: "0", count: decimals + 1 - digits.count) + digits
    }
    var text = String(digits.dropLast(decimals))
    var part = Substring(digits.suffix(decimals))
    while part.last == "0" { part.removeLast() }
    if !part.isEmpty { text += "." + part }
    return (value < 0 ? "-" : "") + text
  }
}
