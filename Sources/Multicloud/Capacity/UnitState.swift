import SimulationKernel

/// The units of an endpoint that can change, while they are simulated.
struct UnitState: Sendable {
  static let purpose: KeyedStream.Purpose = 724

  let spec: ElasticUnits
  let endpoint: Int
  let deployment: Int
  /// Id of the quota whose bucket the units drain.
  let quota: Int
  /// Units in service.
  var units: Int
  /// Units of the change in progress; 0 for none.
  var arriving = 0
  /// Units wanted by the autoscaler, or those of the start.
  var wanted: Int
  /// When the change in progress was asked for.
  var requested: Int64 = 0
  /// Changes to more units so far: numbers their draws.
  var changes: UInt64 = 0
  let life: KeyedStream

  var statistics = UnitStatistics()
  var measuredBase = UnitStatistics()
  private var lastChange: Int64 = 0
  /// Unit-seconds that have been handed to billing.
  private var billed: Int64 = 0

  // What the last sample began from.
  var sampleCounts = DeploymentTotals()
  var sampleIntegral: Int128 = 0
  var sampleWork = DrainWork()
  var sampleUnitTime: Int128 = 0

  /// The units of a world's endpoint; `nil` where they do not change.
  ///
  /// - Precondition: such an endpoint has a provisioned bucket, and begins with whole increments.
  init?(_ world: World, endpoint id: Int, entity: UInt32) {
    let endpoint = world.endpoints[id]
    guard let spec = endpoint.elastic else { return nil }
    let bucket = endpoint.quotas.first {
      if case .provisionedBucket = world.quotas[$0].rule { return true }
      return false
    }
    guard let bucket else { preconditionFailure("units drain a provisioned bucket") }
    precondition(
      endpoint.units > 0 && endpoint.units % spec.increment == 0,
      "an endpoint begins with whole increments of units")
    if let market = spec.market {
      precondition(world.markets[market].kind == .onDemand, "units are not taken back")
    }
    self.spec = spec
    self.endpoint = id
    deployment = world.pools.count + id
    quota = bucket
    units = endpoint.units
    wanted = endpoint.units
    life = KeyedStream(
      seed: world.seed, entity: entity, purpose: Self.purpose)
  }

  /// Units in service or on their way.
  var committed: Int { units + arriving }

  /// Brings the sums up to now. O(1).
  mutating func integrate(to now: Int64) {
    let elapsed = Int128(now - lastChange)
    if elapsed == 0 { return }
    lastChange = now
    statistics.unitTime += elapsed * Int128(units)
    statistics.arrivingTime += elapsed * Int128(arriving)
    statistics.wantedTime += elapsed * Int128(wanted)
  }

  /// Unit-seconds since the last call, whole; what was begun counts. They are counted from the run's start, so
  /// that the sum over periods is that of the whole.
  mutating func takeUse(at now: Int64) -> Int64 {
    integrate(to: now)
    let seconds = Int64((statistics.unitTime + 999_999_999) / 1_000_000_000)
    defer { billed = seconds }
    return seconds - billed
  }
}
