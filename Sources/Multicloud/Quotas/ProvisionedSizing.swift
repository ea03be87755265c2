/// How many units of provisioned throughput a load needs.
///
/// Normalised tokens per minute are input tokens less the cached ones, and output tokens times the
/// output ratio; units follow by division, rounded up to a size that can be deployed.
///
/// Source: Azure OpenAI, "Determine PTU requirements", read 2026-08.
public struct ProvisionedSizing: Hashable, Sendable {
  /// Input tokens a minute one unit sustains.
  public var inputTokensPerMinutePerUnit: Int64
  /// Input tokens that one output token counts for.
  public var outputRatio: Double
  /// Least units that can be deployed.
  public var minimumUnits: Int64
  /// Step of units from the least on.
  public var unitIncrement: Int64

  /// Creates a sizing. The ratio is kept to the millionth.
  ///
  /// - Precondition: ``problems()`` is empty.
  public init(
    inputTokensPerMinutePerUnit: Int64, outputRatio: Double, minimumUnits: Int64 = 1,
    unitIncrement: Int64 = 1
  ) {
    self.inputTokensPerMinutePerUnit = inputTokensPerMinutePerUnit
    self.outputRatio = outputRatio
    self.minimumUnits = minimumUnits
    self.unitIncrement = unitIncrement
  }

  /// What is wrong with the parameters, a message for each; empty if nothing is.
  public func problems() -> [String] {
    QuotaProblem.limit(inputTokensPerMinutePerUnit, "input tokens per minute per unit")
      + QuotaProblem.weight(outputRatio, "output ratio")
      + QuotaProblem.limit(minimumUnits, "minimum units")
      + QuotaProblem.limit(unitIncrement, "unit increment")
  }

  /// Normalised tokens per minute of a load.
  ///
  /// - Parameters:
  ///   - inputTokensPerMinute: Tokens of prompts, cached ones among them.
  ///   - outputTokensPerMinute: Tokens put out.
  ///   - cacheRate: Share of the input that is read from a cache, to the millionth.
  public func normalisedTokensPerMinute(
    inputTokensPerMinute: Int64, outputTokensPerMinute: Int64, cacheRate: Double = 0
  ) -> Double {
    Double(normalised(inputTokensPerMinute, outputTokensPerMinute, cacheRate)) / 1_000_000
  }

  /// Units a load needs before they are rounded to a size.
  public func exactUnits(
    inputTokensPerMinute: Int64, outputTokensPerMinute: Int64, cacheRate: Double = 0
  ) -> Double {
    normalisedTokensPerMinute(
      inputTokensPerMinute: inputTokensPerMinute, outputTokensPerMinute: outputTokensPerMinute,
      cacheRate: cacheRate) / Double(inputTokensPerMinutePerUnit)
  }

  /// The least size that sustains a load.
  public func units(
    inputTokensPerMinute: Int64, outputTokensPerMinute: Int64, cacheRate: Double = 0
  ) -> Int64 {
    precondition(problems().isEmpty, "the parameters are checked first")
    // In whole millionths, so that a load of exactly so many units needs no further one.
    let perUnit = Int128(inputTokensPerMinutePerUnit) * Int128(Millionths.one)
    let load = normalised(inputTokensPerMinute, outputTokensPerMinute, cacheRate)
    return Self.size(
      atLeast: Int64((load + perUnit - 1) / perUnit), minimum: minimumUnits,
      increment: unitIncrement)
  }

  /// Millionths of a normalised token a minute.
  private func normalised(_ input: Int64, _ output: Int64, _ cacheRate: Double) -> Int128 {
    precondition(input >= 0 && output >= 0 && cacheRate >= 0 && cacheRate <= 1)
    return Int128(input) * Int128(Millionths.one - Millionths.rounding(cacheRate))
      + Int128(output) * Int128(Millionths.rounding(outputRatio))
  }

  /// The least size that can be deployed of at least `units`.
  static func size(atLeast units: Int64, minimum: Int64, increment: Int64) -> Int64 {
    if units <= minimum { return minimum }
    return minimum + (units - minimum + increment - 1) / increment * increment
  }

  /// What is wrong with `units` as a size.
  static func problems(units: Int64, minimum: Int64, increment: Int64) -> [String] {
    let bad =
      QuotaProblem.limit(units, "units") + QuotaProblem.limit(minimum, "minimum units")
      + QuotaProblem.limit(increment, "unit increment")
    guard bad.isEmpty else { return bad }
    if units < minimum {
      return ["\(units) units are below the minimum; the nearest size is \(minimum)"]
    }
    let above = size(atLeast: units, minimum: minimum, increment: increment)
    if above == units { return [] }
    let below = above - increment
    let nearest = units - below < above - units ? below : above
    return [
      "\(units) units are off the increment of \(increment) from \(minimum); "
        + "the nearest size is \(nearest)"
    ]
  }
}
