import Catalog
import ServingEngine
import Testing

@Suite struct MoneyTableTests {
  private let catalog: Catalog

  init() throws { catalog = try Catalog.bundled() }

  private func ask(
    _ cloud: String = "azure", _ region: String = "eastus2", _ accelerator: String = "h100-sxm",
    each: Int = 1, replicas: Int = 6, purchase: String = "on-demand", instance: String? = nil,
    asOf: String? = nil
  ) -> MachineAsk {
    MachineAsk(
      cloud: cloud, region: region, accelerator: accelerator, acceleratorsPerReplica: each,
      replicas: replicas, purchase: purchase, instance: instance, asOf: asOf)
  }

  @Test func poolsRunOnWholeInstances() throws {
    let six = try catalog.machines(ask())
    #expect(six.instance.name == "Standard_ND96isr_H100_v5" && six.count == 1)
    #expect(six.picodollarsPerHour == 98_320_000_000_000)
    #expect(try catalog.machines(ask(replicas: 9)).count == 2)
    // Eight accelerators hold two replicas of three, not two and a half.
    #expect(try catalog.machines(ask(each: 3, replicas: 5)).count == 3)
  }

  @Test func theCheapestAltogetherIsTaken() throws {
    // One of eight costs less than eight of one only where that many are needed.
    let few = try catalog.machines(ask("aws", "us-east-1", replicas: 3))
    #expect(few.instance.name == "p5.4xlarge" && few.count == 3)
    let one = try catalog.machines(
      ask("aws", "us-east-1", replicas: 3, instance: "p5.48xlarge"))
    #expect(one.instance.name == "p5.48xlarge" && one.count == 1)
  }

