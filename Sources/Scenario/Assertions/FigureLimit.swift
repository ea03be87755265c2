import Money
import SimulationKernel

/// Reads a limit of a figure as people write it, in the figure's own unit.
enum FigureLimit {
  /// The value in `unit`, or what is wrong with the text.
  static func parse(_ text: String, unit: String) -> Result<Double, ScalarParser.Problem> {
    switch unit {
    // Of nanoseconds, as the table's value is, so that a figure on the limit is on it.
    case "ms": read(text, .duration(allowsZero: true)) { $0 / 1e6 }
    case "s": read(text, .duration(allowsZero: true)) { $0 / 1e9 }
    case "1": read(text, .ratio(0...1e9)) { $0 }
    case "USD": read(text, .contractMoney) { $0 }
    case "requests/s": read(text, .rate(allowsZero: true)) { $0 }
    case "tokens/s": read(text, .speed) { $0 }
    case "B": read(text, .bytes) { $0 }
    default:
      read(
        String(Substring(text).dropping(suffix: unit).trimmed), .number(0...1e18), shown: text
      ) { $0 }
    }
  }

  private static func read(
    _ text: String, _ kind: ScalarKind, shown: String? = nil, _ convert: (Double) -> Double
  ) -> Result<Double, ScalarParser.Problem> {
    ScalarParser.parse(text, as: kind).flatMap { value in
      switch value {
      case .number(let number): .success(convert(number))
      case .integer(let number): .success(convert(Double(number)))
      case .duration(let time): .success(convert(Double(time.nanoseconds)))
      case .money(let money): .success(convert(Double(money.picodollars) / 1e12))
      case .text, .flag, .seed: ScalarParser.expected(kind, shown ?? text).map { _ in 0 }
      }
    }
  }
}
