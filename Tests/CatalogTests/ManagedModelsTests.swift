import Catalog
import Foundation
import Testing

/// The shipped tables about models sold by the token.
@Suite struct ManagedModelsTests {
  private let catalog: Catalog

  init() throws { catalog = try Catalog.bundled() }

  @Test func `names and aliases find models, whatever their case`() {
    #expect(catalog.managedModel(named: "GPT-5.2")?.name == "gpt-5.2")
    #expect(catalog.managedModel(named: "claude-sonnet-4-5")?.name == "claude-sonnet-4.5")
    #expect(catalog.managedModel(named: "Gemini 2.5 Pro")?.provider == "google")
    #expect(catalog.managedModel(named: "gpt-5.22") == nil)
    #expect(catalog.managedModelNames.contains("gpt-5.2-2025-12-11"))
    let names = catalog.managedModelNames.map { $0.lowercased() }
    #expect(Set(names).count == names.count)
  }

  @Test func `every managed model has a price somewhere and plausible facts`() {
    for model in catalog.managedModels {
      #expect(!catalog.clouds(selling: model.name).isEmpty, "\(model.name)")
      #expect(model.fullTokensPerSecond < model.idleTokensPerSecond, "\(model.name)")
      #expect(
        model.fullTimeToFirstTokenMilliseconds > model.idleTimeToFirstTokenMilliseconds,
        "\(model.name)")
      #expect(model.outputBurndown == (model.provider == "anthropic" ? 5 : 1), "\(model.name)")
    }
    #expect(catalog.clouds(selling: "claude-sonnet-4.5") == ["azure", "aws", "gcp", "direct"])
    #expect(catalog.clouds(selling: "nothing") == [])
  }

  @Test func `prices are exact`() throws {
    let price = try #require(catalog.tokenPrice(cloud: "Azure", model: "gpt-5.2-2025-12-11"))
    #expect(price.inputPicodollarsPerToken == 1_750_000)
    #expect(price.cachedPicodollarsPerToken == 175_000)
    #expect(price.cacheWritePicodollarsPerToken == nil)
    #expect(price.outputPicodollarsPerToken == 14_000_000)
    #expect(price.regionalUpliftPermille == 1100)
    let long = try #require(catalog.tokenPrice(cloud: "gcp", model: "gemini-2.5-pro")?.longContext)
    #expect(long.thresholdTokens == 200_000)
    #expect(long.inputPicodollarsPerToken == 2_500_000)
    #expect(long.outputPicodollarsPerToken == 15_000_000)
    let cache = try #require(catalog.tokenPrice(cloud: "gcp", model: "gemini-2.0-flash-lite"))
    #expect(cache.cachedPicodollarsPerToken == 18_750)
    #expect(catalog.tokenPrice(cloud: "azure", model: "gemini-2.5-pro") == nil)
    #expect(catalog.tokenPrice(cloud: "azure", model: "nothing") == nil)
    let batch = try #require(catalog.tokenPrice(cloud: "azure", model: "gpt-4.1", tier: .batch))
    #expect(batch.inputPicodollarsPerToken == 1_000_000)
  }

  @Test func `tiers, caches and uplifts stand in a sane relation to the standard price`() throws {
    for price in catalog.tokenPrices {
      let place = "\(price.cloud) \(price.model) \(price.tier.rawValue)"
      let standard = try #require(catalog.tokenPrice(cloud: price.cloud, model: price.model))
      #expect([1000, 1100].contains(price.regionalUpliftPermille), "\(place)")
      #expect(price.inputPicodollarsPerToken > 0 && price.outputPicodollarsPerToken > 0)
      #expect(price.outputPicodollarsPerToken >= price.inputPicodollarsPerToken, "\(place)")
      if let cached = price.cachedPicodollarsPerToken {
        #expect(cached < price.inputPicodollarsPerToken, "\(place)")
      }
      if let written = price.cacheWritePicodollarsPerToken {
        #expect(written > price.inputPicodollarsPerToken, "\(place)")
      }
      if let long = price.longContext {
        #expect(long.inputPicodollarsPerToken > price.inputPicodollarsPerToken, "\(place)")
      }
      switch price.tier {
      case .standard: break
      case .batch, .flex:
        #expect(price.inputPicodollarsPerToken * 2 == standard.inputPicodollarsPerToken, "\(place)")
      case .priority:
        #expect(price.inputPicodollarsPerToken >= standard.inputPicodollarsPerToken, "\(place)")
      }
    }
  }

  /// A month of a fully used unit is worth the same whatever model runs on it, and the weight of an
  /// output token is the ratio of the prices.
  @Test(arguments: [
    "gpt-5.5", "gpt-5.4", "gpt-5.2", "gpt-5.1", "gpt-5", "gpt-5-mini", "gpt-4.1", "gpt-4.1-mini",
    "gpt-4.1-nano",
  ])
  func `provisioned units and token prices agree`(model: String) throws {
    let unit = try #require(catalog.provisionedModel(cloud: "azure", model: model))
    let price = try #require(catalog.tokenPrice(cloud: "azure", model: model))
    let minutesOfMonth = 43_800
    let picodollars =
      Int64(unit.inputTokensPerMinutePerUnit * minutesOfMonth) * price.inputPicodollarsPerToken
    #expect((260_000_000_000_000...262_900_000_000_000).contains(picodollars))
    let ratio = Int64(try #require(unit.outputRatio))
    #expect(price.outputPicodollarsPerToken == ratio * price.inputPicodollarsPerToken)
  }

  @Test func `provisioned models have lots, targets and prices where they are stated`() throws {
    let unit = try #require(catalog.provisionedModel(cloud: "azure", model: "gpt-5.2"))
    #expect(unit.unit == "PTU" && unit.inputTokensPerMinutePerUnit == 3400)
    #expect(unit.globalLot.minimumUnits == 15 && unit.globalLot.incrementUnits == 5)
    #expect(unit.regionalLot?.minimumUnits == 50 && unit.regionalLot?.incrementUnits == 50)
    #expect(unit.latencyTargetTokensPerSecond == 50)
    #expect(unit.regionalPicodollarsPerUnitHour == 2_000_000_000_000)
    #expect(
      unit.dataZonePicodollarsPerUnitHour.map { $0 * 10 }
        == unit.globalPicodollarsPerUnitHour.map { $0 * 11 })
    let llama = try #require(catalog.provisionedModel(cloud: "azure", model: "llama-3.3-70b"))
    #expect(llama.regionalLot == nil && llama.globalLot.minimumUnits == 100)
    let flash = try #require(catalog.provisionedModel(cloud: "gcp", model: "gemini-2.0-flash"))
    // 3,360 tokens a second: 100,800 in a window of 30 s.
    #expect(flash.unit == "GSU" && flash.inputTokensPerMinutePerUnit / 2 == 100_800)
    #expect(catalog.provisionedModels.filter { $0.cloud == "azure" }.count == 33)
    #expect(catalog.provisionedModel(cloud: "aws", model: "gpt-5.2") == nil)
  }

  @Test func `a model's speed under load is the target its units are sold with`() throws {
    for unit in catalog.provisionedModels where unit.latencyTargetTokensPerSecond != nil {
      let model = try #require(catalog.managedModel(named: unit.model))
      #expect(
        model.fullTokensPerSecond == unit.latencyTargetTokensPerSecond.map(Double.init),
        "\(unit.model)")
    }
  }

  @Test func `deployment types answer to their own and the vendor's names`() throws {
    let type = try #require(
      catalog.deploymentType(cloud: "azure", named: "DataZoneProvisionedManaged"))
    #expect(type.name == "data-zone-provisioned")
    #expect(type.processing == .zone && type.kind == .provisioned)
    #expect(
      catalog.deploymentType(cloud: "azure", named: "Standard")?.name == "regional-standard")
    #expect(catalog.deploymentType(cloud: "gcp", named: "provisioned")?.processing == .region)
    #expect(catalog.deploymentType(cloud: "aws", named: "geographic-flex")?.kind == .flex)
    #expect(catalog.deploymentType(cloud: "aws", named: "GlobalStandard") == nil)
    #expect(catalog.deploymentTypeNames(cloud: "azure").contains("developer"))
    #expect(catalog.deploymentTypeNames(cloud: "mars").isEmpty)
  }

  @Test func `default quotas are found by model, type and tier`() throws {
    func quota(_ model: String, _ type: String, _ tier: String) -> DefaultQuota? {
      catalog.defaultQuota(cloud: "azure", model: model, type: type, tier: tier)
    }
    let first = try #require(quota("gpt-5.2", "GlobalStandard", "1"))
    #expect(first.tokensPerMinute == 1_000_000 && first.requestsPerMinute == 10_000)
    #expect(first.requestWindowSeconds == 60 && first.outputTokensPerMinute == nil)
    #expect(quota("gpt-5.2", "global-standard", "6")?.tokensPerMinute == 15_000_000)
    #expect(quota("gpt-5.2", "global-standard", "9") == nil)
    // Stated as 300 requests in 10 s.
    let windowed = try #require(quota("gpt-4o", "data-zone-standard", "1"))
    #expect(windowed.requestsPerMinute == 1800 && windowed.requestWindowSeconds == 10)
    let claude = try #require(quota("claude-opus-4-8", "global-standard", "Enterprise"))
    #expect(claude.tokensPerMinute == 10_000_000 && claude.outputTokensPerMinute == 2_000_000)
    #expect(claude.requestsPerMinute == 10_000)
    #expect(quota("claude-opus-4.8", "global-standard", "free")?.tokensPerMinute == 0)
  }

  @Test func `data zones have the members their cloud names`() throws {
    #expect(catalog.dataZones(cloud: "azure") == ["us", "eu"])
    #expect(catalog.dataZone(cloud: "Azure", region: "norwayeast") == "eu")
    #expect(catalog.dataZone(cloud: "azure", region: "uksouth") == nil)
    #expect(catalog.dataZone(cloud: "azure", region: "nowhere") == nil)
    let europe = catalog.regions(cloud: "azure", dataZone: "EU")
    let members = Set(["FR", "DE", "IT", "NL", "NO", "PL", "ES", "SE", "CH"])
    #expect(members.isSubset(of: Set(europe.map(\.country))))
    #expect(catalog.regions(cloud: "azure", dataZone: "us").allSatisfy { $0.country == "US" })
    #expect(!europe.contains { $0.country == "GB" })
    #expect(catalog.regions(cloud: "azure", dataZone: "").isEmpty)
  }

  @Test func `changing a table of prices changes the hash of the catalog`() throws {
    var files = CatalogFiles.bundled
    try files.replace("default_quotas.csv", with: ManagedTablesTests.quotas)
    let changed = try Catalog(files: files)
    #expect(changed.contentHash != catalog.contentHash)
    #expect(changed.defaultQuotas.isEmpty)
  }
}

