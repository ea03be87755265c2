/// From the rows of the tables about managed models to their types, with every reference checked.
extension Catalog {
  private static var milliseconds: ClosedRange<Double> { 0...600_000 }
  private static var speed: ClosedRange<Double> { 0.1...1_000_000 }
  private static var count: ClosedRange<Int> { 0...1_000_000_000_000 }
  private static var some: ClosedRange<Int> { 1...1_000_000_000_000 }

  static func readManagedModels(
    _ files: CatalogFiles
  ) throws(CatalogError) -> [ManagedModelFacts] {
    let rows = try CatalogTable.managedModels.rows(in: files)
    var result: [ManagedModelFacts] = []
    for row in rows {
      let context = try row.integer("context_tokens", in: 1...1_000_000_000)
      let idleSpeed = try row.number("idle_tokens_per_second", in: speed)
      let idleTime = try row.number("idle_ttft_ms", in: milliseconds)
      result.append(
        ManagedModelFacts(
          name: try row.required("name"), aliases: row.names("aliases"),
          provider: try row.required("provider"), contextTokens: context,
          maxOutputTokens: try row.integer("max_output_tokens", in: 1...context),
          quality: try row.number("quality", in: 0...1),
          idleTimeToFirstTokenMilliseconds: idleTime, idleTokensPerSecond: idleSpeed,
          // A loaded service is never faster than an idle one.
          fullTimeToFirstTokenMilliseconds: try row.number(
            "full_ttft_ms", in: idleTime...milliseconds.upperBound),
          fullTokensPerSecond: try row.number(
            "full_tokens_per_second", in: speed.lowerBound...idleSpeed),
          prefillMillisecondsPerThousandTokens: try row.number(
            "prefill_ms_per_1k_tokens", in: milliseconds),
          outputBurndown: try row.integer("output_burndown", in: 1...1000)))
    }
    try checkUnique(rows, names: result.map { [$0.name] + $0.aliases })
    return result
  }

  static func readDeploymentTypes(
    _ files: CatalogFiles
  ) throws(CatalogError) -> [DeploymentTypeFacts] {
    let rows = try CatalogTable.deploymentTypes.rows(in: files)
    var result: [DeploymentTypeFacts] = []
    for row in rows {
      result.append(
        DeploymentTypeFacts(
          cloud: try row.required("cloud"), name: try row.required("name"),
          aliases: row.names("aliases"), vendorName: try row.required("vendor_name"),
          processing: try row.choice("processing"), kind: try row.choice("kind")))
    }
    try checkUnique(
      rows,
      names: result.map { type in
        let own = [type.name] + type.aliases
        // The vendor's name may be the name itself.
        let vendor = matches(type.vendorName, type.name, type.aliases) ? [] : [type.vendorName]
        return (own + vendor).map { type.cloud + "/" + $0 }
      })
    return result
  }

  static func readTokenPrices(
    _ files: CatalogFiles, _ references: ManagedReferences
  ) throws(CatalogError) -> [TokenPrice] {
    let rows = try CatalogTable.tokenPrices.rows(in: files)
    var result: [TokenPrice] = []
    for row in rows {
      result.append(
        TokenPrice(
          cloud: try references.cloud(row), model: try references.model(row),
          tier: try row.choice("tier"),
          inputPicodollarsPerToken: try row.picodollarsPerToken("input_usd_per_million"),
          cachedPicodollarsPerToken: try row.optional(
            "cached_usd_per_million", row.picodollarsPerToken),
          cacheWritePicodollarsPerToken: try row.optional(
            "cache_write_usd_per_million", row.picodollarsPerToken),
          outputPicodollarsPerToken: try row.picodollarsPerToken("output_usd_per_million"),
          longContext: try longContext(row),
          regionalUpliftPermille: try row.scaledDecimal("regional_uplift", digits: 3)))
    }
    try checkUnique(
      rows, names: result.map { ["\($0.cloud)/\($0.model)/\($0.tier.rawValue)"] })
    return result
  }

