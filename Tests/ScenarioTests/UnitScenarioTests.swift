import Multicloud
import Scenario
import SimulationKernel
import Testing

/// Endpoints whose units change.
@Suite struct UnitScenarioTests {
  static let text = """
    plimsoll: 1
    horizon: 30m
    clouds:
      azure:
        regions:
          swedencentral:
            endpoints:
              ptu:
                model: gpt-5.1
                type: data-zone-provisioned
                units: 300 PTU
                elastic: { minimum: 100 PTU, maximum: 600 PTU, lead-time: 10m, market: stock }
                autoscale: { policy: provisioned-units, target: 80%, down-delay: 730h }
              payg: { model: gpt-5.1, type: data-zone-standard }
    markets:
      stock: { region: azure/swedencentral, available: 1000, quota: 500 }
      other: { region: azure/swedencentral, available: 8, accelerator: H100 }
      spot: { region: azure/swedencentral, available: 8, kind: spot }
    workloads:
      answers:
        model: gpt-5.1
        arrivals: { poisson: 40/s }
        shape: { fixed: { prompt: 512, output: 128 } }
        origins: { eu-central: 100% }

    """

  static let ptu = "clouds.azure.regions.swedencentral.endpoints.ptu"
  static let payg = "clouds.azure.regions.swedencentral.endpoints.payg"

  private func world(_ overrides: String...) throws -> World {
    try SmallScenario.load(Self.text, overrides).world
  }

