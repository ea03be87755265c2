import SimulationKernel

/// All quotas of a simulation and how far they are used. A quota's id is its place in the specs.
///
/// A call is checked against every quota it falls under and committed to all only when none
/// refuses, so that a refusal leaves no trace. At its end it is settled with the same ask and the
/// time of its admission; nothing is kept per call.
///
/// Times are nanoseconds of simulated time from zero on and never go back.
///
/// - Complexity: O(1) a call, without allocation; O(quotas) memory.
public struct QuotaBook: ~Copyable, Sendable {
  private enum Kind {
    case fixedMinuteTokens
    case slicedRequests
    case provisionedBucket
    case reserveByMinute
    case reserveContinuously
    case windowBurndown
    case separateTokens
    case periodTotal
    case priorityRamp
    case tokenBucket
    case requestBucket
  }

  /// One quota: the kind of its state and the state's place among those of its kind.
  private struct Head {
    var kind: Kind
    var slot: Int32
  }

  private let heads: StateRow<Head>
  private var fixedMinutes: StateRow<FixedMinuteTokens.State>
  private var slices: StateRow<SlicedRequests.State>
  private var provisioned: StateRow<ProvisionedBucket.State>
  private var minuteReserves: StateRow<ReserveAndSettle.MinuteState>
  private var continuousReserves: StateRow<ReserveAndSettle.ContinuousState>
  private var windows: StateRow<WindowBurndown.State>
  private var separates: StateRow<SeparateTokens.State>
  private var periods: StateRow<PeriodTotal.State>
  private var ramps: StateRow<PriorityRamp.State>
  private var tokenBuckets: StateRow<TokenBucket.TokenState>
  private var requestBuckets: StateRow<TokenBucket.RequestState>

  /// Creates the book with nothing used.
  ///
  /// - Precondition: ``QuotaSpec/problems()`` is empty for every quota.
  public init(_ specs: [QuotaSpec]) {
    var heads: [Head] = []
    var fixedMinutes: [FixedMinuteTokens.State] = []
    var slices: [SlicedRequests.State] = []
    var provisioned: [ProvisionedBucket.State] = []
    var minuteReserves: [ReserveAndSettle.MinuteState] = []
    var continuousReserves: [ReserveAndSettle.ContinuousState] = []
    var windows: [WindowBurndown.State] = []
    var separates: [SeparateTokens.State] = []
    var periods: [PeriodTotal.State] = []
    var ramps: [PriorityRamp.State] = []
    var tokenBuckets: [TokenBucket.TokenState] = []
    var requestBuckets: [TokenBucket.RequestState] = []
    for spec in specs {
      let problems = spec.problems()
      precondition(problems.isEmpty, "\(problems)")
      let kind: Kind
      let slot: Int
      switch spec.rule {
      case .fixedMinuteTokens(let rule):
        (kind, slot) = (.fixedMinuteTokens, fixedMinutes.count)
        fixedMinutes.append(FixedMinuteTokens.State(rule))
      case .slicedRequests(let rule):
        (kind, slot) = (.slicedRequests, slices.count)
        slices.append(SlicedRequests.State(rule))
      case .provisionedBucket(let rule):
        (kind, slot) = (.provisionedBucket, provisioned.count)
        provisioned.append(ProvisionedBucket.State(rule))
      case .reserveAndSettle(let rule):
        if rule.window == .minuteEdges {
          (kind, slot) = (.reserveByMinute, minuteReserves.count)
          minuteReserves.append(ReserveAndSettle.MinuteState(rule))
        } else {
          (kind, slot) = (.reserveContinuously, continuousReserves.count)
          continuousReserves.append(ReserveAndSettle.ContinuousState(rule))
        }
      case .windowBurndown(let rule):
        (kind, slot) = (.windowBurndown, windows.count)
        windows.append(WindowBurndown.State(rule))
      case .separateTokens(let rule):
        (kind, slot) = (.separateTokens, separates.count)
        separates.append(SeparateTokens.State(rule))
      case .periodTotal(let rule):
        (kind, slot) = (.periodTotal, periods.count)
        periods.append(PeriodTotal.State(rule))
      case .priorityRamp(let rule):
        (kind, slot) = (.priorityRamp, ramps.count)
        ramps.append(PriorityRamp.State(rule))
      case .tokenBucket(let rule):
        if rule.unit == .tokens {
          (kind, slot) = (.tokenBucket, tokenBuckets.count)
          tokenBuckets.append(TokenBucket.TokenState(rule))
        } else {
          (kind, slot) = (.requestBucket, requestBuckets.count)
          requestBuckets.append(TokenBucket.RequestState(rule))
        }
      }
      heads.append(Head(kind: kind, slot: Int32(slot)))
    }
    self.heads = StateRow(heads)
    self.fixedMinutes = StateRow(fixedMinutes)
    self.slices = StateRow(slices)
    self.provisioned = StateRow(provisioned)
    self.minuteReserves = StateRow(minuteReserves)
    self.continuousReserves = StateRow(continuousReserves)
    self.windows = StateRow(windows)
    self.separates = StateRow(separates)
    self.periods = StateRow(periods)
    self.ramps = StateRow(ramps)
    self.tokenBuckets = StateRow(tokenBuckets)
    self.requestBuckets = StateRow(requestBuckets)
  }