  private static func longContext(
    _ row: TableText.Row
  ) throws(CatalogError) -> TokenPrice.LongContext? {
    let columns = [
      "long_context_threshold_tokens", "long_input_usd_per_million", "long_output_usd_per_million",
    ]
    if columns.allSatisfy({ row.text($0).isEmpty }) { return nil }
    for column in columns where row.text(column).isEmpty {
      throw row.error("\(column) is empty; fill all of \(columns.joined(separator: ", ")), or none")
    }
    return TokenPrice.LongContext(
      thresholdTokens: try row.integer(columns[0], in: 1...1_000_000_000),
      inputPicodollarsPerToken: try row.picodollarsPerToken(columns[1]),
      outputPicodollarsPerToken: try row.picodollarsPerToken(columns[2]))
  }

  static func readProvisionedModels(
    _ files: CatalogFiles, _ references: ManagedReferences
  ) throws(CatalogError) -> [ProvisionedModelFacts] {
    let rows = try CatalogTable.provisionedModels.rows(in: files)
    var result: [ProvisionedModelFacts] = []
    for row in rows {
      func count(_ column: String) throws(CatalogError) -> Int {
        try row.integer(column, in: some)
      }
      func price(_ column: String) throws(CatalogError) -> Int64? {
        try row.optional(column) { column throws(CatalogError) in
          try row.scaledDecimal(column, digits: 12)
        }
      }
      var regionalLot: ProvisionedModelFacts.Lot?
      if let minimum = try row.optional("regional_minimum_units", count) {
        regionalLot = ProvisionedModelFacts.Lot(
          minimumUnits: minimum, incrementUnits: try count("regional_increment_units"))
      } else if !row.text("regional_increment_units").isEmpty {
        throw row.error("regional_minimum_units is empty but regional_increment_units is not")
      }
      result.append(
        ProvisionedModelFacts(
          cloud: try references.cloud(row), model: try references.model(row),
          unit: try row.required("unit"),
          inputTokensPerMinutePerUnit: try count("input_tokens_per_minute_per_unit"),
          outputRatio: try row.optional("output_ratio", count),
          globalLot: ProvisionedModelFacts.Lot(
            minimumUnits: try count("global_minimum_units"),
            incrementUnits: try count("global_increment_units")),
          regionalLot: regionalLot,
          latencyTargetTokensPerSecond: try row.optional("latency_target_tokens_per_second", count),
          globalPicodollarsPerUnitHour: try price("global_usd_per_unit_hour"),
          dataZonePicodollarsPerUnitHour: try price("data_zone_usd_per_unit_hour"),
          regionalPicodollarsPerUnitHour: try price("regional_usd_per_unit_hour")))
    }
    try checkUnique(rows, names: result.map { ["\($0.cloud)/\($0.model)"] })
    return result
  }

  static func readDefaultQuotas(
    _ files: CatalogFiles, _ references: ManagedReferences
  ) throws(CatalogError) -> [DefaultQuota] {
    let rows = try CatalogTable.defaultQuotas.rows(in: files)
    var result: [DefaultQuota] = []
    for row in rows {
      let cloud = try references.cloud(row)
      result.append(
        DefaultQuota(
          cloud: cloud, model: try references.model(row),
          deploymentType: try references.deploymentType(row, cloud: cloud),
          tier: try row.required("tier"),
          tokensPerMinute: try row.integer("tokens_per_minute", in: count),
          outputTokensPerMinute: try row.optional("output_tokens_per_minute") {
            column throws(CatalogError) in try row.integer(column, in: count)
          },
          requestsPerMinute: try row.integer("requests_per_minute", in: count),
          requestWindowSeconds: try row.integer("request_window_seconds", in: 1...60)))
    }
    try checkUnique(
      rows,
      names: result.map { ["\($0.cloud)/\($0.model)/\($0.deploymentType)/\($0.tier)"] })
    return result
  }
}
