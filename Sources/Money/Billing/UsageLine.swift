/// What one account consumed of one thing in one hour, at list price: what meters hand to billing.
public struct UsageLine: Hashable, Sendable {
  /// Id of the billing account.
  public var account: Int
  /// Id of the tenant that used it; -1 for capacity that all share.
  public var tenant: Int
  /// Id of the workload that used it; -1 for capacity that several share.
  public var workload = -1
  /// Id of the deployment; -1 for what belongs to none.
  public var deployment: Int
  /// Id of the region.
  public var region: Int
  /// What was bought: `gpt-5.1/global-standard/input`, `p5.48xlarge`, `global-provisioned`.
  /// Reservations of units and machines match by it.
  public var sku: String
  /// Service in whose name it is billed, such as `Amazon EC2`.
  public var service: String
  /// Kind of charge.
  public var kind: ChargeKind
  /// Whether a third party's product is resold (a marketplace).
  public var isThirdParty: Bool
  /// How it is bought; reservations and plans apply to ``PurchaseOption/onDemand`` alone.
  public var purchase: PurchaseOption
  /// Amount in ``unit``: tokens, bytes, or unit-seconds and instance-seconds of capacity.
  public var quantity: Int64
  /// Unit of the quantity: `tokens`, `bytes`, `unit-seconds`, `instance-seconds`, `requests`.
  public var unit: String
  /// Price of the quantity by the public list.
  public var list: Money

  /// Creates a line.
  public init(
    account: Int, tenant: Int = -1, deployment: Int = -1, region: Int, sku: String,
    service: String, kind: ChargeKind, isThirdParty: Bool = false,
    purchase: PurchaseOption = .onDemand, quantity: Int64, unit: String, list: Money
  ) {
    self.account = account
    self.tenant = tenant
    self.deployment = deployment
    self.region = region
    self.sku = sku
    self.service = service
    self.kind = kind
    self.isThirdParty = isThirdParty
    self.purchase = purchase
    self.quantity = quantity
    self.unit = unit
    self.list = list
  }
}
