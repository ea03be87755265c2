import SimulationKernel

/// A commitment from the end of a run to the end of its term, month by month, extrapolated from what
/// was simulated.
public struct CommitmentOutlook: Sendable {
  /// How much is spent compared with what is expected.
  public enum Case: String, CaseIterable, Hashable, Sendable {
    /// Less is spent with a probability of 10 %.
    case p10
    /// Less is spent with a probability of 50 %.
    case p50
    /// Less is spent with a probability of 90 %.
    case p90

    /// The probability.
    public var probability: Double {
      switch self {
      case .p10: 0.1
      case .p50: 0.5
      case .p90: 0.9
      }
    }
  }

  /// A month, or what is left of one.
  public struct Month: Hashable, Sendable {
    /// Its first day.
    public var start: CivilDate
    /// Left of the promise at its start.
    public var opening: Money
    /// Eligible spending.
    public var spend: Money
    /// Left of the promise at its end.
    public var closing: Money
    /// What falls due and is missing in it.
    public var shortfall: Money

    /// Creates a month.
    public init(
      start: CivilDate, opening: Money, spend: Money, closing: Money, shortfall: Money
    ) {
      self.start = start
      self.opening = opening
      self.spend = spend
      self.closing = closing
      self.shortfall = shortfall
    }
  }

  /// Which case it is.
  public var which: Case
  /// The months, in order.
  public private(set) var months: [Month] = []
  /// Day on which the whole promise is met; `nil` where it is not within the term. A drawdown only.
  public private(set) var exhaustion: CivilDate?
  /// All shortfalls to come.
  public var shortfall: Money { months.reduce(.zero) { $0 + $1.shortfall } }

  /// Plays a ledger on from a moment. O(months).
  public init(
    _ ledger: CommitmentLedger, pace: SpendPace, from time: BillingTime, offsetMinutes: Int,
    case which: Case
  ) {
    self.which = which
    var ledger = ledger
    let z = DeterministicMath.normalQuantile(which.probability)
    let factor = max(0, 1 + z * Double(pace.uncertaintyMillionths) / 1e6)
    let millionths = Int64((factor * 1e6).rounded())
    let commitment = ledger.commitment
    exhaustion = ledger.exhausted?.date(offsetMinutes: offsetMinutes)
    var now = max(time, BillingTime(commitment.starts, offsetMinutes: offsetMinutes))
    let end = BillingTime(commitment.ends.adding(days: 1), offsetMinutes: offsetMinutes)
    // What falls due at this very moment belongs to the first month.
    var dueNow = ledger.advance(to: now).reduce(Money.zero) {
      $1.isBilled ? $0 + $1.shortfall : $0
    }
    while now < end {
      let next = min(end, now.nextMonthStart(offsetMinutes: offsetMinutes))
      let start = now.date(offsetMinutes: offsetMinutes)
      let opening = ledger.balance
      // A contract year may end inside a month: what is spent after it counts for the next.
      var spent = Money.zero
      var shortfall = dueNow
      dueNow = .zero
      while now < next {
        let stop = min(next, ledger.next?.time ?? next)
        let spend = pace.expected(from: now, to: stop, offsetMinutes: offsetMinutes)
          .share(millionths: millionths)
        let before = ledger.balance
        ledger.accrue(spend, at: now)
        spent += spend
        if exhaustion == nil, ledger.exhausted != nil, before > .zero {
          let into = Int64(
            (before.dollars / max(spend.dollars, 1e-300) * Double(stop.seconds - now.seconds))
              .rounded(.down))
          exhaustion = now.adding(seconds: min(into, stop.seconds - now.seconds - 1))
            .date(offsetMinutes: offsetMinutes)
        }
        for event in ledger.advance(to: stop) where event.isBilled {
          shortfall += event.shortfall
        }
        now = stop
      }
      months.append(
        Month(
          start: start, opening: opening, spend: spent, closing: ledger.balance,
          shortfall: shortfall))
    }
  }
}
