/// What an engine deployment comes to: everything a replica needs to be simulated.
public struct ServingConfiguration: Hashable, Sendable {
  /// The scheduler, defaults filled in.
  public var scheduler: SchedulerSettings
  /// Step times up to `scheduler.maxSequences` decodes.
  public var stepTime: StepTimeModel
  /// How the memory of each accelerator is spent.
  public var memory: MemoryPlan
  /// From a request's arrival to its place in the engine's queue, nanoseconds.
  public var frontEndNanoseconds: Int64
  /// What each prompt token adds to that, nanoseconds.
  public var frontEndTokenNanoseconds: Int64
  /// How far step times may be off.
  public var error: StepError
  /// `guess` where any coefficient that was used is one.
  public var evidence: Evidence
}
