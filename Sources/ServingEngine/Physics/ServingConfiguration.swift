/// What an engine deployment comes to: everything a replica needs to be simulated.
public struct ServingConfiguration: Hashable, Sendable {
  /// The scheduler, defaults filled in.
  public var scheduler: SchedulerSettings
  /// Step times up to `scheduler.maxSequences` decodes.
  public var stepTime: StepTimeModel
  /// How the memory of each accelerator is spent.
  public var memory: MemoryPlan
  /// `guess` where any coefficient that was used is one.
  public var evidence: Evidence
}
