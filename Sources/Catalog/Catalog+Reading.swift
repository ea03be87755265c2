import ServingEngine
import SimulationKernel

/// From the rows of each table to the types of the engine, with every reference checked.
extension Catalog {
  /// The largest number a table may hold: above any byte count or rate of the next decades.
  static var anyPositive: ClosedRange<Double> { 1e-9...1e21 }
  static var microseconds: ClosedRange<Double> { 0...1e6 }
  static var share: ClosedRange<Double> { 0.01...10 }

  static func readInterconnects(_ files: CatalogFiles) throws(CatalogError) -> [Interconnect] {
    var result: [Interconnect] = []
    for row in try CatalogTable.interconnects.rows(in: files) {
      let name = try row.required("name")
      let reduce = Interconnect.AllReduce(
        tensorParallel: try row.integer("tensor_parallel", in: 2...1024),
        floorMicroseconds: try row.number("floor_us", in: microseconds),
        bytesPerSecond: try row.number("bytes_per_second", in: anyPositive))
      let evidence: Evidence = try row.choice("evidence")
      guard let index = result.firstIndex(where: { $0.name == name }) else {
        result.append(Interconnect(name: name, allReduces: [reduce], evidence: evidence))
        continue
      }
      if let last = result[index].allReduces.last, last.tensorParallel >= reduce.tensorParallel {
        throw row.error("tensor_parallel must rise within \(name)")
      }
      guard result[index].evidence == evidence else {
        throw row.error("evidence must be the same in every row of \(name)")
      }
      result[index].allReduces.append(reduce)
    }
    return result
  }

  static func readEngines(
    _ files: CatalogFiles
  ) throws(CatalogError) -> ([HostOverhead], aliases: [[String]]) {
    let rows = try CatalogTable.engines.rows(in: files)
    var result: [HostOverhead] = []
    for row in rows {
      result.append(
        HostOverhead(
          name: try row.required("name"),
          perStepMicroseconds: try row.number("per_step_us", in: microseconds),
          perSequenceMicroseconds: try row.number("per_sequence_us", in: microseconds),
          perLayerMicroseconds: try row.number("per_layer_us", in: microseconds),
          prefillStepMicroseconds: try row.number("prefill_step_us", in: microseconds),
          prefillLayerMicroseconds: try row.number("prefill_layer_us", in: microseconds),
          expertLayerMicroseconds: try row.number("expert_layer_us", in: microseconds),
          expertTokenMicroseconds: try row.number("expert_token_us", in: microseconds),
          frontEndMicroseconds: try row.number("front_end_us", in: microseconds),
          frontEndTokenMicroseconds: try row.number("front_end_token_us", in: microseconds),
          graphBatches: HostOverhead.captureSizes(
            upTo: try row.integer("largest_graph", in: 0...65_536)),
          mixesPrefill: try row.integer("mixes_prefill", in: 0...1) == 1,
          error: StepError(
            low: try row.number("step_error_low", in: 0.01...1),
            high: try row.number("step_error_high", in: 1...100))))
    }
    guard !result.isEmpty else {
      throw CatalogError(file: CatalogTable.engines.fileName, problem: "no engine; expected one")
    }
    let aliases = rows.map { $0.names("aliases") }
    try checkUnique(rows, names: zip(result, aliases).map { [$0.name] + $1 })
    return (result, aliases)
  }

  static func readModels(_ files: CatalogFiles) throws(CatalogError) -> [LanguageModel] {
    let size = 1...1_000_000
    let rows = try CatalogTable.models.rows(in: files)
    var result: [LanguageModel] = []
    for row in rows {
      let heads = try row.integer("heads", in: size)
      let kvHeads = try row.integer("kv_heads", in: 1...heads)
      guard heads % kvHeads == 0 else {
        throw row.error("kv_heads is \(kvHeads); expected a divisor of heads, which is \(heads)")
      }
      let experts = try row.integer("experts", in: 0...65536)
      let layers = try row.integer("layers", in: 1...1000)
      result.append(
        LanguageModel(
          name: try row.required("name"), aliases: row.names("aliases"),
          layers: layers,
          hiddenSize: try row.integer("hidden_size", in: size),
          feedForwardSize: try row.integer("feed_forward_size", in: size),
          heads: heads, kvHeads: kvHeads,
          headDimension: try row.integer("head_dimension", in: 1...4096),
          vocabularySize: try row.integer("vocabulary_size", in: 1...10_000_000),
          experts: experts,
          expertsPerToken: try row.integer(
            "experts_per_token", in: experts == 0 ? 0...0 : 1...experts),
          defaultPrecision: try row.choice("default_precision"),
          fullAttentionFraction: try row.number("full_attention_fraction", in: 0.01...1),
          slidingWindowTokens: try row.integer("sliding_window_tokens", in: 0...1_000_000),
          routingSkew: try row.number("routing_skew", in: 0...4),
          sharedExpertSize: try row.integer("shared_expert_size", in: 0...1_000_000),
          denseLayers: try row.integer("dense_layers", in: experts == 0 ? 0...0 : 0...(layers - 1)),
          denseFeedForwardSize: try row.integer("dense_feed_forward_size", in: 0...1_000_000),
          latent: try latent(row),
          contextTokens: try row.integer("context_tokens", in: 1...1_000_000_000),
          tiesEmbeddings: try row.integer("ties_embeddings", in: 0...1) == 1))
    }
    try checkUnique(rows, names: result.map { [$0.name] + $0.aliases })
    return result
  }