/// What is said of wrong tables about managed models.
@Suite struct ManagedTablesTests {
  static let quotas =
    "cloud,model,deployment_type,tier,tokens_per_minute,output_tokens_per_minute,"
    + "requests_per_minute,request_window_seconds,source,date\n"
  static let prices =
    "cloud,model,tier,input_usd_per_million,cached_usd_per_million,cache_write_usd_per_million,"
    + "output_usd_per_million,long_context_threshold_tokens,long_input_usd_per_million,"
    + "long_output_usd_per_million,regional_uplift,source,date\n"
  static let models =
    "name,aliases,provider,context_tokens,max_output_tokens,quality,idle_ttft_ms,"
    + "idle_tokens_per_second,full_ttft_ms,full_tokens_per_second,prefill_ms_per_1k_tokens,"
    + "output_burndown,source,date\n"
  static let units =
    "cloud,model,unit,input_tokens_per_minute_per_unit,output_ratio,global_minimum_units,"
    + "global_increment_units,regional_minimum_units,regional_increment_units,"
    + "latency_target_tokens_per_second,global_usd_per_unit_hour,data_zone_usd_per_unit_hour,"
    + "regional_usd_per_unit_hour,source,date\n"
  static let types = "cloud,name,aliases,vendor_name,processing,kind,source,date\n"

