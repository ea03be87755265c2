/// From the rows of the tables about capacity that comes and goes to their types, with every reference
/// checked.
extension Catalog {
  static let coldStartStages = ["provisioning", "loading", "warming"]

  private static var seconds: ClosedRange<Double> { 0...1_000_000 }

  static func readInterruptionBands(
    _ files: CatalogFiles
  ) throws(CatalogError) -> [InterruptionBand] {
    let rows = try CatalogTable.interruptionBands.rows(in: files)
    var result: [InterruptionBand] = []
    for row in rows {
      let least = try row.number("least_share", in: 0...0.99)
      let band = InterruptionBand(
        cloud: try row.required("cloud"), name: try row.required("band"), leastShare: least,
        greatestShare: try row.number("greatest_share", in: least...0.99))
      guard band.monthlyShare > 0 else { throw row.error("greatest_share is zero") }
      result.append(band)
    }
    try checkUnique(rows, names: result.map { ["\($0.cloud)/\($0.name)"] })
    return result
  }

  static func readSpotOffers(
    _ files: CatalogFiles, instances: [InstanceFacts], regions: [RegionFacts],
    bands: [InterruptionBand]
  ) throws(CatalogError) -> [SpotOffer] {
    let rows = try CatalogTable.spotOffers.rows(in: files)
    let places = Set(regions.map { "\($0.cloud)/\($0.name)" })
    let machines = Set(instances.map { "\($0.cloud)/\($0.name)" })
    var result: [SpotOffer] = []
    for row in rows {
      let offer = SpotOffer(
        cloud: try row.required("cloud"), region: try row.required("region"),
        instance: try row.required("instance"),
        millionthsOfOnDemand: try row.scaledDecimal("share_of_on_demand", digits: 6),
        band: try row.required("interruption_band"))
      guard (1...1_000_000).contains(offer.millionthsOfOnDemand) else {
        throw row.error("share_of_on_demand is not above 0 and at most 1")
      }
      guard machines.contains("\(offer.cloud)/\(offer.instance)") else {
        throw row.error("\(offer.cloud) has no instance '\(offer.instance)' in instances.csv")
      }
      guard bands.contains(where: { $0.cloud == offer.cloud && $0.name == offer.band }) else {
        throw row.error(
          "\(offer.cloud) has no interruption_band '\(offer.band)' in interruption_bands.csv")
      }
      // As with prices: a shorter table of regions needs no other tables of its own.
      if places.contains("\(offer.cloud)/\(offer.region)") { result.append(offer) }
    }
    try checkUnique(
      rows,
      names: rows.map { [["cloud", "region", "instance"].map($0.text).joined(separator: "/")] })
    return result
  }

  static func readSpotTerms(_ files: CatalogFiles) throws(CatalogError) -> [SpotTerms] {
    let rows = try CatalogTable.spotTerms.rows(in: files)
    var result: [SpotTerms] = []
    for row in rows {
      result.append(
        SpotTerms(
          cloud: try row.required("cloud"),
          noticeSeconds: try row.number("notice_s", in: seconds)))
    }
    try checkUnique(rows, names: result.map { [$0.cloud] })
    return result
  }

  static func readColdStarts(_ files: CatalogFiles) throws(CatalogError) -> [ColdStartStage] {
    let rows = try CatalogTable.coldStarts.rows(in: files)
    var result: [ColdStartStage] = []
    for row in rows {
      let stage = try row.required("stage")
      guard coldStartStages.contains(stage) else {
        throw row.error(
          "stage is '\(stage)'; expected one of \(coldStartStages.joined(separator: ", "))")
      }
      let least = try row.number("least_s", in: seconds)
      result.append(
        ColdStartStage(
          cloud: try row.required("cloud"), stage: stage, leastSeconds: least,
          greatestSeconds: try row.number("greatest_s", in: least...seconds.upperBound)))
    }
    try checkUnique(rows, names: result.map { ["\($0.cloud)/\($0.stage)"] })
    return result
  }
}
