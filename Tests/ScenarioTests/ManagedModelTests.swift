import Multicloud
import Scenario
import SimulationKernel
import Testing

/// Endpoints whose figures come from the catalog.
@Suite struct ManagedModelTests {
  static let text = """
    plimsoll: 1
    horizon: 30m
    clouds:
      azure:
        regions:
          swedencentral:
            endpoints:
              ptu: { model: gpt-5.1, type: data-zone-provisioned, units: 300 PTU, spillover: payg }
              payg: { model: gpt-5.1, type: data-zone-standard }
              world: { model: gpt-5.1 }
              gpt4: { model: gpt-4.1, type: data-zone-standard }
      gcp:
        regions:
          europe-west4:
            endpoints:
              gsu: { model: gemini-2.0-flash, type: regional-provisioned, units: 5 GSU }
      aws:
        regions:
          eu-central-1:
            endpoints:
              claude: { model: claude-sonnet-4.5, quota: { tokens: 2M/min } }
    workloads:
      answers:
        model: [gpt-5.1, claude-sonnet-4.5, gemini-2.0-flash, gpt-4.1]
        arrivals: { poisson: 40/s }
        shape: { fixed: { prompt: 512, output: 128 } }
        origins: { eu-central: 100% }

    """

  static let endpoints = "clouds.azure.regions.swedencentral.endpoints"

  private func world(_ overrides: String...) throws -> World {
    try SmallScenario.load(Self.text, overrides).world
  }

  private func problems(_ overrides: String...) -> [String] {
    SmallScenario.problems(Self.text, overrides)
  }

  @Test func whatTheCatalogKnowsNeedNotBeWritten() throws {
    let world = try world()
    #expect(world.providers == ["openai", "google", "anthropic"])
    #expect(world.accounts == ["azure/azure", "gcp/gcp", "aws/aws"])
    #expect(world.models == ["gpt-5.1", "gpt-4.1", "gemini-2.0-flash", "claude-sonnet-4.5"])
    #expect(world.modelQuality.allSatisfy { $0 > 0 && $0 <= 1 })
    #expect(world.modelQuality.count == 4)
    let payg = world.endpoints[1]
    #expect(payg.contextTokens == 400_000)
    #expect(payg.service.curve.map(\.load) == [0, 1])
    #expect(payg.service.curve[0].timeToFirstToken < payg.service.curve[1].timeToFirstToken)
    #expect(payg.service.curve[0].tokensPerSecond > payg.service.curve[1].tokensPerSecond)
    #expect(payg.service.prefillPerToken > .zero)
  }

