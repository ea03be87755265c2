import Experiment
import Statistics

/// A figure's value as people read it in its unit.
public enum FigureText {
  /// `45.1 ms`, `12,345.67 USD`, `98.4 %`, `1,234`.
  public static func text(_ value: Double, unit: String) -> String {
    switch unit {
    case "ms": latency(value)
    case "s": Quantity.fixed(value, 1) + " s"
    case "1": share(value)
    case "USD": Quantity.fixed(value, 2) + " USD"
    default: number(value)
    }
  }

  /// A difference or a half-width: its sign or none, more digits where it is small.
  public static func difference(_ value: Double, unit: String, isSigned: Bool = true) -> String {
    let sign = isSigned ? (value < 0 ? "-" : "+") : ""
    return sign + text(abs(value), unit: unit)
  }

  private static func latency(_ milliseconds: Double) -> String {
    if milliseconds >= 1 { return Quantity.latency(nanoseconds: milliseconds * 1e6) }
    return Quantity.fixed(milliseconds * 1e3, milliseconds < 0.01 ? 2 : 1) + " µs"
  }

  private static func share(_ value: Double) -> String {
    let decimals = value != 0 && abs(value) < 0.0005 ? 4 : 2
    return Quantity.fixed(value * 100, decimals) + " %"
  }

  private static func number(_ value: Double) -> String {
    let size = abs(value)
    return Quantity.fixed(value, size >= 1000 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 3 : 6)
  }
}
