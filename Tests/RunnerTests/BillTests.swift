import Foundation
import Money
import Multicloud
import Runner
import SimulationKernel
import Testing

@Suite struct BillTests {
  /// Two clouds, everything that costs money, and a month that ends in the run: at midnight UTC on one
  /// cloud, half an hour earlier on the other.
  private static let everything = """
    plimsoll: 1
    starts: 2028-02-29T23:10Z
    horizon: 65m
    clouds:
      azure:
        contract:
          discount: { all: 3%, gpu: 12% }
          credits: 7 USD
          utc-offset: 0.5h
          commitments:
            macc: { amount: 100k USD, term: 1y, starts: 2027-03-01, drawn: 90k USD }
          reservations:
            units: { provisioned: global-provisioned, region: eastus2, units: 100, term: 1y, starts: 2028-01-01 }
        regions:
          eastus2:
            pools:
              h: { accelerator: H100-SXM, model: llama-3.1-8b, replicas: 3 }
            endpoints:
              units: { model: gpt-5.1, type: global-provisioned, units: 60 PTU, spillover: gpt }
              gpt: { model: gpt-5.1, account: prod, quota: { tokens: 3M/min } }
      aws:
        contract:
          commitments:
            edp: { floors: [1M USD, 2M USD], starts: 2027-07-01, drawn: 10k USD }
          savings-plans:
            s: { hourly: 2 USD/h, term: 3y, starts: 2027-01-01, discount: 40% }
        regions:
          us-east-1:
            pools:
              l: { accelerator: L40S, model: llama-3.1-8b, replicas: 2 }
            endpoints:
              claude: { model: claude-sonnet-4.5, quota: { tokens: 2M/min } }
    tenants: { a: { projects: { x: {}, y: {} } }, b: {} }
    billing: { unused: usage }
    gateway: { route: contract-aware, quality-band: 50%, retry: { attempts: 2, backoff: 100ms } }
    workloads:
      ask:
        tenant: a/x
        model: [gpt-5.1, claude-sonnet-4.5]
        arrivals: { poisson: 6/s }
        shape: { independent: { prompt: { lognormal: { median: 900, sigma: 1, max: 8k } }, output: { lognormal: { median: 200, sigma: 0.7, max: 1k } } } }
        origins: { us-east: 100% }
        prompt-cache: { share: 50%, conversations: 50 }
        timeout: 20s
      open:
        tenant: b
        model: llama-3.1-8b
        arrivals: { poisson: 4/s }
        shape: { fixed: { prompt: 600, output: 100 } }
        origins: { us-east: 100% }
      chain:
        tenant: a/y
        model: claude-sonnet-4.5
        arrivals: { poisson: 1/s }
        shape: { fixed: { prompt: 300, output: 60 } }
        origins: { us-east: 100% }
        chain:
          read: { storage: { region: azure/eastus2, time: 20ms, cost: 0.00001 USD }, bytes: 3 MB }
          answer: { call: {}, bytes: 2 kB }
          format: { app: { region: azure/eastus2, time: 5ms, cost: 0.000002 USD } }
    """

