import SimulationKernel

/// Decides how many replicas the pools it looks after shall have.
///
/// A policy is one small type in one file. It sees what a metrics system shows it: samples of its pools,
/// as late as the scrape delay makes them, and how many replicas there are and are on their way. It never
/// sees requests or the future. Most policies look after one pool; a ``ForecastAutoscaler`` weighs all
/// pools of a model. To add one: write the type, list it in ``PolicyRegistry/autoscalers``, test it.
public protocol Autoscaler: Sendable {
  /// Name in scenarios, such as `target-rate`.
  static var name: String { get }

  /// The numbers it has where the scenario says nothing: those of the system it is taken from.
  static var usual: AutoscalerSettings { get }

  /// The settings it reads, beside ``AutoscalerSetting/ofAll``; giving it another is a mistake.
  static var reads: [AutoscalerSetting] { get }

  /// Those of them that a scenario must give, because no number fits everybody.
  static var requires: [AutoscalerSetting] { get }

  /// Whether it may look after an endpoint's units, of which a sample tells no slots, caches or queue: then
  /// replicas are increments of units.
  static var scalesUnits: Bool { get }

  /// Creates the policy.
  ///
  /// - Parameters:
  ///   - settings: Its numbers, as the scenario gives them.
  ///   - pools: The pools it looks after, in order of id.
  init(_ settings: AutoscalerSettings, pools: [ScaledPool])

  /// Takes in a sample; samples of a pool come in order of time.
  ///
  /// - Parameter pool: The pool's place among those it looks after.
  mutating func observe(_ sample: PoolSample, of pool: Int)

  /// The replicas it wants in each of its pools now. The simulation clips them to the pool's minimum
  /// and maximum, and leaves a pool alone that is locked.
  mutating func decide(_ counts: [ReplicaCounts], at now: SimTime) -> [Int]
}

extension Autoscaler {
  /// Replicas only, unless said otherwise.
  public static var scalesUnits: Bool { false }
}

/// What a policy knows of a pool whatever happens.
public struct ScaledPool: Hashable, Sendable {
  /// Fewest replicas.
  public var minimum: Int
  /// Most replicas.
  public var maximum: Int
  /// Replicas when the run begins.
  public var initial: Int
  /// Requests one replica runs at once.
  public var slotsPerReplica: Int
  /// Accelerators one replica holds.
  public var acceleratorsPerReplica: Int
  /// Price of one replica for an hour, picodollars.
  public var picodollarsPerReplicaHour: Int64
  /// Id of the market its machines come from; -1 where they are always to be had.
  public var market: Int
  /// Requests a second one replica bears, where the pools of a group differ; 0 takes the group's
  /// ``AutoscalerSettings/target``. Read by ``ForecastAutoscaler`` alone.
  public var target: Double
  /// Mean time from the wish for a replica to its service, which is paid for and serves nobody.
  public var startup: Duration

  /// Creates the description of a pool.
  public init(
    minimum: Int, maximum: Int, initial: Int, slotsPerReplica: Int,
    acceleratorsPerReplica: Int = 1, picodollarsPerReplicaHour: Int64 = 0, market: Int = -1,
    target: Double = 0, startup: Duration = .zero
  ) {
    precondition(0 <= minimum && minimum <= maximum)
    precondition(target >= 0 && startup >= .zero)
    self.minimum = minimum
    self.maximum = maximum
    self.initial = initial
    self.slotsPerReplica = slotsPerReplica
    self.acceleratorsPerReplica = acceleratorsPerReplica
    self.picodollarsPerReplicaHour = picodollarsPerReplicaHour
    self.market = market
    self.target = target
    self.startup = startup
  }

  /// A number of replicas, brought between the pool's bounds.
  func clipped(_ replicas: Int) -> Int { min(max(replicas, minimum), maximum) }
}

/// A pool's replicas at the moment of a decision.
public struct ReplicaCounts: Hashable, Sendable {
  /// Replicas that serve.
  public var ready: Int
  /// Replicas that were asked for and do not serve yet.
  public var starting: Int
  /// Replicas that serve what they have and then go.
  public var draining: Int
  /// Accelerators its market would give now; `Int.max` where there is no limit.
  public var obtainableAccelerators: Int

  /// Creates the counts.
  public init(
    ready: Int, starting: Int = 0, draining: Int = 0, obtainableAccelerators: Int = .max
  ) {
    self.ready = ready
    self.starting = starting
    self.draining = draining
    self.obtainableAccelerators = obtainableAccelerators
  }

  /// Replicas that serve or will: what a decision changes.
  public var committed: Int { ready + starting }
}
