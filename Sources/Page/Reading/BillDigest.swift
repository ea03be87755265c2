import Tables

/// What `charges.csv` comes to, by cloud, tenant and time. Sums are exact.
struct BillDigest: Sendable {
  /// What stands for charges that no tenant has.
  static let nobody = "(nobody)"

  /// Clouds, in the order in which they came.
  private(set) var clouds: [String] = []
  /// Tenants, in the order in which they came; what belongs to none is last.
  private(set) var tenants: [String] = []
  /// Stretches of time: hours, or days where there are more than 72 hours; rising.
  private(set) var periods: [String] = []
  /// On the invoices, picodollars.
  private(set) var billed: Int128 = 0
  /// What it really cost, picodollars.
  private(set) var effective: Int128 = 0
  private var byTenant: [String: [String: Int128]] = [:]
  private var byPeriod: [String: [String: Int128]] = [:]

  /// Reads the table to its end. O(rows). Throws where a row is out of form.
  init(_ reader: consuming CSVReader) throws(TableError) {
    let at = TableColumns(ChargeRow.schema)
    let (provider, account, start) = (
      at["ProviderName"], at["SubAccountId"], at["ChargePeriodStart"]
    )
    let (billedColumn, effectiveColumn) = (at["BilledCost"], at["EffectiveCost"])
    while try reader.nextRow() {
      let cloud = try reader.text(provider)
      var tenant = try reader.text(account)
      if tenant.isEmpty { tenant = Self.nobody }
      let amount = try reader.picodollars(effectiveColumn) ?? 0
      billed += try reader.picodollars(billedColumn) ?? 0
      effective += amount
      if !clouds.contains(cloud) { clouds.append(cloud) }
      if !tenants.contains(tenant) { tenants.append(tenant) }
      byTenant[cloud, default: [:]][tenant, default: 0] += amount
      byPeriod[try reader.text(start), default: [:]][cloud, default: 0] += amount
    }
    if let index = tenants.firstIndex(of: Self.nobody) {
      tenants.append(tenants.remove(at: index))
    }
    if byPeriod.count > 72 {
      var days: [String: [String: Int128]] = [:]
      for (period, amounts) in byPeriod {
        days[String(period.prefix(10)), default: [:]].merge(amounts, uniquingKeysWith: +)
      }
      byPeriod = days
    }
    periods = byPeriod.keys.sorted()
  }

  /// Effective cost of a tenant on a cloud, dollars.
  func dollars(cloud: String, tenant: String) -> Double {
    Double(byTenant[cloud]?[tenant] ?? 0) / 1e12
  }

  /// Effective cost of a cloud in a stretch of time, dollars.
  func dollars(cloud: String, period: String) -> Double {
    Double(byPeriod[period]?[cloud] ?? 0) / 1e12
  }
}
