import SimulationKernel

/// What a request does beside one call of a model: a small graph of stages.
///
/// A stage begins when all stages it comes after have ended; the request ends with its last stage and
/// fails with the first that fails. What flows from one stage to the next counts as egress where their
/// regions differ.
public struct Chain: Hashable, Sendable {
  /// The stages; those a stage comes after stand before it.
  public var stages: [Stage]

  /// Creates a chain.
  public init(stages: [Stage]) { self.stages = stages }

  /// One stage.
  public struct Stage: Hashable, Sendable {
    /// Name in the chain.
    public var name: String
    /// What it is.
    public var work: Work
    /// Places in ``Chain/stages`` of the stages it comes after.
    public var after: [Int]
    /// Bytes it hands on to each stage after it.
    public var bytesOut: Int64

    /// Creates a stage.
    public init(name: String, work: Work, after: [Int] = [], bytesOut: Int64 = 0) {
      self.name = name
      self.work = work
      self.after = after
      self.bytesOut = bytesOut
    }
  }

  /// What a stage does.
  public enum Work: Hashable, Sendable {
    /// Takes a time in a region: a storage read, a retrieval, an application's own step.
    case timed(Timed)
    /// Calls a model through the gateway, as a workload of its own; id of that workload.
    case call(workload: Int)
  }

  /// A stage that takes a time and may fail.
  public struct Timed: Hashable, Sendable {
    /// The word in tables: `storage`, `retrieval` or `app`.
    public var kind: Kind
    /// Id of its region.
    public var region: Int
    /// Mean time.
    public var mean: Duration
    /// Coefficient of variation of the time (lognormal); 0 is always the mean.
    public var variation: Double
    /// Share of its runs that fail.
    public var failureShare: Double
    /// What a run costs, picodollars.
    public var picodollarsPerRun: Int64 = 0

    /// Kinds of timed stages.
    public enum Kind: UInt8, CaseIterable, Hashable, Sendable {
      /// Reads or writes storage.
      case storage
      /// Searches an index.
      case retrieval
      /// The application's own work.
      case app
    }

    /// Creates a timed stage.
    public init(
      kind: Kind, region: Int, mean: Duration, variation: Double = 0, failureShare: Double = 0
    ) {
      self.kind = kind
      self.region = region
      self.mean = mean
      self.variation = variation
      self.failureShare = failureShare
    }
  }
}
