import SimulationKernel

/// Who pays and who is limited: a tenant, a project of one, or an identity of a project.
///
/// Limits and budgets hold at every level: a request passes its own and those of all above it.
public struct Tenant: Hashable, Sendable {
  /// Name, `tenant`, `tenant/project` or `tenant/project/identity`, unique in the world.
  public var name: String
  /// Id of the tenant above; `nil` for a tenant of its own.
  public var parent: Int?
  /// Ids of the quotas its requests must pass at the gateway.
  public var quotas: [Int]
  /// How much it may spend; `nil` for no budget.
  public var budget: Budget?
  /// Share of the gateway's fair service against other tenants.
  public var weight: Double

  /// Creates a tenant.
  public init(
    name: String, parent: Int? = nil, quotas: [Int] = [], budget: Budget? = nil,
    weight: Double = 1
  ) {
    self.name = name
    self.parent = parent
    self.quotas = quotas
    self.budget = budget
    self.weight = weight
  }
}

/// Money a tenant may spend in a period. What was spent counts when a request ends, so calls in
/// flight may overshoot it, as with the providers' own cost controls.
public struct Budget: Hashable, Sendable {
  /// Picodollars in a period.
  public var limit: Int64
  /// Length of a period from the run's start; `nil` for the whole run.
  public var period: Duration?
  /// Whether requests are refused once it is spent; otherwise it is only reported.
  public var blocks: Bool

  /// Creates a budget.
  public init(limit: Int64, period: Duration? = nil, blocks: Bool = true) {
    self.limit = limit
    self.period = period
    self.blocks = blocks
  }
}
