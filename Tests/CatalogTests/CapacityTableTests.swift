import Catalog
import SimulationKernel
import Testing

/// What the catalog says of spot markets and of cold starts.
@Suite struct CapacityTableTests {
  private let catalog: Catalog

  init() throws { catalog = try Catalog.bundled() }

  @Test func `a spot market has the vendor's share and the middle of its band`() throws {
    let market = try #require(
      catalog.spotMarket(cloud: "aws", region: "us-east-1", accelerator: "t4"))
    #expect(market.instance == "g4dn.12xlarge" && market.millionthsOfOnDemand == 360_000)
    #expect(abs(try #require(market.monthlyInterruptions) - 0.125) < 1e-12)
    let one = try #require(
      catalog.spotMarket(
        cloud: "aws", region: "us-east-1", accelerator: "t4", instance: "g4dn.xlarge"))
    #expect(abs(try #require(one.monthlyInterruptions) - 0.175) < 1e-12)
  }

  @Test func `without a band the list prices on spot and on demand make the share`() throws {
    let market = try #require(
      catalog.spotMarket(cloud: "gcp", region: "us-central1", accelerator: "h100-sxm"))
    #expect(market.monthlyInterruptions == nil)
    #expect((1..<1_000_000).contains(market.millionthsOfOnDemand))
    #expect(
      catalog.spotMarket(cloud: "azure", region: "norwayeast", accelerator: "mi300x") == nil)
  }

  @Test func `clouds give notice`() {
    #expect(catalog.spotTerms(cloud: "aws")?.noticeSeconds == 120)
    #expect(catalog.spotTerms(cloud: "nobody") == nil)
  }

  @Test func `stages of a cold start are those of the cloud, else of any`() {
    let azure = catalog.coldStart(cloud: "azure")
    #expect(azure.provisioning == .uniform(lower: 300, upper: 660))
    #expect(azure.loading == .uniform(lower: 480, upper: 600))
    let aws = catalog.coldStart(cloud: "aws")
    #expect(aws.provisioning == .uniform(lower: 120, upper: 480))
    #expect(aws.loading == .uniform(lower: 420, upper: 600))
    #expect(catalog.coldStart(cloud: "mine").warming.mean == 90)
  }

  @Test(arguments: [
    (
      "spot_offers.csv",
      "cloud,region,instance,share_of_on_demand,interruption_band,source,date\n"
        + "aws,us-east-1,p5.48xlarge,0.4,<6%,s,2025\n",
      "spot_offers.csv:2: aws has no interruption_band '<6%' in interruption_bands.csv"
    ),
    (
      "spot_offers.csv",
      "cloud,region,instance,share_of_on_demand,interruption_band,source,date\n"
        + "aws,us-east-1,p5.48xlarge,0,<5%,s,2025\n",
      "spot_offers.csv:2: share_of_on_demand is not above 0 and at most 1"
    ),
    (
      "cold_starts.csv",
      "cloud,stage,least_s,greatest_s,source,date\nany,boot,1,2,s,2025\n",
      "cold_starts.csv:2: stage is 'boot'; expected one of provisioning, loading, warming"
    ),
    (
      "interruption_bands.csv",
      "cloud,band,least_share,greatest_share,source,date\naws,<5%,0,0,s,2025\n",
      "interruption_bands.csv:2: greatest_share is zero"
    ),
  ])
  func `a wrong table is refused with file and line`(file: String, text: String, expected: String) {
    let problem: String
    do {
      var files = CatalogFiles.bundled
      try files.replace(file, with: text)
      _ = try Catalog(files: files)
      problem = ""
    } catch {
      problem = error.description
    }
    #expect(problem == expected)
  }
}
