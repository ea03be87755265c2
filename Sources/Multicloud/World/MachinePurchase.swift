import Money

/// The machines a pool runs on and how they are bought.
public struct MachinePurchase: Hashable, Sendable {
  /// Instance type, such as `p5.48xlarge`; reservations and savings plans match by it.
  public var instance: String
  /// Whole instances that hold the pool's replicas.
  public var instances: Int
  /// Replicas that one instance holds.
  public var replicasPerInstance: Int
  /// How they are bought.
  public var purchase: PurchaseOption
  /// Price of one instance for an hour by the public list of that option.
  public var hourly: Money

  /// Creates a purchase.
  public init(
    instance: String, instances: Int, replicasPerInstance: Int = 1, purchase: PurchaseOption,
    hourly: Money
  ) {
    precondition(replicasPerInstance >= 1)
    self.replicasPerInstance = replicasPerInstance
    self.instance = instance
    self.instances = instances
    self.purchase = purchase
    self.hourly = hourly
  }
}
