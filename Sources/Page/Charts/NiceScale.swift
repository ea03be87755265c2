/// An axis from zero to a round number, with three to six ticks.
struct NiceScale: Sendable {
  /// The end of the axis.
  let top: Double
  /// Values at ticks, from zero.
  let ticks: [Double]
  private let form: NumberForm

  /// - Parameter top: What the axis must reach; nothing above zero makes it reach 1.
  init(top: Double, form: NumberForm) {
    let wanted = top > 0 && top.isFinite ? top : 1
    // The step in whole units of the greatest power of ten that is no larger than a fifth of the axis.
    var unit = 1.0
    while unit * 10 <= wanted / 5 { unit *= 10 }
    while unit > wanted / 5 { unit /= 10 }
    let step = [1.0, 2, 2.5, 5, 10].map { $0 * unit }.first { $0 * 6 >= wanted * (1 - 1e-9) }
    let width = step ?? 10 * unit
    let count = Int((wanted / width * (1 - 1e-9)).rounded(.up))
    ticks = (0...max(1, count)).map { Double($0) * width }
    self.top = ticks.last!
    self.form = form
  }

  /// The text at a tick, shorter than in tables.
  func label(_ value: Double) -> String {
    if value == 0 { return "0" }
    switch form {
    case .percent: return Self.short(value * 100) + " %"
    case .milliseconds: return LatencyText.short(nanoseconds: value * 1e6)
    case .dollars:
      for (unit, size) in [("bn", 1e9), ("M", 1e6), ("k", 1e3)] where value >= size {
        return Self.short(value / size) + unit
      }
      return Self.short(value)
    default:
      for (unit, size) in [("M", 1e6), ("k", 1e3)] where value >= 10 * size || top >= 10 * size {
        return Self.short(value / size) + unit
      }
      return Self.short(value)
    }
  }

  /// With as many decimals as are needed, nine at most.
  private static func short(_ value: Double) -> String {
    var scale = 1.0
    for decimals in 0..<9 {
      if abs(value * scale - (value * scale).rounded()) < 1e-6 * (value * scale) {
        return Figure.fixed(value, decimals)
      }
      scale *= 10
    }
    return Figure.fixed(value, 9)
  }
}

/// Latencies that are round by construction, without decimals that say nothing.
enum LatencyText {
  /// `250 ms`, `1.6 s`, `3 min`.
  static func short(nanoseconds value: Double) -> String {
    let units = [("min", 60e9, 120e9), ("s", 1e9, 1e9), ("ms", 1e6, 1e6), ("µs", 1e3, 0)]
    let (unit, size, _) = units.first { value >= $0.2 }!
    let number = value / size
    var scale = 1.0
    for decimals in 0..<2 {
      if abs(number * scale - (number * scale).rounded()) < 1e-6 * max(1, number) {
        return Figure.fixed(number, decimals) + " " + unit
      }
      scale *= 10
    }
    return Figure.fixed(number, 2) + " " + unit
  }
}
