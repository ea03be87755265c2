import SimulationKernel

/// How long a replica takes from the wish to service, and from service to its end; laws in seconds.
///
/// requested → provisioning → loading → warming → ready → draining → gone
public struct ReplicaLife: Hashable, Sendable {
  /// From the request to a machine that runs.
  public var provisioning: Distribution
  /// Loading of image and weights.
  public var loading: Distribution
  /// Warm-up: compilation, graph capture, first passes.
  public var warming: Distribution
  /// How long a replica that shall go may finish what it has before the rest is broken off.
  public var drainLimit: Duration

  /// Creates a life; as it stands a replica serves at once.
  public init(
    provisioning: Distribution = .constant(0), loading: Distribution = .constant(0),
    warming: Distribution = .constant(0), drainLimit: Duration = .seconds(600)
  ) {
    self.provisioning = provisioning
    self.loading = loading
    self.warming = warming
    self.drainLimit = drainLimit
  }
}

/// Where a replica is in its life.
public enum ReplicaPhase: UInt8, CaseIterable, Hashable, Sendable {
  /// There is none.
  case gone
  /// A machine was asked for and not found yet, or is being made ready.
  case provisioning
  /// Image and weights are loaded.
  case loading
  /// The engine warms up.
  case warming
  /// It serves.
  case ready
  /// It serves what it has, and then goes.
  case draining
  /// It has failed.
  case failed

  /// The word in tables.
  public var word: String {
    switch self {
    case .gone: "gone"
    case .provisioning: "provisioning"
    case .loading: "loading"
    case .warming: "warming"
    case .ready: "ready"
    case .draining: "draining"
    case .failed: "failed"
    }
  }
}
