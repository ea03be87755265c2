/// What makes a replica: its scheduler's settings and how long its steps take.
public struct EngineProfile: Hashable, Sendable {
  /// The scheduler.
  public var settings: SchedulerSettings
  /// The step time; its table reaches at least to `settings.maxSequences`.
  public var stepTime: StepTimeModel

  /// Creates a profile.
  public init(settings: SchedulerSettings, stepTime: StepTimeModel) {
    precondition(
      stepTime.decodeBase.count > settings.maxSequences,
      "the step-time table must reach to the largest batch")
    precondition(settings.problem == nil, "no engine schedules so")
    self.settings = settings
    self.stepTime = stepTime
  }
}
