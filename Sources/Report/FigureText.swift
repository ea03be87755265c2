import Experiment
import Scenario

/// Figures of any unit as people read them.
public enum FigureText {
  /// A value in its unit; `–` where there is none.
  public static func value(_ value: Double?, unit: String) -> String {
    guard let value else { return "–" }
    switch unit {
    case "ms":
      let text = Quantity.latency(nanoseconds: abs(value) * 1e6)
      return (value < 0 ? "-" : "") + text
    case "s": return Quantity.fixed(value, 1) + " s"
    case "1": return share(value)
    case "USD": return Quantity.fixed(value, abs(value) < 1 && value != 0 ? 4 : 2) + " USD"
    default: return number(value) + " \(unit)"
    }
  }

  /// A value for a table that names the unit of counts and rates beside the metric.
  public static func cell(_ value: Double?, unit: String) -> String {
    let text = self.value(value, unit: unit)
    return isNamed(unit) ? text : text.replacing(" \(unit)", with: "")
  }

  /// What a table calls a metric: with its unit where its cells leave that out.
  public static func label(_ name: String, unit: String) -> String {
    isNamed(unit) || name.hasPrefix("requests_") ? name : "\(name), \(unit)"
  }

  /// Whether cells say the unit themselves: times, shares, money.
  private static func isNamed(_ unit: String) -> Bool { ["ms", "s", "1", "USD"].contains(unit) }

  /// A difference or a half-width: its sign or none, more digits where it is small.
  public static func difference(_ difference: Double, unit: String, isSigned: Bool = true) -> String
  {
    let size = abs(difference)
    let sign = isSigned ? (difference < 0 ? "-" : "+") : ""
    if unit == "ms", size < 1 {
      return sign + Quantity.fixed(size * 1e3, size < 0.01 ? 2 : 1) + " µs"
    }
    if unit == "1", size > 0, size < 0.0005 { return sign + Quantity.fixed(size * 100, 4) + " %" }
    if unit == "USD" { return sign + Quantity.fixed(size, size < 1 ? 4 : 2) + " USD" }
    return sign + cell(size, unit: unit)
  }

  /// A share with as many decimals as it takes to tell 99.95 % from 100 %.
  private static func share(_ value: Double) -> String {
    Quantity.fixed(value * 100, abs(value - 1) < 0.01 || abs(value) < 0.01 ? 3 : 2) + " %"
  }

  private static func number(_ value: Double) -> String {
    let size = abs(value)
    if size == size.rounded(), size < 1e15 { return Quantity.grouped(Int64(value)) }
    return Quantity.fixed(value, size >= 1000 ? 0 : size >= 10 ? 2 : 4)
  }

  /// A relative difference with its sign.
  public static func change(_ figure: BaselineFigure) -> String {
    let share = figure.relative
    guard share.isFinite else { return figure.difference > 0 ? "from 0" : "–" }
    return signed(share * 100, 2) + " %"
  }

  /// The interval of a difference as a share of the baseline.
  public static func interval(_ figure: BaselineFigure) -> String {
    guard let width = figure.halfWidth, let before = figure.before, before != 0 else { return "" }
    return "± " + Quantity.fixed(width / abs(before) * 100, 2) + " %"
  }

  private static func signed(_ value: Double, _ decimals: Int) -> String {
    (value > 0 ? "+" : "") + Quantity.fixed(value, decimals)
  }

  /// A chance: `0.31`, `2e-7`, `0`.
  public static func chance(_ value: Double?) -> String {
    guard let value else { return "" }
    if value == 0 { return "0" }
    if value >= 0.001 { return Quantity.fixed(value, 3) }
    var exponent = 0
    var digits = value
    while digits < 1, exponent < 400 {
      digits *= 10
      exponent += 1
    }
    let digit = Int(digits.rounded())
    return digit == 10 ? "1e-\(exponent - 1)" : "\(digit)e-\(exponent)"
  }

  /// A moment as hours and minutes: `0:14 h`, with seconds where it has some.
  public static func moment(_ seconds: Double) -> String {
    let whole = Int64(seconds.rounded(.down))
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let text = "\(whole / 3600):\(two(whole / 60 % 60))"
    return whole % 60 == 0 ? "\(text) h" : "\(text):\(two(whole % 60)) h"
  }

  /// How a figure was judged.
  public static func rule(_ rule: Tolerance.Rule, unit: String) -> String {
    switch rule {
    case .real(let relevance):
      relevance > 0 ? "real and above \(percent(relevance))" : "real"
    case .relative(let share): "above \(percent(share))"
    case .absolute(let amount): "above \(value(amount, unit: unit))"
    case .exact: "exact"
    case .ignored: "not judged"
    }
  }

  private static func percent(_ share: Double) -> String {
    let value = share * 100
    let decimals = value * 10 == (value * 10).rounded() ? 1 : 3
    return Quantity.fixed(value, value == value.rounded() ? 0 : decimals) + " %"
  }
}

extension FigureKey {
  /// Its name with the kind of thing it is about: `workload chat ttft_p95`.
  public var fullName: String {
    let source = source == "simulated" ? "" : " (\(source))"
    return (scopeKind == "all" ? metric : "\(scopeKind) \(scope) \(metric)") + source
  }
}