  @Test func purchaseOptionsHaveTheirPrices() throws {
    func price(_ cloud: String, _ region: String, _ purchase: String, _ instance: String) throws
      -> Double
    {
      Double(
        try catalog.machines(
          ask(cloud, region, purchase: purchase, instance: instance)
        ).picodollarsPerHour) / 1e12
    }
    let gcp = "a3-highgpu-8g"
    #expect(abs(try price("gcp", "us-central1", "reserved-3y", gcp) - 38.86) < 0.005)
    #expect(
      try price("gcp", "us-central1", "spot", gcp) < price("gcp", "us-central1", "on-demand", gcp))
    #expect(try price("aws", "us-east-1", "capacity-block", "p5.48xlarge") == 39.33)
    // No list has it by instance: a share of the price on demand.
    #expect(abs(try price("aws", "us-east-1", "reserved-1y", "p5.48xlarge") - 55.04 * 0.62) < 1e-9)
  }

  @Test(arguments: [
    (
      "azure", "norwayeast", "mi300x", "on-demand", String?.none,
      "no price of mi300x in azure/norwayeast; there are prices in eastus2, "
    ),
    (
      "azure", "eastus2", "l40s", "on-demand", nil,
      "no price of 1 × l40s on azure; there are prices of "
    ),
    (
      "azure", "eastus2", "h100-sxm", "capacity-block", nil,
      "no capacity-block price of h100-sxm in azure/eastus2; there are prices on-demand, "
        + "reserved-1y, reserved-3y"
    ),
    (
      "aws", "us-east-1", "h100-sxm", "on-demand", "p9.huge",
      "aws has no instance 'p9.huge' with 1 or more h100-sxm; there are p5.48xlarge, p5.4xlarge"
    ),
  ])
  func whatIsMissingIsSaidWithWhatThereIs(
    cloud: String, region: String, accelerator: String, purchase: String, instance: String?,
    text: String
  ) {
    #expect {
      try catalog.machines(
        ask(cloud, region, accelerator, purchase: purchase, instance: instance))
    } throws: {
      let gap = "\($0)"
      if !gap.hasPrefix(text) { Issue.record("\(gap)") }
      return gap.hasPrefix(text)
    }
  }

  @Test func theNewestListNotAfterTheDateCounts() throws {
    var files = CatalogFiles.bundled
    try files.replace(
      "gpu_prices.csv",
      with: """
        cloud,region,instance,purchase,usd_per_hour,source,date
        azure,eastus2,Standard_ND96isr_H100_v5,on-demand,100,a list,2025
        azure,eastus2,Standard_ND96isr_H100_v5,on-demand,90,a list,2026-03-01
        azure,eastus2,Standard_ND96isr_H100_v5,on-demand,80.5,a list,2026-09-01

        """)
    let own = try Catalog(files: files)
    func price(_ asOf: String?) throws -> Int64 {
      try own.machines(ask(asOf: asOf)).picodollarsPerHour / 1_000_000_000
    }
    #expect(try price(nil) == 80_500)
    #expect(try price("2026-08-31") == 90_000)
    #expect(try price("2026-03-01") == 90_000)
    #expect(try price("2026-02-28") == 100_000)
    #expect(try price("2024-01-01") == 100_000)
    #expect(own.contentHash != catalog.contentHash)
  }

  @Test func dataIsPricedByTheMostSpecificRow() {
    func price(_ cloud: String, _ from: String, _ toCloud: String, _ to: String) -> Int64? {
      catalog.transferPrice(
        cloud: cloud, from: catalog.region(cloud: cloud, name: from)!, toCloud: toCloud,
        to: catalog.region(cloud: toCloud, name: to)!
      ).map { $0 / 1_000_000_000 }
    }
    #expect(price("aws", "us-east-1", "aws", "us-east-2") == 10)
    #expect(price("aws", "us-east-1", "aws", "eu-west-1") == 20)
    #expect(price("aws", "us-east-1", "azure", "eastus2") == 90)
    #expect(price("azure", "eastus2", "azure", "westus2") == 20)
    #expect(price("azure", "brazilsouth", "azure", "eastus2") == 181)
    #expect(price("azure", "swedencentral", "aws", "us-east-1") == 87)
    #expect(price("gcp", "us-central1", "gcp", "us-east1") == 10)
    #expect(price("azure", "eastus2", "azure", "eastus2") == 0)
  }

  @Test func everyRegionHasAGridAndEveryAcceleratorAPowerCurve() {
    for region in catalog.regions {
      #expect(catalog.grid(cloud: region.cloud, region: region.name) != nil, "\(region.name)")
    }
    for accelerator in catalog.accelerators {
      let power = catalog.power(ofAccelerator: accelerator.name)
      #expect(power != nil, "\(accelerator.name)")
      if let power {
        #expect(power.idleWatts <= power.activeWatts && power.activeWatts <= power.maximumWatts)
      }
    }
  }

  @Test func whoseModelsACloudSellsAsItsOwn() {
    #expect(!catalog.isThirdParty(cloud: "azure", provider: "openai"))
    #expect(catalog.isThirdParty(cloud: "azure", provider: "anthropic"))
    #expect(catalog.isThirdParty(cloud: "aws", provider: "anthropic"))
    #expect(
      catalog.unitReservation(cloud: "azure", processing: "global", termMonths: 1)
        == 260_000_000_000_000)
    #expect(
      catalog.unitReservation(cloud: "azure", processing: "global", termMonths: 12)
        == 221_000_000_000_000)
  }

  @Test(arguments: [
    (
      "gpu_prices.csv",
      "cloud,region,instance,purchase,usd_per_hour,source,date\nazure,eastus2,Standard_ND96isr_H100_v5,later,1,a,2026\n",
      "purchase is 'later'; expected one of on-demand"
    ),
    (
      "gpu_prices.csv",
      "cloud,region,instance,purchase,usd_per_hour,source,date\nazure,eastus2,ND1,spot,1,a,2026\n",
      "azure has no instance 'ND1' in instances.csv"
    ),
    (
      "instances.csv", "cloud,name,accelerator,accelerators,source,date\nazure,a,h900,8,a,2026\n",
      "accelerator is 'h900'; expected one of t4"
    ),
    (
      "power.csv",
      "accelerator,idle_watts,active_watts,maximum_watts,half_batch,server_factor,source,date\nt4,50,40,70,8,1.5,a,2026\n",
      "active_watts is '40'; expected a number from 50.0"
    ),
    (
      "purchase_discounts.csv",
      "cloud,purchase,share_of_on_demand,source,date\naws,spot,1.2,a,2026\n",
      "share_of_on_demand is above 1"
    ),
  ])
  func wrongTablesAreRefused(file: String, text: String, message: String) throws {
    var files = CatalogFiles.bundled
    try files.replace(file, with: text)
    #expect { try Catalog(files: files) } throws: {
      let error = "\($0)"
      if !error.contains(message) { Issue.record("\(error)") }
      return error.contains(message)
    }
  }
}
