import ServingEngine

/// What is known of an engine before its logs are read.
public struct EngineFacts: Sendable {
  /// Model served, by its name in the catalog.
  public var model: String
  /// Accelerator, by its name in the catalog.
  public var accelerator: String
  /// Accelerators of a replica.
  public var tensorParallel: Int
  /// The scheduler that replays use, defaults filled in.
  public var scheduler: SchedulerSettings
  /// What was said of the scheduler; goes into the profile.
  public var overrides: SchedulerOverrides
  /// Step times as the catalog's physics has them.
  public var physics: StepCoefficients

  /// The facts of a deployment.
  ///
  /// - Throws: where the deployment cannot be.
  public init(_ deployment: EngineDeployment) throws(EngineDeploymentError) {
    let serving = try deployment.resolve()
    model = deployment.model.name
    accelerator = deployment.accelerator.name
    tensorParallel = deployment.tensorParallel
    scheduler = serving.scheduler
    overrides = deployment.scheduler
    let points = deployment.accelerator.mixedPenalty(groupSize: deployment.model.groupSize)
    physics = StepCoefficients(serving.stepTime, mixedPenalty: points?.points ?? [])
  }
}
