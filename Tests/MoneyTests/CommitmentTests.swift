import Money
import SimulationKernel
import Testing

@Suite struct CommitmentTests {
  private static func date(_ text: String) -> CivilDate { CivilDate(text)! }
  private static func time(_ text: String) -> BillingTime { BillingTime(date(text)) }

  private func macc(
    _ amount: Int64, milestones: [(Int64, String)] = [], drawn: Int64 = 0
  ) -> Commitment {
    var commitment = Commitment(
      name: "macc", account: 0, amount: Money(dollars: amount), starts: Self.date("2026-02-01"),
      ends: Self.date("2029-01-31"),
      shape: .drawdown(
        milestones: milestones.map {
          Commitment.Milestone(amount: Money(dollars: $0.0), date: Self.date($0.1))
        }))
    commitment.drawn = Money(dollars: drawn)
    return commitment
  }

  private func ledger(_ commitment: Commitment, at start: String = "2026-02-01") -> CommitmentLedger
  {
    CommitmentLedger(commitment, offsetMinutes: 0, at: Self.time(start))
  }

  @Test func aShortfallIsWhatTheTermLeavesUndrawn() {
    var ledger = ledger(macc(750_000_000))
    for month in 0..<36 {
      ledger.accrue(
        Money(dollars: 20_000_000), at: BillingTime(Self.date("2026-02-10").adding(months: month)))
    }
    #expect(ledger.balance == Money(dollars: 30_000_000))
    #expect(ledger.advance(to: Self.time("2029-01-31")).isEmpty)
    let events = ledger.advance(to: Self.time("2029-02-01"))
    #expect(events.map(\.shortfall) == [Money(dollars: 30_000_000)])
    #expect(events.map(\.due.date) == [Self.date("2029-01-31")])
    #expect(ledger.next == nil && ledger.balance == .zero)
  }

  @Test func whatWasBilledAtAMilestoneIsNotBilledAgain() {
    var ledger = ledger(macc(100, milestones: [(30, "2027-01-31"), (60, "2028-01-31")]))
    ledger.accrue(Money(dollars: 20), at: Self.time("2026-05-01"))
    #expect(ledger.advance(to: Self.time("2027-02-01")).map(\.shortfall) == [Money(dollars: 10)])
    ledger.accrue(Money(dollars: 35), at: Self.time("2027-05-01"))
    #expect(ledger.advance(to: Self.time("2028-02-01")).map(\.shortfall) == [.zero])
    #expect(ledger.advance(to: Self.time("2030-01-01")).map(\.shortfall) == [Money(dollars: 35)])
    #expect(ledger.billedShortfall + ledger.drawn == Money(dollars: 100))
  }

  @Test func aShortfallThatLapsesIsStillMissingLater() {
    var commitment = macc(100, milestones: [(30, "2027-01-31")])
    commitment.billsShortfall = false
    var ledger = ledger(commitment)
    let events = ledger.advance(to: Self.time("2029-02-01"))
    #expect(events.map(\.shortfall) == [Money(dollars: 30), Money(dollars: 100)])
    #expect(events.allSatisfy { !$0.isBilled })
  }

