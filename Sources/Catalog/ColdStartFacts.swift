import SimulationKernel

/// How long the stages of a new replica take where nothing else is said; laws in seconds.
public struct ColdStartFacts: Hashable, Sendable {
  /// From the request to a machine that runs.
  public var provisioning: Distribution
  /// Loading of image and weights.
  public var loading: Distribution
  /// Warm-up.
  public var warming: Distribution
}

/// A stage of a cold start on a cloud: it takes from the least to the greatest time.
public struct ColdStartStage: Hashable, Sendable {
  /// The cloud, or `any`.
  public var cloud: String
  /// `provisioning`, `loading` or `warming`.
  public var stage: String
  /// Shortest time, seconds.
  public var leastSeconds: Double
  /// Longest time, seconds.
  public var greatestSeconds: Double

  /// Any time between the two, equally likely.
  public var law: Distribution {
    leastSeconds == greatestSeconds
      ? .constant(leastSeconds) : .uniform(lower: leastSeconds, upper: greatestSeconds)
  }
}
