/// So many dollars an hour promised for a discount on machines; what an hour leaves unused is lost.
///
/// Order of use (AWS, Savings Plans user guide, how plans apply, 2025): reservations first, then plans
/// bound to an instance family, then plans for any compute; within a plan the usage with the highest
/// saving first, and of equal savings the one with the lowest plan rate; the owner's usage before that
/// of other accounts.
public struct SavingsPlan: Hashable, Sendable {
  /// Name in tables.
  public var name: String
  /// Id of the billing account that owns it.
  public var account: Int
  /// Instance family and region it is bound to (`p5`), or `nil` for any compute.
  public var family: Family?
  /// Promise of an hour, at plan rates.
  public var hourly: Money
  /// Price under the plan as millionths of the on-demand price, by instance type.
  public var rates: [Rate]
  /// First day.
  public var starts: CivilDate
  /// Last day.
  public var ends: CivilDate
  /// Whether other accounts of its cloud may use what the owner leaves.
  public var isShared: Bool

  /// An instance family in a region.
  public struct Family: Hashable, Sendable {
    /// Beginning of the instance types' names up to the point, such as `p5`.
    public var name: String
    /// Id of the region.
    public var region: Int

    /// Creates a family.
    public init(name: String, region: Int) {
      self.name = name
      self.region = region
    }
  }

  /// Price of an instance type under the plan.
  public struct Rate: Hashable, Sendable {
    /// Instance type.
    public var instance: String
    /// Millionths of the on-demand price.
    public var millionths: Int64

    /// Creates a rate.
    public init(instance: String, millionths: Int64) {
      self.instance = instance
      self.millionths = millionths
    }
  }

  /// Creates a plan for any compute.
  public init(
    name: String, account: Int, family: Family? = nil, hourly: Money, rates: [Rate],
    starts: CivilDate, ends: CivilDate, isShared: Bool = true
  ) {
    self.name = name
    self.account = account
    self.family = family
    self.hourly = hourly
    self.rates = rates
    self.starts = starts
    self.ends = ends
    self.isShared = isShared
  }
}