  @Test func everyContractYearStandsForItself() {
    let commitment = Commitment(
      name: "edp", account: 0, amount: Money(dollars: 180), starts: Self.date("2026-03-15"),
      ends: Self.date("2029-03-14"),
      shape: .annualFloors([Money(dollars: 50), Money(dollars: 60), Money(dollars: 70)]))
    var ledger = ledger(commitment, at: "2026-03-15")
    ledger.accrue(Money(dollars: 80), at: Self.time("2027-03-14"))
    #expect(ledger.advance(to: Self.time("2027-03-15")).map(\.shortfall) == [.zero])
    #expect(ledger.drawn == .zero && ledger.missing == Money(dollars: 60))
    ledger.accrue(Money(dollars: 45), at: Self.time("2027-06-01"))
    #expect(
      ledger.advance(to: Self.time("2029-03-15")).map(\.shortfall)
        == [Money(dollars: 15), Money(dollars: 70)])
  }

  @Test func onlyWhatTheContractNamesCounts() {
    var commitment = macc(1000)
    commitment.contributors = [0, 2]
    commitment.counts = [ChargeKinds(.tokens), ChargeKinds(.units)]
    commitment.thirdPartyMillionths = 500_000
    commitment.thirdPartyCapMillionths = 250_000
    var ledger = ledger(commitment)
    func count(
      _ dollars: Int64, _ kind: ChargeKind, third: Bool = false, account: Int = 0,
      on day: String = "2026-03-01"
    ) -> Money {
      ledger.accrue(
        Money(dollars: dollars), kind: kind, isThirdParty: third, account: account,
        at: Self.time(day))
    }
    #expect(count(10, .tokens) == Money(dollars: 10))
    #expect(count(10, .accelerators) == .zero)
    #expect(count(10, .units, account: 2) == Money(dollars: 10))
    #expect(count(10, .units, account: 1) == .zero)
    #expect(count(10, .tokens, on: "2026-01-31") == .zero)
    // Half of third parties' charges counts, up to a quarter of the amount.
    #expect(count(400, .tokens, third: true) == Money(dollars: 200))
    #expect(count(400, .tokens, third: true) == Money(dollars: 50))
    #expect(count(400, .tokens, third: true) == .zero)
    #expect(ledger.drawn == Money(dollars: 270))
    #expect(ledger.exhausted == nil)
    #expect(count(730, .tokens, on: "2026-04-05") == Money(dollars: 730))
    #expect(ledger.exhausted == Self.time("2026-04-05"))
    ledger.retract(Money(dollars: 100))
    #expect(ledger.drawn == Money(dollars: 900))
  }

  /// Whatever is spent whenever: at the end of the term what was drawn and what was billed for
  /// shortfalls make up the promise, and no due date is billed beyond what it asks.
  @Test func nothingIsBilledTwiceInRandomTerms() {
    var random = SplitMix64(seed: 11)
    for _ in 0..<400 {
      let amounts = (0..<Int(random.next() % 4)).map { _ in Int64(random.next() % 1000) }.sorted()
      let milestones = amounts.enumerated().map { index, amount in
        (
          amount,
          CivilDate("2026-01-31")!.adding(months: 7 * (index + 1)).nextMonthStart
            .adding(days: -1).description
        )
      }
      var ledger = ledger(macc(1000, milestones: milestones))
      var day = Self.date("2026-02-01")
      var billed = Money.zero
      while true {
        day = day.adding(days: Int(random.next() % 60) + 1)
        for event in ledger.advance(to: BillingTime(day)) where event.isBilled {
          #expect(
            event.shortfall + event.drawn + billed <= max(event.due.required, event.drawn + billed))
          billed += event.shortfall
        }
        if ledger.next == nil { break }
        ledger.accrue(Money(dollars: Int64(random.next() % 40)), at: BillingTime(day))
      }
      #expect(ledger.drawn + billed >= Money(dollars: 1000))
      #expect(billed == ledger.billedShortfall)
      if ledger.drawn >= Money(dollars: 1000) { #expect(ledger.exhausted != nil || billed > .zero) }
    }
  }

  // MARK: Forecast

  private func pace(
    use: Int64, capacity: Int64 = 0, load: Int64 = 1_000_000, growth: Int64 = 0,
    uncertainty: Int64 = 200_000
  ) -> SpendPace {
    SpendPace(
      use: Money(dollars: use), capacity: Money(dollars: capacity), seconds: 3600,
      start: Self.time("2026-02-01"), loadMillionths: load, monthlyGrowthMillionths: growth,
      uncertaintyMillionths: uncertainty)
  }

  @Test func spendingToComeFollowsTheRule() {
    let (from, to) = (Self.time("2026-02-01"), Self.time("2026-04-01"))
    // 59 days of 24 hours; 28 in February, 31 in March.
    #expect(pace(use: 10).expectedInAll(from: from, to: to) == Money(dollars: 59 * 240))
    #expect(
      pace(use: 10, capacity: 5, load: 600_000).expectedInAll(from: from, to: to)
        == Money(dollars: 59 * 24 * 11))
    #expect(
      pace(use: 10, growth: 100_000).expectedInAll(from: from, to: to)
        == Money(dollars: 28 * 240 + 31 * 264))
    // 2028 has a leap day.
    #expect(
      pace(use: 10).expectedInAll(from: Self.time("2028-02-01"), to: Self.time("2028-03-01"))
        == Money(dollars: 29 * 240))
  }

  @Test func theProbabilityOfAShortfallIsTheNormalOne() {
    // 26,280 hours until the end of the term, three years with a leap day: 26,304.
    let hours: Int64 = 26_304
    func probability(_ use: Int64, of amount: Int64) -> Double {
      pace(use: use).probabilityOfShortfall(
        ledger(macc(amount)), at: Self.time("2026-02-01"))
    }
    #expect(probability(100, of: hours * 100) == 0.5)
    // One and two standard deviations of 20 %.
    #expect(abs(probability(100, of: hours * 120) - 0.8413447460685429) < 1e-12)
    #expect(abs(probability(100, of: hours * 60) - 0.022750131948179195) < 1e-12)
    #expect(probability(0, of: 10) == 1)
    let met = ledger(macc(100, drawn: 100))
    #expect(pace(use: 1).probabilityOfShortfall(met, at: Self.time("2026-03-01")) == 0)
    #expect(pace(use: 1).probabilityOfShortfall(ledger(macc(9)), at: Self.time("2029-02-01")) == 0)
    var last = 1.0
    for use in stride(from: Int64(10), through: 200, by: 10) {
      let next = probability(use, of: hours * 100)
      #expect(next <= last)
      last = next
    }
  }

  @Test func thePaceGapIsClamped() {
    func gap(_ actual: Int64, gamma: Double = 1) -> Double {
      SpendPace.paceGap(
        required: Money(dollars: 100), actual: Money(dollars: actual), gamma: gamma)
    }
    #expect(gap(100) == 0 && gap(150) == 0 && gap(0) == 1)
    #expect(gap(75) == 0.25 && gap(75, gamma: 2) == 0.5 && gap(25, gamma: 2) == 1)
    #expect(SpendPace.paceGap(required: .zero, actual: Money(dollars: 1)) == 0)
  }

  @Test func theOutlookSaysWhenThePromiseIsMetOrWhatIsMissing() {
    let start = Self.time("2026-02-01")
    func outlook(_ use: Int64, of amount: Int64, _ which: CommitmentOutlook.Case)
      -> CommitmentOutlook
    {
      CommitmentOutlook(
        ledger(macc(amount)), pace: pace(use: use), from: start, offsetMinutes: 0, case: which)
    }
    // 100 dollars an hour meet 240,000 after 100 days: on 12 May 2026.
    let met = outlook(100, of: 240_000, .p50)
    #expect(met.exhaustion == Self.date("2026-05-12") && met.shortfall == .zero)
    #expect(met.months.count == 36)
    let short = outlook(100, of: 26_304 * 100 + 500, .p50)
    #expect(short.exhaustion == nil && short.shortfall == Money(dollars: 500))
    #expect(short.months.last?.shortfall == Money(dollars: 500))
    #expect(
      outlook(100, of: 26_304 * 100, .p10).shortfall > Money(dollars: 600_000)
        && outlook(100, of: 26_304 * 100, .p90).exhaustion != nil)
    for month in short.months {
      #expect(month.opening - month.spend <= month.closing + month.shortfall)
    }
  }

  @Test func aContractYearThatEndsInsideAMonthSplitsIt() {
    let commitment = Commitment(
      name: "edp", account: 0, amount: Money(dollars: 200_000), starts: Self.date("2026-01-16"),
      ends: Self.date("2028-01-15"),
      shape: .annualFloors([Money(dollars: 100_000), Money(dollars: 100_000)]))
    let outlook = CommitmentOutlook(
      ledger(commitment, at: "2026-12-16"), pace: pace(use: 10), from: Self.time("2026-12-16"),
      offsetMinutes: 0, case: .p50)
    // 31 days at 240 dollars until 15 January, then a year of 365 days.
    #expect(
      outlook.months.filter { $0.shortfall > .zero }.map(\.shortfall)
        == [Money(dollars: 100_000 - 31 * 240), Money(dollars: 100_000 - 365 * 240)])
  }
}
