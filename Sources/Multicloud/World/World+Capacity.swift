import Money

/// Capacity that is paid for whether it is used or not.
extension World {
  /// Machines or units that stand ready at a deployment.
  public struct Capacity: Hashable, Sendable {
    /// Instance type or deployment type; reservations match by it.
    public var sku: String
    /// Service in whose name it is billed.
    public var service: String
    /// Kind of charge.
    public var kind: ChargeKind
    /// How it is bought.
    public var purchase: PurchaseOption
    /// Instances or units.
    public var units: Int64
    /// List price of one for an hour.
    public var unitHourly: Money

    /// List price of all for an hour.
    public var hourly: Money { unitHourly * units }
  }

  /// What stands ready at a deployment, at the start where it changes; `nil` where only use is paid for, or nobody asks for a bill.
  public func capacity(ofDeployment id: Int) -> Capacity? {
    guard let billing else { return nil }
    if let endpoint = endpoint(ofDeployment: id) {
      guard endpoint.units > 0 else { return nil }
      return Capacity(
        sku: endpoint.type, service: "provisioned throughput", kind: .units, purchase: .onDemand,
        units: Int64(endpoint.units),
        unitHourly: Money(picodollars: Int128(endpoint.picodollarsPerUnitHour)))
    }
    guard let machines = billing.machines[id] else { return nil }
    return Capacity(
      sku: machines.instance, service: "virtual machines", kind: .accelerators,
      purchase: machines.purchase, units: Int64(machines.instances), unitHourly: machines.hourly)
  }

  /// The usage of an elastic pool's machines in a period, at the price of their market: a line for machines
  /// bought as the pool's are, and one for those that are spot.
  public func capacityLines(ofPool id: Int, _ use: [MachineUse]) -> [UsageLine] {
    guard let billing, let capacity = capacity(ofDeployment: id) else { return [] }
    return [false, true].compactMap { isSpot in
      let uses = use.filter { $0.isSpot == isSpot && $0.instanceSeconds > 0 }
      if uses.isEmpty { return nil }
      let priced = uses.reduce(Int128(0)) { $0 + $1.pricedSeconds }
      return UsageLine(
        account: billing.accountOfDeployment[id], deployment: id,
        region: region(ofDeployment: id), sku: capacity.sku, service: capacity.service,
        kind: capacity.kind, purchase: isSpot ? .spot : capacity.purchase,
        quantity: uses.reduce(0) { $0 + $1.instanceSeconds }, unit: "instance-seconds",
        list: Money(
          picodollars: capacity.unitHourly.picodollars * priced / (3600 * 1_000_000)))
    }
  }

  /// The usage of an elastic endpoint's units in a period, at list price; `nil` where there was none.
  public func unitLine(ofEndpoint id: Int, unitSeconds: Int64) -> UsageLine? {
    let deployment = pools.count + id
    guard unitSeconds > 0, let billing, let capacity = capacity(ofDeployment: deployment) else {
      return nil
    }
    return UsageLine(
      account: billing.accountOfDeployment[deployment], deployment: deployment,
      region: region(ofDeployment: deployment), sku: capacity.sku, service: capacity.service,
      kind: capacity.kind, purchase: capacity.purchase, quantity: unitSeconds,
      unit: "unit-seconds", list: capacity.unitHourly.prorated(unitSeconds, over: 3600))
  }

  /// The usage of a deployment's capacity over a time, at list price.
  public func capacityLine(ofDeployment id: Int, seconds: Int64) -> UsageLine? {
    guard seconds > 0, let billing, let capacity = capacity(ofDeployment: id) else { return nil }
    return UsageLine(
      account: billing.accountOfDeployment[id], deployment: id, region: region(ofDeployment: id),
      sku: capacity.sku, service: capacity.service, kind: capacity.kind,
      purchase: capacity.purchase, quantity: capacity.units * seconds,
      unit: capacity.kind == .units ? "unit-seconds" : "instance-seconds",
      list: capacity.hourly.prorated(seconds, over: 3600))
  }
}
