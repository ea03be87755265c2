/// From the rows of the tables about money and energy to their types, with every reference checked.
extension Catalog {
  private static var watts: ClosedRange<Double> { 0...100_000 }

  /// Purchase options a price table may name.
  static let purchaseOptions = [
    "on-demand", "reserved-1y", "reserved-3y", "spot", "capacity-block",
  ]

  private static func purchase(_ row: TableText.Row) throws(CatalogError) -> String {
    let name = try row.required("purchase")
    guard purchaseOptions.contains(name) else {
      throw row.error(
        "purchase is '\(name)'; expected one of \(purchaseOptions.joined(separator: ", "))")
    }
    return name
  }

  static func readInstances(
    _ files: CatalogFiles, accelerators: [String]
  ) throws(CatalogError) -> [InstanceFacts] {
    let rows = try CatalogTable.instances.rows(in: files)
    var result: [InstanceFacts] = []
    for row in rows {
      let accelerator = try row.required("accelerator")
      guard accelerators.contains(accelerator) else {
        throw row.error(
          "accelerator is '\(accelerator)'; expected one of "
            + accelerators.joined(separator: ", "))
      }
      result.append(
        InstanceFacts(
          cloud: try row.required("cloud"), name: try row.required("name"),
          accelerator: accelerator,
          accelerators: try row.integer("accelerators", in: 1...1024)))
    }
    try checkUnique(rows, names: result.map { ["\($0.cloud)/\($0.name)"] })
    return result
  }

  static func readInstancePrices(
    _ files: CatalogFiles, instances: [InstanceFacts], regions: [RegionFacts]
  ) throws(CatalogError) -> [InstancePrice] {
    let rows = try CatalogTable.gpuPrices.rows(in: files)
    let places = Set(regions.map { "\($0.cloud)/\($0.name)" })
    let machines = Set(instances.map { "\($0.cloud)/\($0.name)" })
    var result: [InstancePrice] = []
    for row in rows {
      let price = InstancePrice(
        cloud: try row.required("cloud"), region: try row.required("region"),
        instance: try row.required("instance"), purchase: try purchase(row),
        picodollarsPerHour: try row.scaledDecimal("usd_per_hour", digits: 12),
        date: try row.required("date"))
      guard machines.contains("\(price.cloud)/\(price.instance)") else {
        throw row.error("\(price.cloud) has no instance '\(price.instance)' in instances.csv")
      }
      // As with round trips: a shorter table of regions needs no other tables of its own.
      if places.contains("\(price.cloud)/\(price.region)") { result.append(price) }
    }
    try checkUnique(
      rows,
      names: rows.map { row in
        [["cloud", "region", "instance", "purchase", "date"].map(row.text).joined(separator: "/")]
      })
    return result
  }

  static func readPurchaseDiscounts(
    _ files: CatalogFiles
  ) throws(CatalogError) -> [PurchaseDiscount] {
    let rows = try CatalogTable.purchaseDiscounts.rows(in: files)
    var result: [PurchaseDiscount] = []
    for row in rows {
      let share = try row.scaledDecimal("share_of_on_demand", digits: 6)
      guard share <= 1_000_000 else { throw row.error("share_of_on_demand is above 1") }
      result.append(
        PurchaseDiscount(
          cloud: try row.required("cloud"), purchase: try purchase(row),
          millionthsOfOnDemand: share))
    }
    try checkUnique(rows, names: result.map { ["\($0.cloud)/\($0.purchase)"] })
    return result
  }

  static func readPower(
    _ files: CatalogFiles, accelerators: [String]
  ) throws(CatalogError) -> [PowerFacts] {
    let rows = try CatalogTable.power.rows(in: files)
    var result: [PowerFacts] = []
    for row in rows {
      let name = try row.required("accelerator")
      guard accelerators.contains(name) else {
        throw row.error("accelerator '\(name)' is not in accelerators.csv")
      }
      let idle = try row.number("idle_watts", in: watts)
      let active = try row.number("active_watts", in: idle...watts.upperBound)
      result.append(
        PowerFacts(
          accelerator: name, idleWatts: idle, activeWatts: active,
          maximumWatts: try row.number("maximum_watts", in: active...watts.upperBound),
          halfBatch: try row.number("half_batch", in: 0.001...100_000),
          serverFactor: try row.number("server_factor", in: 1...10)))
    }
    try checkUnique(rows, names: result.map { [$0.accelerator] })
    return result
  }

  static func readGrids(
    _ files: CatalogFiles, regions: [RegionFacts]
  ) throws(CatalogError) -> [GridFacts] {
    let rows = try CatalogTable.gridCarbon.rows(in: files)
    var result: [GridFacts] = []
    for row in rows {
      let grid = GridFacts(
        cloud: try row.required("cloud"), region: try row.required("region"),
        gramsPerKilowattHour: try row.number("grams_per_kwh", in: 0...2000),
        powerUsageEffectiveness: try row.number("power_usage_effectiveness", in: 1...5))
      if regions.contains(where: { $0.cloud == grid.cloud && $0.name == grid.region }) {
        result.append(grid)
      }
    }
    try checkUnique(
      rows, names: rows.map { ["\($0.text("cloud"))/\($0.text("region"))"] })
    return result
  }

  static func readTransferPrices(_ files: CatalogFiles) throws(CatalogError) -> [TransferPrice] {
    let rows = try CatalogTable.transferPrices.rows(in: files)
    var result: [TransferPrice] = []
    for row in rows {
      result.append(
        TransferPrice(
          cloud: try row.required("cloud"), from: try row.required("from"),
          to: try row.required("to"),
          picodollarsPerGigabyte: try row.scaledDecimal("usd_per_gigabyte", digits: 12)))
    }
    try checkUnique(rows, names: result.map { ["\($0.cloud)/\($0.from)/\($0.to)"] })
    return result
  }

  static func readUnitReservations(
    _ files: CatalogFiles
  ) throws(CatalogError) -> [UnitReservationPrice] {
    let rows = try CatalogTable.unitReservations.rows(in: files)
    var result: [UnitReservationPrice] = []
    for row in rows {
      result.append(
        UnitReservationPrice(
          cloud: try row.required("cloud"), processing: try row.required("processing"),
          termMonths: try row.integer("term_months", in: 1...120),
          picodollarsPerUnitMonth: try row.scaledDecimal("usd_per_unit_month", digits: 12)))
    }
    try checkUnique(
      rows, names: result.map { ["\($0.cloud)/\($0.processing)/\($0.termMonths)"] })
    return result
  }
}