  private static func latent(_ row: TableText.Row) throws(CatalogError) -> LatentAttention? {
    let rank = try row.integer("latent_rank", in: 0...1_000_000)
    if rank == 0 { return nil }
    return LatentAttention(
      rank: rank, ropeDimension: try row.integer("latent_rope_dimension", in: 0...1_000_000),
      queryRank: try row.integer("latent_query_rank", in: 0...1_000_000),
      valueDimension: try row.integer("latent_value_dimension", in: 1...1_000_000))
  }

  static func readRegions(_ files: CatalogFiles) throws(CatalogError) -> [RegionFacts] {
    let rows = try CatalogTable.regions.rows(in: files)
    var result: [RegionFacts] = []
    for row in rows {
      let zone = row.text("data_zone")
      result.append(
        RegionFacts(
          cloud: try row.required("cloud"), name: try row.required("name"),
          city: try row.required("city"), country: try row.required("country"),
          coordinates: try coordinates(row), geography: try row.required("geography"),
          dataZone: zone.isEmpty ? nil : zone))
    }
    try checkUnique(rows, names: result.map { [$0.cloud + "/" + $0.name] })
    return result
  }

  static func readOrigins(_ files: CatalogFiles) throws(CatalogError) -> [OriginFacts] {
    let rows = try CatalogTable.origins.rows(in: files)
    var result: [OriginFacts] = []
    for row in rows {
      result.append(
        OriginFacts(
          name: try row.required("name"), aliases: row.names("aliases"),
          city: try row.required("city"), country: try row.required("country"),
          coordinates: try coordinates(row),
          utcOffsetHours: try row.number("utc_offset_hours", in: -12...14)))
    }
    try checkUnique(rows, names: result.map { [$0.name] + $0.aliases })
    return result
  }

  static func readRoundTripModel(_ files: CatalogFiles) throws(CatalogError) -> RoundTripModel {
    let rows = try CatalogTable.roundTripModel.rows(in: files)
    let names = [
      "earth_radius_km", "fibre_km_per_s", "route_inflation", "region_floor_ms", "last_mile_ms",
    ]
    for row in rows where !names.contains(row.text("parameter")) {
      throw row.error(
        "parameter is '\(row.text("parameter"))'; expected one of "
          + names.joined(separator: ", "))
    }
    try checkUnique(rows, names: rows.map { [$0.text("parameter")] })
    func value(_ name: String, _ range: ClosedRange<Double>) throws(CatalogError) -> Double {
      guard let row = rows.first(where: { $0.text("parameter") == name }) else {
        throw CatalogError(
          file: CatalogTable.roundTripModel.fileName, problem: "parameter \(name) is missing")
      }
      return try row.number("value", in: range)
    }
    return RoundTripModel(
      earthRadius: try value("earth_radius_km", 6000...7000),
      fibreSpeed: try value("fibre_km_per_s", 100_000...299_793),
      routeInflation: try value("route_inflation", 1...10),
      regionFloor: try value("region_floor_ms", 0...1000),
      lastMile: try value("last_mile_ms", 0...1000))
  }

  static func readRoundTrips(
    _ files: CatalogFiles, regions: [RegionFacts]
  ) throws(CatalogError) -> [RegionPair: Duration] {
    var byName: [String: RegionFacts] = [:]
    for region in regions { byName[region.cloud + "/" + region.name] = region }
    var result: [RegionPair: Duration] = [:]
    for row in try CatalogTable.roundTrips.rows(in: files) {
      let keyA = row.text("cloud_a") + "/" + row.text("region_a")
      let keyB = row.text("cloud_b") + "/" + row.text("region_b")
      // A user's own, shorter regions table need not come with its own round trips.
      guard let a = byName[keyA], let b = byName[keyB] else { continue }
      let milliseconds = try row.number("round_trip_ms", in: 0.001...10_000)
      guard a != b else { throw row.error("a region's round trip to itself") }
      guard
        result.updateValue(RoundTripModel.rounded(milliseconds), forKey: RegionPair(a, b)) == nil
      else { throw row.error("a second row for \(keyA) and \(keyB)") }
    }
    return result
  }

  // MARK: Shared checks

  private static func coordinates(_ row: TableText.Row) throws(CatalogError) -> Coordinates {
    Coordinates(
      latitude: try row.number("latitude", in: -90...90),
      longitude: try row.number("longitude", in: -180...180))
  }

  /// Fails where two rows answer to the same name.
  static func checkUnique(
    _ rows: [TableText.Row], names: [[String]]
  ) throws(CatalogError) {
    var seen: Set<String> = []
    for (row, own) in zip(rows, names) {
      for name in own where !seen.insert(normalized(name)).inserted {
        throw row.error("'\(name)' is already the name or alias of another row")
      }
    }
  }
}