  @Test func everyCentOfARunTraces() throws {
    let run = try BilledRun(Self.everything)
    defer { run.remove() }
    let charges = try run.rows("charges")
    let bill = run.bill
    #expect(charges.sum("BilledCost") == bill.total.billed)
    #expect(charges.sum("EffectiveCost") == charges.sum("BilledCost"))
    #expect(bill.invoices.reduce(Money.zero) { $0 + $1.billed } == bill.total.billed)
    for invoice in bill.invoices { #expect(invoice.billed == invoice.billed.roundedToCents) }
    // Azure's month ended at 23:30 UTC, AWS's at midnight; both have begun another.
    #expect(
      Set(bill.invoices.map { $0.end.description }) == [
        "2028-02-29T23:30:00Z", "2028-03-01T00:00:00Z", "2028-03-01T00:15:00Z",
      ])
    // Tenants' charges, and what nobody is charged for, are the accounts' charges.
    var tenants = Money.zero
    for name in ["a", "b"] {
      let written = charges.sum("EffectiveCost") { $0["SubAccountId"] == name }
      #expect(run.money("effective_cost", name) == written)
      tenants += written
    }
    let nobody = charges.sum("EffectiveCost") { $0["SubAccountId"] == "" }
    #expect(run.money("unattributed_cost") == nobody)
    #expect(tenants + nobody == bill.total.effective)
    for account in ["azure", "azure/prod", "aws"] {
      #expect(
        run.money("billed_cost", account)
          == charges.sum("BilledCost") { $0["BillingAccountId"] == account })
    }
    // Token charges at list price are what the requests say they cost, to the picodollar.
    let requests = try run.rows("requests").filter { $0["workload"] != "chain" }
    #expect(
      charges.sum("ListCost") { $0["ConsumedUnit"] == "tokens" } == requests.sum("cost_usd"))
    // Everything that costs money is there.
    for description in [
      "gpu used", "gpu covered by aws/s", "provisioned covered by azure/units",
      "unused part of azure/units", "price of azure/units", "price of aws/s", "tokens used",
      "egress used", "storage used", "application used", "credit",
      "rounding of the invoice to cents", "shortfall of azure/macc",
    ] {
      #expect(charges.contains { $0["ChargeDescription"] == description }, "\(description)")
    }
  }

  /// The ledgers' movements are the eligible charges, and the shortfall is what they left.
  @Test func commitmentsMoveByEligibleCharges() throws {
    let run = try BilledRun(Self.everything)
    defer { run.remove() }
    let charges = try run.rows("charges")
    for commitment in run.bill.commitments {
      let cloud = commitment.ledger.commitment.name.split(separator: "/")[0]
      let eligible = charges.sum("x_EligibleCost") { $0["ProviderName"]! == cloud }
      #expect(eligible == commitment.drawnInRun)
      let days = try run.rows("commitments_daily").filter {
        $0["commitment"] == commitment.ledger.commitment.name
      }
      #expect(days.sum("eligible_day_usd") == commitment.drawnInRun)
    }
    // The drawdown ends in the run: on 29 February at the end of the account's day.
    let macc = run.bill.commitments[0]
    let event = try #require(macc.events.first)
    #expect(event.due.date.description == "2028-02-29" && event.shortfall > .zero)
    #expect(event.shortfall + event.drawn == Money(dollars: 100_000))
    #expect(
      charges.sum("BilledCost") { $0["ChargeDescription"] == "shortfall of azure/macc" }
        == event.shortfall)
    #expect(macc.outlooks.allSatisfy { $0.months.isEmpty })
    let edp = run.bill.commitments[1]
    #expect(edp.middle.months.count == 16)
    #expect(try run.rows("placements").count == 5)
  }

  @Test func theBillIsTheSameWhateverTablesAreWritten() throws {
    let full = try BilledRun(Self.everything, level: .full)
    defer { full.remove() }
    let none = try BilledRun(Self.everything, level: .none)
    defer { none.remove() }
    #expect(full.bill.accounts == none.bill.accounts && full.bill.tenants == none.bill.tenants)
    #expect(full.outcome.result.fingerprint == none.outcome.result.fingerprint)
    #expect(full.bill.kilowattHours == none.bill.kilowattHours)
    #expect(full.exists("charges") && !none.exists("charges"))
  }

  /// More by `PLIMSOLL_BILL_WORLDS`.
  private static let worlds =
    ProcessInfo.processInfo.environment["PLIMSOLL_BILL_WORLDS"].flatMap(Int.init) ?? 5

  /// Books balance, or the run would stop; here under many policies, splits and seeds.
  @Test func booksBalanceInManyWorlds() throws {
    let routes = ["contract-aware", "cost-band", "least-loaded", "nearest", "provisioned-first"]
    let unused = ["usage", "account", "{ tenant: b }", "{ shares: { a: 30%, b: 70% } }"]
    for seed in 0..<Self.worlds {
      let run = try BilledRun(
        Self.everything,
        overrides: [
          "seed=\(seed)", "gateway.route=\(routes[seed % 5])",
          "billing.unused=\(unused[seed % 4])", "horizon=\(12 + 9 * (seed % 9))m",
          "starts=2028-02-29T\(10 + seed % 13):\(10 + seed % 50)Z",
        ])
      defer { run.remove() }
      let charges = try run.rows("charges")
      #expect(charges.sum("BilledCost") == run.bill.total.billed, "seed \(seed)")
      #expect(charges.sum("EffectiveCost") == run.bill.total.effective, "seed \(seed)")
      let tokens = charges.sum("ListCost") { $0["ConsumedUnit"] == "tokens" }
      let requests = try run.rows("requests").filter { $0["workload"] != "chain" }
      #expect(tokens == requests.sum("cost_usd"), "seed \(seed)")
    }
  }

  /// Machines that stand idle for an hour draw what the catalog says, and are paid for.
  @Test func anIdleHourCostsAndDrawsWhatTheCatalogSays() throws {
    let run = try BilledRun(
      """
      plimsoll: 1
      starts: 2026-03-02
      horizon: 1h
      clouds:
        azure:
          regions:
            eastus2:
              pools:
                idle: { accelerator: H100-SXM, model: llama-3.1-8b, replicas: 5 }
      billing: {}
      workloads:
        w: { model: llama-3.1-8b, arrivals: { poisson: 1/h }, start: 59m, end: 3599s, shape: { fixed: { prompt: 8, output: 1 } }, origins: { us-east: 100% } }
      """)
    defer { run.remove() }
    #expect(run.bill.total.billed == Money(picodollars: 98_320_000_000_000))
    let power = run.world.billing!.power[0]!
    let grid = run.world.billing!.grids[0]!
    let idle = 5 * power.idleWatts * power.serverFactor * grid.powerUsageEffectiveness / 1000
    #expect(abs(run.bill.kilowattHours[0] - idle) < idle * 1e-3)
    #expect(
      abs(run.bill.grams[0] - run.bill.kilowattHours[0] * grid.gramsPerKilowattHour) < 1e-9)
  }
}
