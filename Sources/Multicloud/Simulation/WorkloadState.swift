import SimulationKernel

/// A workload while it is simulated.
struct WorkloadState {
  let model: Int
  let priority: Int
  let patience: Int64
  let timeToFirstTokenLimit: Int64
  let timePerOutputTokenLimit: Int64
  let endToEndLimit: Int64
  let policyStream: KeyedStream
  var statistics = WorkloadStatistics()
  var totals = SimulationResult.Totals()

  /// Streams of the demand use the purposes below this one.
  static let policyPurpose = KeyedStream.Purpose(rawValue: 1 << 16)

  init(_ demand: World.Demand, id: Int, seed: UInt64) {
    model = demand.model
    priority = demand.priority
    patience = demand.patience?.nanoseconds ?? Int64.max
    timeToFirstTokenLimit = demand.objective.timeToFirstToken?.limit.nanoseconds ?? Int64.max
    timePerOutputTokenLimit = demand.objective.timePerOutputToken?.limit.nanoseconds ?? Int64.max
    endToEndLimit = demand.objective.endToEnd?.limit.nanoseconds ?? Int64.max
    policyStream = KeyedStream(
      seed: seed, entity: UInt32(id), purpose: Self.policyPurpose)
  }
}
