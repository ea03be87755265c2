/// How a managed model is sold as provisioned throughput.
public struct ProvisionedModelFacts: Hashable, Sendable {
  /// How many units can be bought.
  public struct Lot: Hashable, Sendable {
    /// Fewest units of a deployment.
    public var minimumUnits: Int
    /// Step in which more can be bought.
    public var incrementUnits: Int
  }

  /// The cloud.
  public var cloud: String
  /// Name of the managed model.
  public var model: String
  /// The vendor's unit: `PTU` (Azure) or `GSU` (Google Cloud).
  public var unit: String
  /// Input tokens a unit serves, per minute.
  public var inputTokensPerMinutePerUnit: Int
  /// Input tokens an output token counts as; `nil` where the vendor states none.
  public var outputRatio: Int?
  /// Lots of global and data zone deployments.
  public var globalLot: Lot
  /// Lots of regional deployments; `nil` where it is not sold so.
  public var regionalLot: Lot?
  /// Speed that 99 % of tokens exceed, tokens per second; `nil` where the vendor states none.
  public var latencyTargetTokensPerSecond: Int?
  /// List price of a unit of a global deployment, picodollars (10⁻¹² USD) per hour; `nil` where no
  /// source states it.
  public var globalPicodollarsPerUnitHour: Int64?
  /// The same for a data zone deployment.
  public var dataZonePicodollarsPerUnitHour: Int64?
  /// The same for a regional deployment.
  public var regionalPicodollarsPerUnitHour: Int64?
}
