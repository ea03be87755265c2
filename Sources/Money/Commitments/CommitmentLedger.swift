/// A commitment as it is drawn down: what counted, what falls due, what was missing.
///
/// Eligible charges count by the day on which they arise, in the term of the account's own calendar.
/// A drawdown's milestones and end are cumulative; what was missing at one and billed counts towards
/// the later ones, so nothing is billed twice. Annual floors stand for themselves: what a contract year
/// has too much is not carried over. Source: Microsoft, BillingBenefits API (milestones, automatic
/// shortfall), 2025; AWS discount programmes as described by advisers, 2025.
public struct CommitmentLedger: Sendable {
  /// What was promised.
  public let commitment: Commitment
  /// What counted since the term began; of annual floors, since the present contract year began.
  public private(set) var drawn: Money
  /// What was missing at due dates and billed.
  public private(set) var billedShortfall = Money.zero
  /// When the whole amount had been drawn; `nil` where it has not. Drawdowns only.
  public private(set) var exhausted: BillingTime?
  private let offsetMinutes: Int
  private let dues: [Due]
  private var nextDue: Int
  private var thirdPartyDrawn = Money.zero

  /// A date at which spending is held against the promise.
  public struct Due: Hashable, Sendable {
    /// The last day that counts.
    public var date: CivilDate
    /// The moment after it.
    public var time: BillingTime
    /// What must have been spent: since the start, or in the contract year.
    public var required: Money
    /// Whether it ends the term.
    public var isLast: Bool
  }

  /// What happened at a due date.
  public struct Event: Hashable, Sendable {
    /// The date and what was asked.
    public var due: Due
    /// What counted.
    public var drawn: Money
    /// What was missing and not billed before.
    public var shortfall: Money
    /// Whether the shortfall is billed; otherwise it lapses.
    public var isBilled: Bool
  }

  /// Opens the ledger at a moment; due dates before it are taken as settled.
  ///
  /// - Parameter offsetMinutes: How far the account's calendar is ahead of UTC.
  public init(_ commitment: Commitment, offsetMinutes: Int, at start: BillingTime) {
    self.commitment = commitment
    self.offsetMinutes = offsetMinutes
    drawn = commitment.drawn
    func due(_ date: CivilDate, _ required: Money) -> Due {
      Due(
        date: date, time: BillingTime(date.adding(days: 1), offsetMinutes: offsetMinutes),
        required: required, isLast: date == commitment.ends)
    }
    switch commitment.shape {
    case .drawdown(let milestones):
      let early = milestones.filter { $0.date < commitment.ends }.map { due($0.date, $0.amount) }
      dues = early.sorted { $0.date < $1.date } + [due(commitment.ends, commitment.amount)]
    case .annualFloors(let floors):
      dues = floors.enumerated().map { year, floor in
        due(commitment.starts.adding(months: 12 * (year + 1)).adding(days: -1), floor)
      }
    }
    nextDue = dues.firstIndex { $0.time > start } ?? dues.count
    if case .drawdown = commitment.shape, drawn >= commitment.amount { exhausted = start }
  }

  /// The next date at which something is due; `nil` after the term.
  public var next: Due? { nextDue < dues.count ? dues[nextDue] : nil }

  /// What must still be spent until the next due date; zero where enough was.
  public var missing: Money {
    guard let next else { return .zero }
    return max(.zero, next.required - drawn - credit)
  }

  /// What is left of the promise: of the whole amount, or of the present contract year's floor.
  public var balance: Money {
    if case .drawdown = commitment.shape {
      return max(.zero, commitment.amount - drawn - billedShortfall)
    }
    return missing
  }

  /// Shortfalls billed before, as far as they count towards later dates.
  private var credit: Money {
    if case .drawdown = commitment.shape { return billedShortfall }
    return .zero
  }

  /// Whether a moment is within the term.
  public func isInTerm(_ time: BillingTime) -> Bool {
    let date = time.date(offsetMinutes: offsetMinutes)
    return commitment.starts <= date && date <= commitment.ends
  }

  /// Whether charges of an account and kind can count.
  public func covers(account: Int, kind: ChargeKind) -> Bool {
    commitment.contributors.contains(account) && commitment.counts.contains(kind)
  }

  /// Counts a charge and returns what of it is eligible.
  ///
  /// - Precondition: due dates before `time` were settled by ``advance(to:)``.
  public mutating func accrue(
    _ amount: Money, kind: ChargeKind, isThirdParty: Bool, account: Int, at time: BillingTime
  ) -> Money {
    guard covers(account: account, kind: kind), isInTerm(time) else { return .zero }
    var eligible = amount
    if isThirdParty {
      let room =
        commitment.amount.share(millionths: commitment.thirdPartyCapMillionths) - thirdPartyDrawn
      eligible = max(
        .zero, min(amount.share(millionths: commitment.thirdPartyMillionths), room))
      thirdPartyDrawn += eligible
    }
    accrue(eligible, at: time)
    return eligible
  }

  /// Counts an amount that is eligible.
  public mutating func accrue(_ eligible: Money, at time: BillingTime) {
    if let next { precondition(time < next.time, "what is due is settled before more is counted") }
    drawn += eligible
    if case .drawdown = commitment.shape, exhausted == nil,
      drawn + billedShortfall >= commitment.amount
    {
      exhausted = time
    }
  }

  /// Takes back what credits paid for: it does not count. Never more than was drawn.
  public mutating func retract(_ amount: Money) {
    drawn -= min(amount, drawn)
  }

  /// Settles every due date up to a moment, in order.
  public mutating func advance(to time: BillingTime) -> [Event] {
    var events: [Event] = []
    while let due = next, due.time <= time {
      let shortfall = missing
      events.append(
        Event(
          due: due, drawn: drawn, shortfall: shortfall, isBilled: commitment.billsShortfall))
      if commitment.billsShortfall { billedShortfall += shortfall }
      nextDue += 1
      if case .annualFloors = commitment.shape { drawn = .zero }
    }
    return events
  }
}
