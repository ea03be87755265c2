import Money
import SimulationKernel

/// A training job: a gang of accelerators that work together or not at all, beside the replicas that take
/// from the same market.
///
/// It works, saves a checkpoint, works on. When it loses its machines, to a fault, to a market or to
/// inference that needs them, the work since its last checkpoint is lost; it waits for a whole gang, starts
/// again at its own cost and goes on from there.
public struct TrainingJob: Hashable, Sendable {
  /// Name.
  public var name: String
  /// Id of the tenant that pays; -1 for nobody in particular.
  public var tenant: Int
  /// Id of the market its machines come from.
  public var market: Int
  /// Accelerators of the gang.
  public var accelerators: Int
  /// Time the whole gang takes where nothing interrupts it, checkpoints not counted.
  public var work: Duration
  /// When it is submitted.
  public var submitted: Duration
  /// When it shall be done, from the run's start; `nil` for whenever.
  public var deadline: Duration?
  /// Work between two checkpoints; zero for none.
  public var checkpointInterval: Duration
  /// Time a checkpoint takes, in which nothing else is done.
  public var checkpointTime: Duration
  /// Time from having its machines to working, seconds.
  public var restart: Distribution
  /// Whether inference may take its machines.
  public var isPreemptible: Bool
  /// Lower ones get machines first, and lose them last.
  public var priority: Int
  /// Mean time between faults of one accelerator at work; `nil` where they never fail.
  public var meanTimeBetweenFaults: Duration?
  /// Its machines; `nil` where nothing is paid for them.
  public var machines: MachinePurchase?
  /// Id of the billing account that pays for them.
  public var account: Int

  /// Creates a job without checkpoints, deadline or price, that inference may preempt.
  public init(name: String, market: Int, accelerators: Int, work: Duration) {
    precondition(accelerators > 0 && work > .zero)
    self.name = name
    tenant = -1
    self.market = market
    self.accelerators = accelerators
    self.work = work
    submitted = .zero
    deadline = nil
    checkpointInterval = .zero
    checkpointTime = .zero
    restart = .constant(0)
    isPreemptible = true
    priority = 0
    meanTimeBetweenFaults = nil
    machines = nil
    account = 0
  }
}

/// What became of a training job, over the whole run.
public struct TrainingOutcome: Hashable, Sendable {
  /// When it had its machines first, nanoseconds; -1 for never.
  public var started: Int64 = -1
  /// When it was done, nanoseconds; -1 where it was not.
  public var ended: Int64 = -1
  /// Times inference or a market took its machines.
  public var preemptions: Int64 = 0
  /// Times a fault stopped it.
  public var faults: Int64 = 0
  /// Checkpoints saved.
  public var checkpoints: Int64 = 0
  /// Work that is done and saved, or finished, nanoseconds of the gang.
  public var saved: Int64 = 0
  /// Work that was lost, nanoseconds of the gang.
  public var lost: Int64 = 0
  /// Time of starts, restarts and checkpoints, nanoseconds of the gang.
  public var overhead: Int64 = 0
  /// Time without machines between submission and end, nanoseconds.
  public var waited: Int64 = 0
  /// Time with machines, nanoseconds.
  public var held: Int64 = 0

  /// Nothing yet.
  public init() {}
}
