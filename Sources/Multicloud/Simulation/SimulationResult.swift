import SimulationKernel

/// What a run comes to.
public struct SimulationResult: Sendable {
  /// By workload id.
  public var workloads: [WorkloadStatistics]
  /// By pool id.
  public var pools: [PoolStatistics]
  /// By deployment id, pools first; empty where the gateway has no rules and pools say it all.
  public var deployments: [DeploymentStatistics] = []
  /// Attempts that reached a deployment where the request's data must not be. Always 0: the run
  /// ends with an assertion otherwise.
  public var residencyViolations: Int64 = 0
  /// From where statistics count.
  public var measuredFrom: SimTime
  /// The time simulated.
  public var end: SimTime
  /// Whether the run reached its horizon.
  public var isComplete: Bool
  /// Events processed: arrivals, boundaries, deliveries, ticks.
  public var events: Int64
  /// Requests that arrived, warm-up included.
  public var requests: Int64
  /// Hash of the event stream.
  public var fingerprint: UInt64
  /// Where the run stood along the way, in order of time; empty where no checkpoints were wanted.
  public var checkpoints: [Checkpoint] = []
  /// What became of training jobs, by id.
  public var training: [TrainingOutcome] = []
  /// What incidents did, in the order of their numbers; the first ``IncidentMeasure/most`` by time.
  public var incidents: [IncidentMeasure] = []
  /// Incidents that began in the run, measured or not.
  public var incidentCount = 0
  /// Requests that arrived, by workload, warm-up included: with the counts below, the conservation
  /// law arrived = completed + rejected + failed + cancelled + in flight.
  public var totals: [Totals]

  /// Counts over the whole run, warm-up included.
  public struct Totals: Hashable, Sendable {
    /// Arrived.
    public var arrived: Int64 = 0
    /// Completed.
    public var completed: Int64 = 0
    /// Turned away.
    public var rejected: Int64 = 0
    /// Lost to a fault.
    public var failed: Int64 = 0
    /// Given up by the client.
    public var cancelled: Int64 = 0
    /// Still under way at the end.
    public var inFlight: Int64 = 0

    /// Nothing counted.
    public init() {}

    /// Sums of two.
    public static func + (a: Totals, b: Totals) -> Totals {
      var sum = a
      sum.arrived += b.arrived
      sum.completed += b.completed
      sum.rejected += b.rejected
      sum.failed += b.failed
      sum.cancelled += b.cancelled
      sum.inFlight += b.inFlight
      return sum
    }

    /// Whether nothing was lost and nothing came twice.
    public var isConserved: Bool {
      arrived == completed + rejected + failed + cancelled + inFlight
    }
  }
}
