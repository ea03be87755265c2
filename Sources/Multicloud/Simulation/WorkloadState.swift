import SimulationKernel

/// A workload while it is simulated.
struct WorkloadState {
  /// Names its draws: see `World.workloadEntities`.
  let entity: UInt32
  let model: Int
  let priority: Int
  let patience: Int64
  let timeToFirstTokenLimit: Int64
  let timePerOutputTokenLimit: Int64
  let endToEndLimit: Int64
  let policyStream: KeyedStream
  let retryStream: KeyedStream
  let serviceStream: KeyedStream
  let chainStream: KeyedStream
  let lossStream: KeyedStream
  let speculationStream: KeyedStream
  let adapterStream: KeyedStream
  let adapters: AdapterUse?
  /// Priority band at the gateway.
  let band: Int
  /// Most output tokens a request allows; 0 where the workload says nothing.
  let maximumOutput: Int32
  let timeout: Int64
  let clientRetry: RetryPolicy
  let hasChain: Bool
  /// Tenant that pays and its tenant of its own; -1 for none.
  let tenant: Int
  let rootTenant: Int
  /// Conversations under way, and the share of a prompt they have in common; 0 for none.
  let conversations: UInt64
  let cachedShare: Double
  let cacheLifetime: Int64
  var statistics = WorkloadStatistics()
  var totals = SimulationResult.Totals()
  var minute = TenantMinute()

  /// Streams of the demand use the purposes below this one.
  static let policyPurpose = KeyedStream.Purpose(rawValue: 1 << 16)
  static let retryPurpose = KeyedStream.Purpose(rawValue: 1 << 16 | 1)
  static let servicePurpose = KeyedStream.Purpose(rawValue: 1 << 16 | 2)
  static let chainPurpose = KeyedStream.Purpose(rawValue: 1 << 16 | 3)
  static let lossPurpose = KeyedStream.Purpose(rawValue: 1 << 16 | 4)
  static let speculationPurpose = KeyedStream.Purpose(rawValue: 1 << 16 | 8)
  static let adapterPurpose = KeyedStream.Purpose(rawValue: 1 << 16 | 9)

  init(_ demand: World.Demand, entity: UInt32, world: World) {
    let seed = world.seed
    self.entity = entity
    band = demand.band
    maximumOutput = Int32(demand.maximumOutputTokens ?? 0)
    timeout = demand.timeout?.nanoseconds ?? Int64.max
    clientRetry = demand.clientRetry
    hasChain = demand.chain != nil
    statistics.isChain = demand.chain != nil
    tenant = demand.tenant
    rootTenant = demand.tenant < 0 ? -1 : world.lineage(ofTenant: demand.tenant).last ?? -1
    conversations = UInt64(demand.promptCache?.conversations ?? 0)
    cachedShare = demand.promptCache?.share ?? 0
    cacheLifetime = demand.promptCache?.lifetime.nanoseconds ?? 0
    model = demand.model
    priority = demand.priority
    patience = demand.patience?.nanoseconds ?? Int64.max
    timeToFirstTokenLimit = demand.objective.timeToFirstToken?.limit.nanoseconds ?? Int64.max
    timePerOutputTokenLimit = demand.objective.timePerOutputToken?.limit.nanoseconds ?? Int64.max
    endToEndLimit = demand.objective.endToEnd?.limit.nanoseconds ?? Int64.max
    func stream(_ purpose: KeyedStream.Purpose) -> KeyedStream {
      KeyedStream(seed: seed, entity: entity, purpose: purpose)
    }
    policyStream = stream(Self.policyPurpose)
    retryStream = stream(Self.retryPurpose)
    serviceStream = stream(Self.servicePurpose)
    chainStream = stream(Self.chainPurpose)
    lossStream = stream(Self.lossPurpose)
    speculationStream = stream(Self.speculationPurpose)
    adapterStream = stream(Self.adapterPurpose)
    adapters = demand.adapters
  }
}
