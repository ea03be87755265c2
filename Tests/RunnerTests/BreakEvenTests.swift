import Money
import Multicloud
import Runner
import Testing

/// At which use provisioned units cost what their tokens would cost by the token: found by simulation.
@Suite struct BreakEvenTests {
  /// An hour of units that are reserved, and what the same requests cost by the token.
  private func hour(rate: Double, term: String) throws -> (
    use: Double, units: Double, tokens: Double
  ) {
    let units = 100
    let run = try BilledRun(
      """
      plimsoll: 1
      starts: 2026-03-02
      horizon: 1h
      clouds:
        azure:
          contract:
            reservations:
              r: { provisioned: global-provisioned, region: eastus2, units: \(units), term: \(term), starts: 2026-03-01 }
          regions:
            eastus2:
              endpoints:
                units: { model: gpt-5.2, type: global-provisioned, units: \(units) PTU }
            westus2:
              endpoints:
                tokens: { model: gpt-5.2, quota: { rule: none } }
      billing: {}
      gateway: { route: preferred }
      workloads:
        on-units: { model: gpt-5.2, prefer: [azure/eastus2], arrivals: { poisson: \(rate)/s }, shape: { fixed: { prompt: 1500, output: 300 } }, origins: { us-east: 100% }, max-tokens: 300 }
      """, level: .none)
    defer { run.remove() }
    let totals = run.outcome.result.deployments[0].totals
    // A unit of gpt-5.2 serves 3,400 input tokens a minute; an output token counts as eight.
    let served = Double(totals.promptTokens + 8 * totals.outputTokens)
    let price = run.world.endpoints[1].price
    let tokens =
      Double(
        price.picodollars(prompt: totals.promptTokens, cached: 0, output: totals.outputTokens))
      / 1e12
    let paid = run.outcome.money!.bill.capacityBilled.dollars
    return (served / (Double(units) * 3400 * 60), paid, tokens)
  }

  /// The use at which both cost the same, between a light hour and a heavy one.
  private func breakEven(term: String) throws -> Double {
    let light = try hour(rate: 0.7, term: term)
    let heavy = try hour(rate: 1.2, term: term)
    #expect(light.use < 0.8 && heavy.use > light.use && heavy.use <= 1.01)
    #expect(light.units == heavy.units)
    // Tokens cost in proportion to use.
    let slope = (heavy.tokens - light.tokens) / (heavy.use - light.use)
    return light.use + (light.units - light.tokens) / slope
  }

  @Test func aMonthsUnitsBreakEvenAtFullUseAndAYearsAtEightyFivePercent() throws {
    let month = try breakEven(term: "1mo")
    let year = try breakEven(term: "1y")
    #expect(abs(month - 1) < 0.01, "\(month)")
    #expect(abs(year - 0.85) < 0.01, "\(year)")
  }
}
