import Money
import Multicloud
import Runner
import Tables
import Testing

@Suite struct ContractAwareTests {
  /// The same model at the same price on two clouds, a promise on each.
  private func text(azure: String, aws: String, route: String = "contract-aware") -> String {
    """
    plimsoll: 1
    starts: 2026-03-02
    horizon: 20m
    clouds:
      azure:
        contract: { commitments: { macc: \(azure) } }
        regions: { eastus2: { endpoints: { claude: { model: claude-opus-4.8, quota: { rule: none } } } } }
      aws:
        contract: { commitments: { edp: \(aws) } }
        regions: { us-east-1: { endpoints: { claude: { model: claude-opus-4.8, quota: { rule: none } } } } }
    gateway: { route: \(route) }
    workloads:
      w: { model: claude-opus-4.8, arrivals: { poisson: 20/s }, shape: { fixed: { prompt: 1000, output: 200 } }, origins: { us-east: 100% } }
    """
  }

  private func completed(_ text: String) throws -> [Int64] {
    let run = try BilledRun(text, level: .none)
    defer { run.remove() }
    return run.outcome.result.deployments.map(\.totals.completed)
  }

  private let short = "{ amount: 900M USD, term: 3y, starts: 2026-02-01 }"
  private let met = "{ amount: 1M USD, term: 3y, starts: 2026-02-01, drawn: 1M USD }"

  @Test(arguments: ["contract-aware", "contract-aware, forecast: pace"])
  func dollarsGoWhereTheyAreOwedAnyway(route: String) throws {
    let toAzure = try completed(text(azure: short, aws: met, route: route))
    #expect(toAzure[1] == 0 && toAzure[0] > 20_000)
    let toAWS = try completed(text(azure: met, aws: short, route: route))
    #expect(toAWS[0] == 0 && toAWS[1] > 20_000)
  }

  /// A promise that half of the demand just meets takes what it needs, and the other gets the rest.
  @Test func aPromiseTakesWhatItNeedsAndNoMore() throws {
    // 20 requests a second cost 0.01 dollars each: about 720 dollars an hour, 18.4 million until the end
    // of the term.
    let run = try BilledRun(
      text(
        azure: "{ amount: 9M USD, term: 3y, starts: 2026-02-01 }",
        aws: "{ amount: 9M USD, term: 3y, starts: 2026-02-01 }"), level: .none)
    defer { run.remove() }
    let drawn = run.bill.commitments.map(\.drawnInRun.dollars)
    #expect(abs(drawn[0] / (drawn[0] + drawn[1]) - 0.5) < 0.1)
    #expect(run.bill.projectedShortfall < Money(dollars: 900_000))
  }

  @Test func whatThePolicySavesIsSaid() throws {
    let run = try BilledRun(
      text(azure: short, aws: met), level: .none, comparedTo: "cost-band")
    defer { run.remove() }
    let regret = try #require(run.outcome.money?.regret)
    #expect(regret.policy == "cost-band")
    #expect(regret.shortfall < .zero && regret.overTerm < .zero)
    // Requests in flight at the end differ, prices do not.
    #expect(abs(regret.billed.dollars) < 5)
    let metrics = run.outcome.summary.map(\.metric)
    #expect(metrics.contains("regret_shortfall_against_cost-band"))
  }

  @Test func theNextTokenGoesWhereItIsOwed() throws {
    let run = try BilledRun(text(azure: met, aws: short, route: "nearest"), level: .none)
    defer { run.remove() }
    let next = try #require(run.outcome.money?.marginal.first)
    #expect(run.world.deploymentName(next.deployment) == "aws/us-east-1/claude")
    #expect(next.perMillion < next.contractedPerMillion)
  }
}