  @Test func `bounds, lead time, market and policy are read`() throws {
    let world = try world()
    #expect(
      world.endpoints[0].elastic
        == ElasticUnits(
          minimum: 100, maximum: 600, increment: 5, leadTime: .constant(600), market: 0))
    #expect(world.endpoints[1].elastic == nil && world.isElastic)
    let group = try #require(world.scaling.first)
    #expect(group.pools == [0] && world.scaling.count == 1)
    #expect(group.settings.policy == "provisioned-units" && group.settings.target == 0.8)
    #expect(group.settings.downDelay == .seconds(730 * 3600))
  }

  @Test func `a deployment's number comes after the pools'`() throws {
    let world = try world(
      "clouds.azure.regions.swedencentral.pools={ own: { accelerator: H100-SXM, model: llama-3.1-8b, "
        + "replicas: 2 } }")
    #expect(world.scaling.map(\.pools) == [[1]])
  }

  @Test func `the least is the catalog's where none is given, by deployment type`() throws {
    let regional = try world(
      "\(Self.ptu).type=regional-provisioned",
      "\(Self.ptu).elastic={ maximum: 600 PTU, lead-time: { exponential: { mean: 5m } } }")
    #expect(
      regional.endpoints[0].elastic
        == ElasticUnits(
          minimum: 50, maximum: 600, increment: 50, leadTime: .exponential(mean: 300)))
    let zone = try world("\(Self.ptu).elastic={ maximum: 600 PTU, lead-time: 0s }")
    #expect(zone.endpoints[0].elastic?.minimum == 15)
    #expect(zone.endpoints[0].elastic?.increment == 5)
  }

  @Test func `units may follow the clock`() throws {
    let world = try world(
      "\(Self.ptu).autoscale={ policy: scheduled, schedule: [ { from: 8:00, replicas: 60 } ] }")
    #expect(world.scaling.first?.settings.schedule.first?.replicas == 60)
  }

  @Test func `without the keys nothing is written out of them`() throws {
    let document = try SmallScenario.document(ManagedModelTests.text)
    #expect(!document.effectiveYAML.contains("elastic"))
    #expect(!document.effectiveYAML.contains("autoscale"))
  }

  @Test(arguments: [
    (
      ["\(ptu).elastic.maximum=602 PTU"],
      "endpoint 'ptu': 602 PTU of gpt-5.1 as data-zone-provisioned are off the steps of 5 from 15; "
        + "the nearest sizes are 600 and 605 PTU"
    ),
    (
      ["\(ptu).elastic.minimum=10 PTU"],
      "endpoint 'ptu': 10 PTU of gpt-5.1 as data-zone-provisioned are below the minimum; the nearest "
        + "sizes are 15 and 20 PTU"
    ),
    (
      ["\(ptu).elastic.maximum=600 GSU"],
      "endpoint 'ptu': gpt-5.1 on azure is sold in PTU, not in GSU"
    ),
    (
      ["\(ptu).elastic.minimum=605 PTU"],
      "endpoint 'ptu': minimum 605 is above maximum 600"
    ),
    (
      ["\(ptu).units=50 PTU"],
      "endpoint 'ptu' begins with 50 units, outside 100 to 600"
    ),
    (
      ["\(payg).elastic={ maximum: 100 PTU, lead-time: 1m }"],
      "endpoint 'payg' is data-zone-standard, which is not sold in units: leave elastic out"
    ),
    (
      ["\(payg).autoscale={ policy: provisioned-units, target: 80% }"],
      "endpoint 'payg' has an autoscaler and no bounds: add elastic, such as elastic: { maximum: 100 "
        + "PTU, lead-time: 10m }"
    ),
    (
      ["\(ptu).autoscale={ policy: target-rate, target: 2/s }"],
      "endpoint 'ptu': target-rate steers by what only replicas tell; for units choose one of "
        + "provisioned-units, scheduled"
    ),
    (
      ["\(ptu).elastic.market=spot"],
      "endpoint 'ptu': units are kept as long as they are wanted, and market 'spot' takes back; give "
        + "it kind: on-demand"
    ),
    (
      ["\(ptu).elastic.market=other"],
      "endpoint 'ptu': market 'other' has h100-sxm, not units; leave its accelerator out"
    ),
    (
      ["\(ptu).elastic.market=stok"], "unknown market 'stok' (did you mean 'stock'?)"
    ),
    (
      ["markets.stock.quota=250"],
      "market 'stock' has a quota of 250 units, and endpoints begin with 300"
    ),
    (
      [
        "clouds.azure.regions.swedencentral.pools={ own: { accelerator: H100-SXM, model: llama-3.1-8b, "
          + "replicas: 1, elastic: { maximum: 2, markets: stock } } }"
      ],
      "endpoint 'ptu' takes units from market 'stock', and pool 'own' takes accelerators: give each a "
        + "market of its own"
    ),
    (
      ["training={ tune: { market: stock, accelerators: 8, work: 1h } }"],
      "endpoint 'ptu' takes units from market 'stock', and job 'tune' takes accelerators: give each a "
        + "market of its own"
    ),
    (
      ["\(ptu).model=o1", "\(ptu).type=regional-provisioned", "\(ptu).units=325 PTU"],
      "endpoint 'ptu': o1 as regional-provisioned is sold in steps of 50 from 25, and an autoscaler "
        + "counts whole steps; leave elastic out"
    ),
  ])
  func `mistakes name the fix`(_ overrides: [String], _ problem: String) {
    let problems = SmallScenario.problems(Self.text, overrides)
    #expect(problems.contains { $0.contains(problem) }, "\(problems)")
  }

  @Test func `windows of tokens do not change`() {
    let problems = SmallScenario.problems(
      ManagedModelTests.text,
      [
        "clouds.gcp.regions.europe-west4.endpoints.gsu.elastic={ maximum: 9 GSU, lead-time: 0s }"
      ])
    #expect(
      problems.contains {
        $0.contains(
          "endpoint 'gsu': only the units of a bucket on utilisation (PTU) can change in a run")
      }, "\(problems)")
  }

  @Test func `figures of units can be asserted where there are some`() throws {
    func assertion(_ name: String) -> String {
      "assert=[ { deployment: azure/swedencentral/\(name), metric: units_mean, at-most: 400 } ]"
    }
    let loaded = try SmallScenario.load(Self.text, [assertion("ptu")])
    #expect(loaded.assertions.count == 1)
    let problems = SmallScenario.problems(Self.text, [assertion("payg")])
    #expect(problems.contains { $0.contains("give an endpoint elastic") }, "\(problems)")
  }
}
