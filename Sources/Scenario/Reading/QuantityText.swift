import SimulationKernel

/// Quantities as a scenario writes them, read outside of one: for whoever tries the parser alone.
public enum QuantityText {
  /// The kinds of quantities by the names ``read(_:as:)`` takes.
  public static var kinds: [String] { table.map(\.name) }

  private static let table: [(name: String, kind: ScalarKind)] = [
    ("text", .text), ("flag", .flag), ("seed", .seed), ("count", .count(0...ScenarioShape.many)),
    ("tokens", .tokens(1...1_000_000_000)), ("tokens-or", .tokensOr("mean", 1...1_000_000_000)),
    ("number", .number(0...1e9)), ("ratio", .ratio(0...1)),
    ("duration", .duration(allowsZero: true)),
    ("span", .duration(allowsZero: false)), ("rate", .rate(allowsZero: true)),
    ("flow", .rate(allowsZero: false)), ("share", .share), ("scale", .scale),
    ("time-of-day", .timeOfDay), ("growth", .growth), ("offset", .offset), ("money", .money),
    ("contract-money", .contractMoney), ("hourly-money", .hourlyMoney),
    ("unit-month-money", .unitMonthMoney), ("date", .date), ("moment", .moment), ("term", .term),
    ("price", .price), ("limit", .limit(noun: "tokens")), ("requests", .limit(noun: "requests")),
    ("speed", .speed), ("bytes", .bytes), ("bandwidth", .bandwidth), ("units", .units),
  ]

  /// Why a text is no quantity.
  public struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was found, what was expected.
    public var description: String
  }

  /// Reads a text as a kind of ``kinds`` and forgets it.
  ///
  /// - Throws: ``Problem`` where the text is no such quantity, or there is no such kind.
  public static func read(_ text: String, as kind: String) throws(Problem) {
    guard let found = table.first(where: { $0.name == kind }) else {
      throw Problem(
        description:
          "no kind '\(kind.prefix(40))'; expected one of \(kinds.joined(separator: ", "))")
    }
    if case .failure(let problem) = ScalarParser.parse(text, as: found.kind) {
      throw Problem(description: Excerpt.message(problem.message))
    }
  }
}