  @Test func pricesAreThoseOfTheCloudAndDearerInAZone() throws {
    let world = try world()
    let global = TokenPrice(input: 1_250_000, cachedInput: 125_000, output: 10_000_000)
    #expect(world.endpoints[2].price == global)
    #expect(
      world.endpoints[1].price
        == TokenPrice(input: 1_375_000, cachedInput: 137_500, output: 11_000_000))
    #expect(world.endpoints[0].price == TokenPrice())
  }

  @Test func unitsAreAQuotaOfTheirOwn() throws {
    let world = try world()
    #expect(world.endpoints[0].kind == .provisioned)
    #expect(world.endpoints[0].spillover == 1)
    let name = "azure/swedencentral/ptu:provisioned"
    #expect(
      world.quotas[world.endpoints[0].quotas[0]]
        == QuotaSpec(
          name: name,
          rule: .provisionedBucket(
            ProvisionedBucket(
              units: 300, inputTokensPerMinutePerUnit: 4750, outputRatio: 8, minimumUnits: 15,
              unitIncrement: 5))))
    #expect(
      world.quotas[world.endpoints[4].quotas[0]].rule
        == .windowBurndown(
          WindowBurndown(units: 5, tokensPerSecondPerUnit: 3360, outputBurndown: 4)))
  }

  @Test func anOutputTokenOfClaudeBurnsFiveOfItsQuota() throws {
    let world = try world()
    #expect(
      world.quotas[world.endpoints[5].quotas[0]].rule
        == .reserveAndSettle(ReserveAndSettle(tokensPerMinute: 2_000_000, outputBurndown: 5)))
  }

  @Test func aliasesAreOneModel() throws {
    #expect(try world("\(Self.endpoints).world.model=GPT-5.1-2025-11-13").models.count == 4)
  }

  @Test(arguments: [
    (
      "\(endpoints).ptu.units=10 PTU",
      "endpoint 'ptu': 10 PTU of gpt-5.1 as data-zone-provisioned are below the minimum; the nearest "
        + "sizes are 15 and 20 PTU"
    ),
    (
      "\(endpoints).ptu.units=302",
      "endpoint 'ptu': 302 PTU of gpt-5.1 as data-zone-provisioned are off the steps of 5 from 15; "
        + "the nearest sizes are 300 and 305 PTU"
    ),
    (
      "\(endpoints).ptu={ model: gpt-5.1, type: regional-provisioned, units: 75 PTU }",
      "endpoint 'ptu': 75 PTU of gpt-5.1 as regional-provisioned are off the steps of 50 from 50; "
        + "the nearest sizes are 50 and 100 PTU"
    ),
    (
      "\(endpoints).ptu.units=5 GSU",
      "endpoint 'ptu': gpt-5.1 on azure is sold in PTU, not in GSU"
    ),
    (
      "\(endpoints).ptu.units=0 PTU",
      "\(endpoints).ptu.units: '0 PTU' is out of range: expected 1 to 10M units"
    ),
    (
      "\(endpoints).world.units=15 PTU",
      "endpoint 'world' is global-standard, which is not sold in units"
    ),
    (
      "\(endpoints).ptu={ model: gpt-5.1, type: global-provisioned }",
      "8:11 endpoint 'ptu' is global-provisioned: give units, such as 15 PTU"
    ),
    (
      "clouds.aws.regions.eu-central-1.endpoints.claude.type=reserved",
      ""
    ),
    (
      "clouds.aws.regions.eu-central-1.endpoints.claude={ model: claude-sonnet-4.5, type: reserved }",
      "21:11 endpoint 'claude': the catalog does not know what a unit of claude-sonnet-4.5 on aws "
        + "serves; give quota in place of units"
    ),
    (
      "\(endpoints).ptu.spillover=world",
      "endpoint 'ptu' cannot spill to 'world': global-standard and data-zone-provisioned process in "
        + "different places"
    ),
    (
      "\(endpoints).ptu.spillover=gpt4",
      "endpoint 'ptu' cannot spill to 'gpt4', which serves gpt-4.1, not gpt-5.1"
    ),
    (
      "\(endpoints).payg.spillover=ptu",
      "endpoint 'payg' cannot spill to 'ptu', which is data-zone-provisioned: only pay-as-you-go "
        + "takes spillover"
    ),
    (
      "\(endpoints).gpt4.model=gpt-41",
      "the catalog has no managed model 'gpt-41' (did you mean 'gpt-4.1'?); for a model of your own "
        + "give provider, context, service.curve"
    ),
    (
      "clouds.gcp.regions.europe-west4.endpoints.gsu.model=gpt-5.1",
      "16:78 endpoint 'gsu': the catalog does not know what a unit of gpt-5.1 on gcp serves; give quota in "
        + "place of units"
    ),
    (
      "clouds.gcp.regions.europe-west4.endpoints.gsu={ model: gpt-5.1, type: regional-standard }",
      "16:11 endpoint 'gsu': the catalog has no standard price of gpt-5.1 on gcp; give price"
    ),
  ])
  func problemsWithTheCatalog(_ change: String, _ problem: String) {
    #expect(
      problems(change).filter { !$0.contains("asks for model") }
        == (problem.isEmpty ? [] : [problem]))
  }

  @Test func aBandOfQualityNeedsTheQualities() throws {
    let text = Self.text.replacing(
      "gpt-4.1, type: data",
      with: "own, provider: me, context: 8k, "
        + "service: { curve: [ { load: 0%, ttft: 1s, speed: 9/s } ] }, type: data"
    )
    .replacing("gpt-4.1]", with: "own]")
    #expect(
      SmallScenario.problems(text, ["gateway.route=cost-band"]) == [
        "route cost-band: the quality of model 'own' is unknown; give it as models: { own: { "
          + "quality: 70% } }"
      ])
    let described = try SmallScenario.load(
      text, ["gateway.route=cost-band", "models={ own: { quality: 70% } }"]
    ).world
    #expect(described.modelQuality[described.workloads[0].alternatives[2]] == 0.7)
  }
}
