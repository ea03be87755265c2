import Catalog
import Money
import Multicloud
import Scenario
import SimulationKernel
import Testing

@Suite struct BillingScenarioTests {
  /// A scenario with a contract of these lines, and a `billing` of those.
  private func text(
    contract: String = "", billing: String = "", pool: String = "", starts: String = "2026-03-02"
  ) -> String {
    """
    plimsoll: 1
    starts: \(starts)
    horizon: 1h
    clouds:
      azure:
        contract:
          discount: { all: 5%, gpu: 12% }
    \(contract)
        regions:
          eastus2:
            pools:
              p: { accelerator: H100-SXM, model: llama-3.1-8b, replicas: 6\(pool) }
            endpoints:
              gpt: { model: gpt-5.1, account: prod }
              units: { model: gpt-5.1, type: global-provisioned, units: 300 PTU, spillover: gpt }
              claude: { model: claude-sonnet-4.5, account: prod }
    tenants: { a: {}, b: {} }
    \(billing)
    workloads:
      w: { model: gpt-5.1, tenant: a, arrivals: { poisson: 1/s }, shape: { fixed: { prompt: 8, output: 8 } }, origins: { us-east: 100% } }
      v: { model: llama-3.1-8b, tenant: b, arrivals: { poisson: 1/s }, shape: { fixed: { prompt: 8, output: 8 } }, origins: { us-east: 100% } }
    """
  }

  private func load(_ text: String) throws -> World {
    try ScenarioDocument(text: text, path: "s.yaml").world(
      catalog: try Catalog.bundled(), dataDirectory: nil
    ).world
  }

  private func problems(_ text: String) -> [String] {
    do {
      _ = try load(text)
      return []
    } catch let error as ScenarioError {
      // What the reader says begins with the path of the key.
      return error.diagnostics.map { diagnostic in
        guard diagnostic.message.hasPrefix("clouds."),
          let end = diagnostic.message.firstRange(of: ": ")?.upperBound
        else { return diagnostic.message }
        return String(diagnostic.message[end...])
      }
    } catch {
      return ["\(error)"]
    }
  }