  /// Number of quotas.
  public var count: Int { heads.count }

  /// Whether a call may go ahead at `now`; changes nothing.
  public func check(_ quota: Int, _ ask: QuotaAsk, at now: Int64) -> QuotaAnswer {
    let head = heads[quota]
    let slot = Int(head.slot)
    return switch head.kind {
    case .fixedMinuteTokens: fixedMinutes[slot].check(ask, at: now)
    case .slicedRequests: slices[slot].check(ask, at: now)
    case .provisionedBucket: provisioned[slot].check(ask, at: now)
    case .reserveByMinute: minuteReserves[slot].check(ask, at: now)
    case .reserveContinuously: continuousReserves[slot].check(ask, at: now)
    case .windowBurndown: windows[slot].check(ask, at: now)
    case .separateTokens: separates[slot].check(ask, at: now)
    case .periodTotal: periods[slot].check(ask, at: now)
    case .priorityRamp: ramps[slot].check(ask, at: now)
    case .tokenBucket: tokenBuckets[slot].check(ask, at: now)
    case .requestBucket: requestBuckets[slot].check(ask, at: now)
    }
  }

  /// Takes what a call asks for, after no quota of the call refused it.
  ///
  /// What a quota answered, ``QuotaAnswer/overflows`` or ``QuotaAnswer/downgraded``, it finds again
  /// here and takes accordingly, as long as nothing came in between.
  public mutating func commit(_ quota: Int, _ ask: QuotaAsk, at now: Int64) {
    let head = heads[quota]
    let slot = Int(head.slot)
    switch head.kind {
    case .fixedMinuteTokens: fixedMinutes[slot].commit(ask, at: now)
    case .slicedRequests: slices[slot].commit(ask, at: now)
    case .provisionedBucket: provisioned[slot].commit(ask, at: now)
    case .reserveByMinute: minuteReserves[slot].commit(ask, at: now)
    case .reserveContinuously: continuousReserves[slot].commit(ask, at: now)
    case .windowBurndown: windows[slot].commit(ask, at: now)
    case .separateTokens: separates[slot].commit(ask, at: now)
    case .periodTotal: periods[slot].commit(ask, at: now)
    case .priorityRamp: ramps[slot].commit(ask, at: now)
    case .tokenBucket: tokenBuckets[slot].commit(ask, at: now)
    case .requestBucket: requestBuckets[slot].commit(ask, at: now)
    }
  }

  /// Corrects what a call took at `admittedAt` to what it used, at its end.
  ///
  /// A call that failed is settled with ``QuotaUse/none``. A call that this quota answered with
  /// ``QuotaAnswer/overflows`` took nothing and must not be settled.
  ///
  /// - Precondition: `ask` and `admittedAt` are those of the commit.
  public mutating func settle(
    _ quota: Int, _ ask: QuotaAsk, _ use: QuotaUse, admittedAt: Int64, at now: Int64
  ) {
    assert(admittedAt <= now)
    let head = heads[quota]
    let slot = Int(head.slot)
    switch head.kind {
    case .fixedMinuteTokens: fixedMinutes[slot].settle(ask, use, admittedAt: admittedAt, at: now)
    case .slicedRequests: slices[slot].settle(ask, use, admittedAt: admittedAt, at: now)
    case .provisionedBucket: provisioned[slot].settle(ask, use, admittedAt: admittedAt, at: now)
    case .reserveByMinute: minuteReserves[slot].settle(ask, use, admittedAt: admittedAt, at: now)
    case .reserveContinuously:
      continuousReserves[slot].settle(ask, use, admittedAt: admittedAt, at: now)
    case .windowBurndown: windows[slot].settle(ask, use, admittedAt: admittedAt, at: now)
    case .separateTokens: separates[slot].settle(ask, use, admittedAt: admittedAt, at: now)
    case .periodTotal: periods[slot].settle(ask, use, admittedAt: admittedAt, at: now)
    case .priorityRamp: ramps[slot].settle(ask, use, admittedAt: admittedAt, at: now)
    case .tokenBucket: tokenBuckets[slot].settle(ask, use, admittedAt: admittedAt, at: now)
    case .requestBucket: requestBuckets[slot].settle(ask, use, admittedAt: admittedAt, at: now)
    }
  }

