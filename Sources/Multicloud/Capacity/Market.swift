import SimulationKernel

/// Accelerators of one kind that can be had in one place: a cloud's stock in a region, a quota, a spot zone,
/// or machines of one's own.
///
/// Several pools, and training jobs, may take from one market. What they hold together never exceeds
/// ``quota``, and a scale-up fails where ``supply`` has no more to give.
public struct Market: Hashable, Sendable {
  /// How machines are given and taken.
  public enum Kind: UInt8, CaseIterable, Hashable, Sendable {
    /// Kept as long as wanted; a fall of the supply only makes new ones unobtainable.
    case onDemand
    /// Taken back, after a notice, when the supply falls below what is held.
    case spot
  }

  /// Name, such as `azure/eastus2/h100`.
  public var name: String
  /// Id of its region.
  public var region: Int
  /// Kind of its machines.
  public var kind: Kind
  /// Accelerators it has to give, those already held included.
  public var supply: AvailabilityModel
  /// Most accelerators the account may hold; `nil` for no quota.
  public var quota: Int?
  /// Time between the notice and the end of a machine that is taken back.
  public var notice: Duration
  /// What a machine costs, as a share of its list price, millionths.
  public var priceMillionths: Int64
  /// Name of its accelerators in the catalog; empty where it is whatever its pools run on.
  public var accelerator = ""
  /// How that share moves; `nil` where it stays.
  public var priceProcess: SpotPriceModel?
  /// How a single machine is taken back, apart from shortages; `nil` where none is.
  public var interruption: SpotInterruption?

  /// Creates a market.
  public init(
    name: String, region: Int, kind: Kind = .onDemand, supply: AvailabilityModel,
    quota: Int? = nil, notice: Duration = .zero, priceMillionths: Int64 = 1_000_000
  ) {
    self.name = name
    self.region = region
    self.kind = kind
    self.supply = supply
    self.quota = quota
    self.notice = notice
    self.priceMillionths = priceMillionths
  }
}