  @Test func whatIsWrittenIsWhatIsBilled() throws {
    let world = try load(
      text(
        contract: """
                credits: 1.5M USD
                utc-offset: 5.5h
                commitments:
                  macc: { amount: 750M USD, term: 3y, starts: 2026-02-01, drawn: 12.5M USD, counts: [gpu, tokens], third-party: 50%, third-party-cap: 25%, shortfall: lapses, milestones: { 2028-01-31: 400M USD, 2027-01-31: 150M USD }, contributors: [prod] }
                reservations:
                  u: { provisioned: global-provisioned, region: eastus2, units: 500, term: 1y, starts: 2026-02-01 }
                  n: { instance: Standard_ND96isr_H100_v5, region: eastus2, count: 2, term: 3y, starts: 2026-01-01, hourly: 40 USD/h, shared: false }
                savings-plans:
                  s: { hourly: 12 USD/h, term: 1y, starts: 2026-01-01, discount: 45% }
          """,
        billing:
          "billing: { unused: { shares: { a: 60%, b: 40% } }, outlook: { load: 60%, growth: 2%, uncertainty: 10% } }",
        starts: "2026-03-02T08:30Z"))
    let billing = try #require(world.billing)
    let contracts = billing.contracts
    #expect(contracts.starts.description == "2026-03-02T08:30:00Z")
    #expect(contracts.accounts.map(\.name) == ["azure", "azure/prod"])
    #expect(billing.accountOfDeployment == [0, 1, 0, 1])
    #expect(
      contracts.accounts[0].discountMillionths == [50_000, 120_000, 50_000, 50_000, 50_000, 50_000])
    #expect(contracts.accounts.map(\.credits) == [Money(dollars: 1_500_000), .zero])
    #expect(contracts.accounts.map(\.offsetMinutes) == [330, 330])
    let macc = contracts.commitments[0]
    #expect(macc.name == "azure/macc" && macc.amount == Money(dollars: 750_000_000))
    #expect(macc.starts.description == "2026-02-01" && macc.ends.description == "2029-01-31")
    #expect(macc.drawn == Money(dollars: 12_500_000) && macc.contributors == [1])
    #expect(macc.counts == [ChargeKinds(.accelerators), ChargeKinds(.tokens)])
    #expect(macc.thirdPartyMillionths == 500_000 && macc.thirdPartyCapMillionths == 250_000)
    #expect(!macc.billsShortfall)
    #expect(
      macc.shape
        == .drawdown(milestones: [
          Commitment.Milestone(amount: Money(dollars: 150_000_000), date: CivilDate("2027-01-31")!),
          Commitment.Milestone(amount: Money(dollars: 400_000_000), date: CivilDate("2028-01-31")!),
        ]))
    let units = contracts.reservations[0]
    // 221 dollars a month, twelve months over 8,760 hours.
    #expect(units.hourly == (Money(dollars: 221) * 500).prorated(12, over: 8760))
    #expect(units.matches == "global-provisioned" && units.ends.description == "2027-01-31")
    #expect(contracts.reservations[1].hourly == Money(dollars: 80))
    #expect(!contracts.reservations[1].isShared && units.isShared)
    #expect(contracts.savingsPlans[0].rates.map(\.millionths) == [550_000])
    #expect(contracts.unused == .shares([600_000, 400_000]))
    #expect(
      billing.outlook
        == Outlook(
          loadMillionths: 600_000, monthlyGrowthMillionths: 20_000, uncertaintyMillionths: 100_000))
    #expect(
      billing.machines[0]
        == MachinePurchase(
          instance: "Standard_ND96isr_H100_v5", instances: 1, replicasPerInstance: 8,
          purchase: .onDemand,
          hourly: Money(picodollars: 98_320_000_000_000)))
    #expect(billing.isThirdParty == [false, false, true])
    #expect(billing.power[0] != nil && billing.grids[0] != nil)
    #expect(world.endpoints[1].picodollarsPerUnitHour == 1_000_000_000_000)
  }

  @Test func nobodyIsBilledWhoDoesNotAsk() throws {
    let plain = text().replacing(
      "    contract:\n      discount: { all: 5%, gpu: 12% }\n\n", with: "")
    #expect(try load(plain).billing == nil)
  }

  @Test func annualFloorsMakeTheirOwnTerm() throws {
    let world = try load(
      text(
        contract: """
                commitments:
                  edp: { floors: [50M USD, 60M USD, 1.2bn USD], starts: 2026-01-15 }
          """))
    let edp = try #require(world.billing?.contracts.commitments.first)
    #expect(edp.amount == Money(dollars: 1_310_000_000))
    #expect(edp.ends.description == "2029-01-14")
  }

  @Test func machinesAreBoughtAsTheScenarioSays() throws {
    func machines(_ pool: String) throws -> MachinePurchase? {
      try load(text(pool: pool)).billing?.machines[0]
    }
    let reserved = try #require(try machines(", purchase: reserved-3y"))
    #expect(reserved.purchase == .reservedThreeYears)
    #expect(reserved.hourly == Money(picodollars: 98_320_000_000_000).share(millionths: 450_000))
    #expect(try machines(", machine-price: 50 USD/h")?.hourly == Money(dollars: 50))
    let own = try #require(try machines(", instance: mine, machine-price: 3 USD/h"))
    #expect(own.instance == "mine" && own.instances == 6)
  }

  private func commitment(_ body: String) -> [String] {
    problems(text(contract: "      commitments:\n        macc: { \(body) }"))
  }

  @Test(arguments: [
    (
      "amount: 750M USD, term: 3y, starts: 2026-02-15",
      "commitment 'macc': its term would end on 2029-02-14, which is no end of a month; the nearest starts are 2026-02-01 and 2026-03-01"
    ),
    ("amount: 750M USD, starts: 2026-02-01", "commitment 'macc': give term, such as 3y"),
    (
      "term: 3y, starts: 2026-02-01",
      "commitment 'macc': give amount, or floors for each contract year"
    ),
    (
      "amount: 1M USD, floors: [1M USD], term: 1y, starts: 2026-02-01",
      "commitment 'macc': give amount or floors, not both"
    ),
    (
      "floors: [1M USD, 2M USD], term: 3y, starts: 2026-02-01",
      "commitment 'macc': 2 floors make a term of 2y"
    ),
    (
      "amount: 1M USD, term: 1y, starts: 2024-02-01",
      "commitment 'macc': it ended on 2025-01-31, before the run starts on 2026-03-02"
    ),
    (
      "amount: 1M USD, term: 1y, starts: 2026-04-01",
      "commitment 'macc': it starts on 2026-04-01, after the run starts on 2026-03-02"
    ),
    (
      "amount: 1M USD, term: 1y, starts: 2026-02-01, drawn: 2M USD",
      "commitment 'macc': more is drawn than was promised"
    ),
    (
      "amount: 1M USD, term: 1y, starts: 2026-02-01, milestones: { 2026-06-15: 1k USD }",
      "commitment 'macc': milestone 2026-06-15: no end of a month; the nearest are 2026-05-31 and 2026-06-30"
    ),
    (
      "amount: 1M USD, term: 1y, starts: 2026-02-01, milestones: { 2027-06-30: 1k USD }",
      "commitment 'macc': milestone 2027-06-30: it is not in the term, 2026-02-01 to 2027-01-31"
    ),
    (
      "amount: 1M USD, term: 1y, starts: 2026-02-01, milestones: { 2026-06-30: 9k USD, 2026-09-30: 1k USD }",
      "commitment 'macc': milestones are cumulative, but that of 2026-09-30 is below that of 2026-06-30"
    ),
    (
      "amount: 1M USD, term: 1y, starts: 2026-02-01, contributors: [prd]",
      "unknown account of azure 'prd' (did you mean 'prod'?)"
    ),
    ("amount: 1M, term: 1y, starts: 2026-02-01", "'1M' has no unit: write 1M USD"),
    (
      "amount: 1M USD, term: 1y, starts: 2026-02-30",
      "there is no day '2026-02-30': expected a day such as 2026-02-01"
    ),
    (
      "amount: 1M USD, term: 12, starts: 2026-02-01",
      "expected a term such as 3y or 18mo, found '12'"
    ),
    ("amount: 2000bn USD, term: 1y, starts: 2026-02-01", "'2000bn USD' is above a trillion USD"),
  ])
  func wrongCommitmentsAreRefused(body: String, message: String) {
    #expect(commitment(body) == [message])
  }

  @Test(arguments: [
    (
      "provisioned: global-standard, region: eastus2, units: 5, term: 1y, starts: 2026-01-01",
      "reservation 'r': global-standard is not sold in units"
    ),
    (
      "provisioned: global-provisioned, region: eastus3, units: 5, term: 1y, starts: 2026-01-01",
      "unknown region of azure 'eastus3' (did you mean 'eastus2'?)"
    ),
    (
      "provisioned: global-provisioned, region: eastus2, units: 5, term: 2y, starts: 2026-01-01",
      "reservation 'r': the catalog has no price of global units reserved for 24 months; give price, such as 221 USD/unit/month"
    ),
    (
      "instance: Standard_ND96isr_H100_v4, region: eastus2, count: 1, term: 1y, starts: 2026-01-01",
      "unknown instance 'Standard_ND96isr_H100_v4' of azure (did you mean 'Standard_ND96isr_H100_v5'?)"
    ),
    (
      "region: eastus2, term: 1y, starts: 2026-01-01",
      "reservation 'r': give provisioned (a deployment type) or instance"
    ),
    (
      "provisioned: global-provisioned, region: eastus2, term: 1y, starts: 2026-01-01",
      "reservation 'r': give units, such as 300 PTU"
    ),
  ])
  func wrongReservationsAreRefused(body: String, message: String) {
    #expect(problems(text(contract: "      reservations:\n        r: { \(body) }")) == [message])
  }

  @Test(arguments: [
    (
      "hourly: 5 USD/h, term: 1y, starts: 2026-01-01",
      "savings plan 's': give discount, or rates by instance type"
    ),
    (
      "hourly: 5 USD/h, term: 1y, starts: 2026-01-01, rates: { Standard_ND96isr_H100_v4: 50% }",
      "savings plan 's': no pool of azure runs on 'Standard_ND96isr_H100_v4' (did you mean 'Standard_ND96isr_H100_v5'?)"
    ),
    (
      "hourly: 5 USD/h, term: 1y, starts: 2026-01-01, discount: 20%, family: ND",
      "savings plan 's': a plan bound to a family names its region"
    ),
    (
      "hourly: 5 USD, term: 1y, starts: 2026-01-01, discount: 20%",
      "expected a price such as 43.16 USD/h, found '5 USD'"
    ),
  ])
  func wrongSavingsPlansAreRefused(body: String, message: String) {
    #expect(problems(text(contract: "      savings-plans:\n        s: { \(body) }")) == [message])
  }

  @Test func aMissingPriceSaysWhatThereIs() {
    let found = problems(text(pool: ", purchase: capacity-block"))
    #expect(
      found == [
        "pool 'p': no capacity-block price of h100-sxm in azure/eastus2; there are prices on-demand, reserved-1y, reserved-3y; or give machine-price"
      ])
    #expect(
      problems(text(billing: "billing: { unused: { tenant: aa } }"))
        == ["unknown tenant 'aa' (did you mean 'a'?)"])
    #expect(
      problems(text().replacing("starts: 2026-03-02\n", with: "")) == [
        "a bill needs the real time of the run; give starts, such as 2026-03-02"
      ])
  }
}