  private func problem(_ file: String, _ text: String) -> String? {
    do {
      var files = CatalogFiles.bundled
      try files.replace(file, with: text)
      _ = try Catalog(files: files)
      return nil
    } catch {
      return error.description
    }
  }

  @Test(arguments: [
    (
      "token_prices.csv", prices + "azure,gpt-5.22,standard,1,,,2,,,,1,s,2026\n",
      "token_prices.csv:2: model is 'gpt-5.22'; expected one of managed_models.csv: gpt-5.5,"
    ),
    (
      "token_prices.csv", prices + "azur,gpt-5.2,standard,1,,,2,,,,1,s,2026\n",
      "token_prices.csv:2: cloud is 'azur'; expected one of deployment_types.csv: azure, aws,"
    ),
    (
      "token_prices.csv", prices + "azure,gpt-5.2,cheap,1,,,2,,,,1,s,2026\n",
      "token_prices.csv:2: tier is 'cheap'; expected one of standard, batch, priority, flex"
    ),
    (
      "token_prices.csv", prices + "azure,gpt-5.2,standard,1.2345678,,,2,,,,1,s,2026\n",
      "token_prices.csv:2: input_usd_per_million is '1.2345678'; expected at most 6 decimals"
    ),
    (
      "token_prices.csv", prices + "azure,gpt-5.2,standard,1e3,,,2,,,,1,s,2026\n",
      "token_prices.csv:2: input_usd_per_million is '1e3'; expected a number such as 1.25"
    ),
    (
      "token_prices.csv", prices + "azure,gpt-5.2,standard,-1,,,2,,,,1,s,2026\n",
      "token_prices.csv:2: input_usd_per_million is '-1'; expected a number such as 1.25"
    ),
    (
      "token_prices.csv", prices + "azure,gpt-5.2,standard,9223372036855,,,2,,,,1,s,2026\n",
      "token_prices.csv:2: input_usd_per_million is '9223372036855', which is too large"
    ),
    (
      "token_prices.csv", prices + "azure,gpt-5.2,standard,1,,,2,200000,2,,1,s,2026\n",
      "token_prices.csv:2: long_output_usd_per_million is empty; fill all of"
    ),
    (
      "token_prices.csv", prices + "azure,gpt-5.2,standard,1,,,2,,,,,s,2026\n",
      "token_prices.csv:2: regional_uplift is ''; expected a number such as 1.25"
    ),
    (
      "token_prices.csv",
      prices + "azure,gpt-5,flex,1,,,2,,,,1,s,2026\nazure,gpt-5,flex,1,,,2,,,,1,s,2026\n",
      "token_prices.csv:3: 'azure/gpt-5/flex' is already the name or alias of another row"
    ),
    (
      "managed_models.csv", models + "m,,p,1000,2000,0.5,1,9,2,8,1,1,s,2026\n",
      "managed_models.csv:2: max_output_tokens is '2000'; expected a whole number from 1 to 1000"
    ),
    (
      "managed_models.csv", models + "m,,p,1000,500,0.5,1,9,2,10,1,1,s,2026\n",
      "managed_models.csv:2: full_tokens_per_second is '10'; expected a number from 0.1 to 9.0"
    ),
    (
      "managed_models.csv", models + "m,,p,1000,500,1.5,1,9,2,8,1,1,s,2026\n",
      "managed_models.csv:2: quality is '1.5'; expected a number from 0.0 to 1.0"
    ),
    (
      "provisioned_models.csv", units + "azure,gpt-5,PTU,1,8,15,5,,50,50,,,,s,2026\n",
      "provisioned_models.csv:2: regional_minimum_units is empty but regional_increment_units is not"
    ),
    (
      "provisioned_models.csv", units + "azure,gpt-5,PTU,0,8,15,5,,,50,,,,s,2026\n",
      "provisioned_models.csv:2: input_tokens_per_minute_per_unit is '0'; expected a whole number"
    ),
    (
      "deployment_types.csv", types + "azure,a,,A,moon,standard,s,2026\n",
      "deployment_types.csv:2: processing is 'moon'; expected one of global, zone, region"
    ),
    (
      "deployment_types.csv",
      types + "azure,a,x,A,zone,flex,s,2026\nazure,b,X,B,zone,flex,s,2026\n",
      "deployment_types.csv:3: 'azure/X' is already the name or alias of another row"
    ),
    (
      "default_quotas.csv", quotas + "azure,gpt-5,geographic-flex,1,10,,10,60,s,2026\n",
      "default_quotas.csv:2: deployment_type is 'geographic-flex'; expected one of "
        + "deployment_types.csv: global-standard, data-zone-standard,"
    ),
    (
      "default_quotas.csv", quotas + "azure,gpt-5,global-standard,1,10,,10,90,s,2026\n",
      "default_quotas.csv:2: request_window_seconds is '90'; expected a whole number from 1 to 60"
    ),
  ])
  func `a wrong table is refused with file, line and what was expected`(
    file: String, text: String, expected: String
  ) throws {
    let message = try #require(problem(file, text))
    #expect(message.hasPrefix(expected), "\(message)")
  }

  @Test func `decimals are read exactly, zeros at their end do not count`() throws {
    var files = CatalogFiles.bundled
    try files.replace(
      "token_prices.csv",
      with: Self.prices
        + "gcp,gpt-5,standard,0.0000010000,0,,9223372036854.775807,,,,1.100,s,2026\n"
    )
    let price = try #require(try Catalog(files: files).tokenPrices.first)
    #expect(price.inputPicodollarsPerToken == 1)
    #expect(price.cachedPicodollarsPerToken == 0)
    #expect(price.outputPicodollarsPerToken == .max)
    #expect(price.regionalUpliftPermille == 1100)
  }
}
