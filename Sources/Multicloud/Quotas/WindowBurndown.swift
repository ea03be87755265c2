import SimulationKernel

/// Provisioned throughput by the window: a call whose estimate does not fit in the present window
/// overflows to pay-as-you-go and takes nothing.
///
/// A window admits `units * tokensPerSecondPerUnit` times its length. A token of output burns
/// `outputBurndown` tokens. The estimate is corrected at the end of the call if the window in which
/// it was admitted still runs.
///
/// Source: Vertex AI, "Provisioned Throughput overview" and "Use Provisioned Throughput", read
/// 2026-08: a window of up to 30 s. Windows follow each other from the start of simulated time.
public struct WindowBurndown: Hashable, Sendable {
  /// Units bought (generative AI scale units).
  public var units: Int64
  /// Tokens a second of one unit.
  public var tokensPerSecondPerUnit: Int64
  /// Tokens that one output token burns.
  public var outputBurndown: Double
  /// Share of a cached token that is free.
  public var cachedDiscount: Double
  /// Length of a window.
  public var window: Duration

  /// Creates the rule. Weights are kept to the millionth.
  public init(
    units: Int64, tokensPerSecondPerUnit: Int64, outputBurndown: Double,
    cachedDiscount: Double = 0, window: Duration = .seconds(30)
  ) {
    self.units = units
    self.tokensPerSecondPerUnit = tokensPerSecondPerUnit
    self.outputBurndown = outputBurndown
    self.cachedDiscount = cachedDiscount
    self.window = window
  }

  func problems() -> [String] {
    var problems = QuotaProblem.limit(units, "units")
    problems += QuotaProblem.limit(tokensPerSecondPerUnit, "tokens per second per unit")
    problems += QuotaProblem.product(units, tokensPerSecondPerUnit, "tokens per second")
    problems += QuotaProblem.weight(outputBurndown, "output burndown")
    problems += QuotaProblem.share(cachedDiscount, "cached discount")
    if window < .milliseconds(1) || window > .seconds(30) {
      problems.append(
        "window is \(window.nanoseconds) ns, expected 1 ms to 30 s; the nearest is "
          + (window > .seconds(30) ? "30 s" : "1 ms"))
    } else if problems.isEmpty && limit == 0 {
      problems.append("a window of \(window.nanoseconds) ns admits less than one token")
    }
    return problems
  }

  /// Tokens a window admits.
  private var limit: Int64 {
    Int64(
      Int128(units * tokensPerSecondPerUnit) * Int128(window.nanoseconds)
        / Int128(QuotaTime.second))
  }

  struct State: QuotaState {
    private var window: ReservedWindow
    private let burndown: Int64
    private let cachedWeight: Int64

    init(_ rule: WindowBurndown) {
      window = ReservedWindow(limit: rule.limit, width: rule.window.nanoseconds)
      burndown = Millionths.rounding(rule.outputBurndown)
      cachedWeight = Millionths.one - Millionths.rounding(rule.cachedDiscount)
    }

    @inline(__always)
    func check(_ ask: QuotaAsk, at now: Int64) -> QuotaAnswer {
      window.fits(estimate(ask), at: now) ? .admitted : .overflows
    }

    /// Takes the estimate if it fits. A call that overflows takes nothing.
    @inline(__always)
    mutating func commit(_ ask: QuotaAsk, at now: Int64) {
      let estimate = estimate(ask)
      if window.fits(estimate, at: now) { window.add(estimate, at: now) }
    }

    @inline(__always)
    mutating func settle(_ ask: QuotaAsk, _ use: QuotaUse, admittedAt: Int64, at now: Int64) {
      let used = weighted(use.promptTokens, cached: use.cachedTokens, output: use.outputTokens)
      window.correct(used - estimate(ask), addedAt: admittedAt, at: now)
    }

    @inline(__always)
    private func estimate(_ ask: QuotaAsk) -> Int64 {
      weighted(ask.promptTokens, cached: ask.cachedTokens, output: ask.maximumOutputTokens)
    }

    @inline(__always)
    private func weighted(_ prompt: Int64, cached: Int64, output: Int64) -> Int64 {
      (prompt - cached) * Millionths.one + cached * cachedWeight + output * burndown
    }

    mutating func reduce(toMillionths share: Int64, at now: Int64) {
      window.reduce(toMillionths: share)
    }

    func reading(at now: Int64) -> QuotaReading { window.reading(at: now) }
  }
}
