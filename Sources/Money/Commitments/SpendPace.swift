import SimulationKernel

/// How fast eligible money was spent in a simulated window, and what that says of the time to come.
///
/// Two kinds of spending stand apart: by use, which follows demand, and for capacity, which costs the
/// same every hour. An hour of a later month is taken to cost
/// `use × load × (1 + growth)^months + capacity`, where `months` counts calendar months since the window
/// and `load` is the average demand over that of the window. All that is to come shares one relative
/// error, normal, with a given standard deviation.
public struct SpendPace: Hashable, Sendable {
  /// Eligible spending by use in the window.
  public var use: Money
  /// Eligible spending for capacity in the window.
  public var capacity: Money
  /// Length of the window, seconds.
  public var seconds: Int64
  /// When the window began.
  public var start: BillingTime
  /// Average demand over that of the window, millionths.
  public var loadMillionths: Int64
  /// Growth of demand a month, millionths.
  public var monthlyGrowthMillionths: Int64
  /// Relative standard deviation of all spending to come, millionths.
  public var uncertaintyMillionths: Int64

  /// Creates a pace.
  public init(
    use: Money, capacity: Money, seconds: Int64, start: BillingTime,
    loadMillionths: Int64 = 1_000_000, monthlyGrowthMillionths: Int64 = 0,
    uncertaintyMillionths: Int64 = 200_000
  ) {
    self.use = use
    self.capacity = capacity
    self.seconds = seconds
    self.start = start
    self.loadMillionths = loadMillionths
    self.monthlyGrowthMillionths = monthlyGrowthMillionths
    self.uncertaintyMillionths = uncertaintyMillionths
  }

  /// Spending expected between two moments of one calendar month of an account.
  public func expected(
    from: BillingTime, to: BillingTime, offsetMinutes: Int = 0
  ) -> Money {
    guard seconds > 0, to > from else { return .zero }
    let span = to.seconds - from.seconds
    let months = SpendPace.months(
      from: start.date(offsetMinutes: offsetMinutes), to: from.date(offsetMinutes: offsetMinutes))
    let growth = DeterministicMath.pow(
      1 + Double(monthlyGrowthMillionths) / 1e6, Double(max(0, months)))
    // A million times the present spending is more than any promise, and more would pass 128 bits.
    let factor = Int64(min(1e12, Double(loadMillionths) * growth).rounded())
    return use.prorated(span, over: seconds).share(millionths: factor)
      + capacity.prorated(span, over: seconds)
  }

  /// Spending expected between any two moments, month by month. O(months).
  public func expectedInAll(
    from: BillingTime, to: BillingTime, offsetMinutes: Int = 0
  ) -> Money {
    var sum = Money.zero
    var time = from
    while time < to {
      let next = min(to, time.nextMonthStart(offsetMinutes: offsetMinutes))
      sum += expected(from: time, to: next, offsetMinutes: offsetMinutes)
      time = next
    }
    return sum
  }

  /// Probability that spending until the next due date falls short of what is missing:
  /// `Φ((missing − expected) / (σ · expected))`. 0 where nothing is missing or due.
  public func probabilityOfShortfall(
    _ ledger: CommitmentLedger, at time: BillingTime, offsetMinutes: Int = 0
  ) -> Double {
    guard let due = ledger.next, time < due.time else { return 0 }
    return probability(
      missing: ledger.missing,
      expected: expectedInAll(from: time, to: due.time, offsetMinutes: offsetMinutes))
  }

  func probability(missing: Money, expected: Money) -> Double {
    if missing <= .zero { return 0 }
    if expected <= .zero { return 1 }
    let deviation = expected.dollars * Double(uncertaintyMillionths) / 1e6
    let gap = missing.dollars - expected.dollars
    if deviation <= 0 { return gap > 0 ? 1 : 0 }
    return DeterministicMath.normalProbability(below: gap / deviation)
  }

  /// The cheap stand-in for the probability where nobody forecasts:
  /// `clamp(γ · (required − actual) / required, 0, 1)` of the paces.
  public static func paceGap(
    required: Money, actual: Money, gamma: Double = 1
  ) -> Double {
    guard required > .zero else { return 0 }
    let gap = (required.dollars - actual.dollars) / required.dollars
    return min(1, max(0, gamma * gap))
  }

  /// Calendar months from one date to another, days disregarded.
  static func months(from: CivilDate, to: CivilDate) -> Int {
    let (a, b) = (from.parts, to.parts)
    return (b.year - a.year) * 12 + b.month - a.month
  }
}
