import SimulationKernel

/// Provisioned throughput: a leaky bucket on utilisation.
///
/// The level drains continuously by `units * inputTokensPerMinutePerUnit` a minute. A call is
/// refused while the level is above the capacity, else its estimate is added, so that the level may
/// overshoot; at its end the estimate is corrected to what it used, but never below an empty level.
/// A token of output counts `outputRatio` times, a cached one `1 - cachedDiscount` times.
///
/// Source: Azure OpenAI, "Provisioned throughput" (concepts page), read 2026-08. The capacity is not
/// published; by default it is what drains in a minute, the interval of the utilisation metric. The
/// drain is the one at which the units sustain their published throughput.
public struct ProvisionedBucket: Hashable, Sendable {
  /// Units deployed.
  public var units: Int64
  /// Input tokens a minute one unit sustains.
  public var inputTokensPerMinutePerUnit: Int64
  /// Input tokens that one output token counts for.
  public var outputRatio: Double
  /// Share of a cached token that is free.
  public var cachedDiscount: Double
  /// The bucket holds what drains in this time.
  public var capacityWindow: Duration
  /// Prompt tokens beyond this count ``longContextWeight`` times; `nil` where all count alike.
  public var longContextThreshold: Int64?
  /// What a prompt token beyond the threshold counts for.
  public var longContextWeight: Double
  /// Least units that can be deployed.
  public var minimumUnits: Int64
  /// Step of units from the least on.
  public var unitIncrement: Int64

  /// Creates the rule. Weights are kept to the millionth.
  public init(
    units: Int64, inputTokensPerMinutePerUnit: Int64, outputRatio: Double,
    cachedDiscount: Double = 1, capacityWindow: Duration = .seconds(60),
    longContextThreshold: Int64? = nil, longContextWeight: Double = 1, minimumUnits: Int64 = 1,
    unitIncrement: Int64 = 1
  ) {
    self.units = units
    self.inputTokensPerMinutePerUnit = inputTokensPerMinutePerUnit
    self.outputRatio = outputRatio
    self.cachedDiscount = cachedDiscount
    self.capacityWindow = capacityWindow
    self.longContextThreshold = longContextThreshold
    self.longContextWeight = longContextWeight
    self.minimumUnits = minimumUnits
    self.unitIncrement = unitIncrement
  }

  func problems() -> [String] {
    var problems = QuotaProblem.limit(
      inputTokensPerMinutePerUnit, "input tokens per minute per unit")
    problems += ProvisionedSizing.problems(
      units: units, minimum: minimumUnits, increment: unitIncrement)
    problems += QuotaProblem.product(units, inputTokensPerMinutePerUnit, "tokens per minute")
    problems += QuotaProblem.weight(outputRatio, "output ratio")
    problems += QuotaProblem.share(cachedDiscount, "cached discount")
    problems += QuotaProblem.weight(longContextWeight, "long-context weight")
    if capacityWindow.nanoseconds <= 0 || capacityWindow.nanoseconds > QuotaTime.day {
      problems.append(
        "capacity window is \(capacityWindow.nanoseconds) ns, expected above 0 and at most a day")
    }
    if let longContextThreshold, longContextThreshold < 0 {
      problems.append(
        "long-context threshold is \(longContextThreshold) tokens, expected 0 or more")
    }
    return problems
  }

  /// At least what a call counts at its start, normalised tokens rounded up: its estimate without
  /// what the cache takes off.
  func largestEstimate(of ask: QuotaAsk) -> Int64 {
    let weight = max(1, longContextWeight)
    return Int64(
      (Double(ask.promptTokens) * weight + Double(ask.maximumOutputTokens) * outputRatio)
        .rounded(.up)) + 1
  }

  struct State: QuotaState {
    private var bucket: DrainingLevel
    /// What the bucket drained and could have drained up to its last change; kept here and not in the level, which
    /// other rules keep by the dozen and never ask.
    private var work = DrainWork()
    /// Share of the limit that is in force, millionths.
    private var share = Millionths.one
    private let perUnit: Int64
    private let window: Int64
    private let outputRatio: Int64
    private let cachedDiscount: Int64
    private let longContextThreshold: Int64
    /// What a prompt token beyond the threshold counts more than one, millionths.
    private let longContextExtra: Int64

    init(_ rule: ProvisionedBucket) {
      perUnit = rule.inputTokensPerMinutePerUnit
      window = rule.capacityWindow.nanoseconds
      let rate = rule.units * perUnit
      bucket = DrainingLevel(rate: rate, capacity: Int128(rate) * Int128(window))
      outputRatio = Millionths.rounding(rule.outputRatio)
      cachedDiscount = Millionths.rounding(rule.cachedDiscount)
      longContextThreshold = rule.longContextThreshold ?? Int64.max
      longContextExtra = Millionths.rounding(rule.longContextWeight) - Millionths.one
    }

    /// Checks before it adds: any call may go ahead while the level is not above the capacity.
    @inline(__always)
    func check(_ ask: QuotaAsk, at now: Int64) -> QuotaAnswer {
      bucket.check(0, cause: .provisioned, at: now)
    }

    @inline(__always)
    mutating func commit(_ ask: QuotaAsk, at now: Int64) {
      work += bucket.workSinceChange(at: now)
      bucket.add(DrainingLevel.perMicrotoken * Int128(estimate(ask)), at: now)
    }

    @inline(__always)
    mutating func settle(_ ask: QuotaAsk, _ use: QuotaUse, admittedAt: Int64, at now: Int64) {
      let used = weighted(use.promptTokens, cached: use.cachedTokens, output: use.outputTokens)
      work += bucket.workSinceChange(at: now)
      bucket.add(DrainingLevel.perMicrotoken * Int128(used - estimate(ask)), at: now)
    }

    @inline(__always)
    private func estimate(_ ask: QuotaAsk) -> Int64 {
      weighted(ask.promptTokens, cached: ask.cachedTokens, output: ask.maximumOutputTokens)
    }

    /// Millionths of a normalised token.
    @inline(__always)
    private func weighted(_ prompt: Int64, cached: Int64, output: Int64) -> Int64 {
      input(prompt) - Millionths.share(cachedDiscount, of: input(cached)) + output * outputRatio
    }

    /// The first `count` tokens of a prompt; cached ones come first.
    @inline(__always)
    private func input(_ count: Int64) -> Int64 {
      count * Millionths.one + max(0, count - longContextThreshold) * longContextExtra
    }

    mutating func reduce(toMillionths share: Int64, at now: Int64) {
      work += bucket.workSinceChange(at: now)
      self.share = share
      bucket.reduce(toMillionths: share, at: now)
    }

    /// Goes on with so many units: the level stays in tokens, so with twice the units the utilisation is half of
    /// what it was, and drains twice as fast.
    mutating func resize(units: Int64, at now: Int64) {
      let rate = units * perUnit
      work += bucket.workSinceChange(at: now)
      bucket.resize(
        rate: rate, capacity: Int128(rate) * Int128(window), cutToMillionths: share, at: now)
    }

    func work(at now: Int64) -> DrainWork { work + bucket.workSinceChange(at: now) }

    func reading(at now: Int64) -> QuotaReading { bucket.reading(at: now) }
  }
}