  /// Cuts the limit in force to a share of the agreed one from `now` on, kept to the millionth and
  /// rounded down to whole tokens or requests; a share of 1 ends the cut. Cuts do not add up.
  ///
  /// Until its effects are gone, a refusal that would not have happened at the full limit has the
  /// cause ``QuotaCause/reduced``.
  ///
  /// Source: Azure OpenAI troubleshooting of 429 (temporarily lowered effective limit), read 2026-08.
  ///
  /// - Precondition: `share` is of 0 to 1.
  public mutating func reduce(_ quota: Int, toShare share: Double, at now: Int64) {
    precondition(share >= 0 && share <= 1, "a cut leaves a share of 0 to 1")
    let millionths = Millionths.rounding(share)
    let head = heads[quota]
    let slot = Int(head.slot)
    switch head.kind {
    case .fixedMinuteTokens: fixedMinutes[slot].reduce(toMillionths: millionths, at: now)
    case .slicedRequests: slices[slot].reduce(toMillionths: millionths, at: now)
    case .provisionedBucket: provisioned[slot].reduce(toMillionths: millionths, at: now)
    case .reserveByMinute: minuteReserves[slot].reduce(toMillionths: millionths, at: now)
    case .reserveContinuously: continuousReserves[slot].reduce(toMillionths: millionths, at: now)
    case .windowBurndown: windows[slot].reduce(toMillionths: millionths, at: now)
    case .separateTokens: separates[slot].reduce(toMillionths: millionths, at: now)
    case .periodTotal: periods[slot].reduce(toMillionths: millionths, at: now)
    case .priorityRamp: ramps[slot].reduce(toMillionths: millionths, at: now)
    case .tokenBucket: tokenBuckets[slot].reduce(toMillionths: millionths, at: now)
    case .requestBucket: requestBuckets[slot].reduce(toMillionths: millionths, at: now)
    }
  }

  /// Gives a provisioned bucket another number of units from `now` on. What is in it stays, in tokens: utilisation
  /// and the time until it is under its limit change with the units, and calls under way are settled as before.
  ///
  /// The vendor does not say what becomes of the utilisation at a change of units; tokens that stay are what
  /// "drains at a rate according to the units deployed" comes to (Azure OpenAI, "Provisioned throughput", 2026-05).
  ///
  /// - Precondition: the quota is a ``ProvisionedBucket``, and units times their tokens fit in 64 bits.
  public mutating func resize(_ quota: Int, units: Int64, at now: Int64) {
    precondition(heads[quota].kind == .provisionedBucket, "only provisioned buckets have units")
    precondition(units > 0, "a bucket without units cannot drain")
    provisioned[Int(heads[quota].slot)].resize(units: units, at: now)
  }

  /// What a provisioned bucket has drained and could have drained up to `now`.
  func drainWork(_ quota: Int, at now: Int64) -> DrainWork {
    precondition(heads[quota].kind == .provisionedBucket, "only provisioned buckets have units")
    return provisioned[Int(heads[quota].slot)].work(at: now)
  }

  /// How far a quota is used at `now`.
  public func reading(_ quota: Int, at now: Int64) -> QuotaReading {
    let head = heads[quota]
    let slot = Int(head.slot)
    return switch head.kind {
    case .fixedMinuteTokens: fixedMinutes[slot].reading(at: now)
    case .slicedRequests: slices[slot].reading(at: now)
    case .provisionedBucket: provisioned[slot].reading(at: now)
    case .reserveByMinute: minuteReserves[slot].reading(at: now)
    case .reserveContinuously: continuousReserves[slot].reading(at: now)
    case .windowBurndown: windows[slot].reading(at: now)
    case .separateTokens: separates[slot].reading(at: now)
    case .periodTotal: periods[slot].reading(at: now)
    case .priorityRamp: ramps[slot].reading(at: now)
    case .tokenBucket: tokenBuckets[slot].reading(at: now)
    case .requestBucket: requestBuckets[slot].reading(at: now)
    }
  }
}
