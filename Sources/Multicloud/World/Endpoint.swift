import SimulationKernel

/// A model sold by the token: a deployment whose machines nobody sees.
///
/// What is known of it is a contract (quotas, scope, price) and a service curve: time to first token
/// and speed as functions of load.
public struct Endpoint: Sendable {
  /// How capacity is sold.
  public enum Kind: UInt8, CaseIterable, Hashable, Sendable {
    /// Pay as you go.
    case standard
    /// Throughput bought in units, whether it is used or not.
    case provisioned
    /// Answers within a day at a discount.
    case batch
    /// Pay as you go, served first, dearer.
    case priority
    /// Pay as you go, served last, cheaper.
    case flex
  }

  /// Name in its region, such as `gpt`.
  public var name: String
  /// Id of the region through which it is reached.
  public var region: Int
  /// Id of the model it serves.
  public var model: Int
  /// Id of the model's provider, a failure domain: ``World/providers``.
  public var provider: Int
  /// Id of the account it belongs to, a failure domain and the owner of quotas: ``World/accounts``.
  public var account: Int
  /// Name of the deployment type, such as `data-zone-provisioned`, for output.
  public var type: String
  /// How capacity is sold.
  public var kind: Kind
  /// Where requests are processed.
  public var scope: ProcessingScope
  /// Longest prompt and output together, tokens.
  public var contextTokens: Int
  /// Ids of the quotas a request must pass, in the order in which they are asked.
  public var quotas: [Int]
  /// Id of the endpoint in the same region to which the provider sends what this one refuses.
  public var spillover: Int?
  /// Load, speed and time to first token.
  public var service: EndpointService
  /// Price of a token; zero where units are paid for whether used or not.
  public var price: TokenPrice
  /// Provisioned units bought; 0 where it is not sold in units.
  public var units = 0
  /// What a unit costs an hour whether it is used or not, picodollars.
  public var picodollarsPerUnitHour: Int64 = 0
  /// What makes ``units`` change; `nil` where they stay. ``units`` is the number at the start then.
  public var elastic: ElasticUnits?
  /// Place in the order of failover; the gateway tries lower ones first.
  public var order: Int
  /// Relative weight for weighted routing; 0 takes no traffic.
  public var weight: Double

  /// Creates an endpoint.
  public init(
    name: String, region: Int, model: Int, provider: Int, account: Int, type: String, kind: Kind,
    scope: ProcessingScope, contextTokens: Int, quotas: [Int] = [], spillover: Int? = nil,
    service: EndpointService, price: TokenPrice = TokenPrice(), order: Int = 0, weight: Double = 1
  ) {
    self.name = name
    self.region = region
    self.model = model
    self.provider = provider
    self.account = account
    self.type = type
    self.kind = kind
    self.scope = scope
    self.contextTokens = contextTokens
    self.quotas = quotas
    self.spillover = spillover
    self.service = service
    self.price = price
    self.order = order
    self.weight = weight
  }
}

/// How fast a managed endpoint answers at a load.
///
/// Load is requests in flight over `concurrency`, plus the load that others put on the service. The
/// curve is linear between its points; beyond the last it stays there. Both times are stretched by one
/// lognormal factor of mean 1 a request.
public struct EndpointService: Hashable, Sendable {
  /// A point of the service curve.
  public struct Point: Hashable, Sendable {
    /// Load, 0 idle, 1 full.
    public var load: Double
    /// Time to first token of an empty prompt.
    public var timeToFirstToken: Duration
    /// Output tokens a second of one request.
    public var tokensPerSecond: Double

    /// Creates a point.
    public init(load: Double, timeToFirstToken: Duration, tokensPerSecond: Double) {
      self.load = load
      self.timeToFirstToken = timeToFirstToken
      self.tokensPerSecond = tokensPerSecond
    }
  }

  /// Points of the curve, loads rising; at least one.
  public var curve: [Point]
  /// Time to first token added by each uncached prompt token.
  public var prefillPerToken: Duration
  /// Requests in flight that are a load of 1; beyond it the service refuses for want of capacity.
  public var concurrency: Int
  /// Load from other customers, 0 to 1.
  public var background: Double
  /// Coefficient of variation of the times from request to request.
  public var variation: Double

  /// Creates a service.
  public init(
    curve: [Point], prefillPerToken: Duration = .zero, concurrency: Int = 1 << 30,
    background: Double = 0, variation: Double = 0
  ) {
    self.curve = curve
    self.prefillPerToken = prefillPerToken
    self.concurrency = concurrency
    self.background = background
    self.variation = variation
  }
}
