import SimulationKernel

/// Active probes: the gateway asks every deployment at an interval whether it is well, and leaves alone the
/// one that is not.
///
/// A deployment is marked unhealthy after some failed probes in a row and healthy again after some that
/// succeed, as load balancers do. A probe at a deployment that is down fails when its answer is back; one at
/// a deployment that hangs fails when its time is over. How long it takes to notice an outage is therefore no
/// parameter: on average half an interval, the intervals of all failures but the first, and the answer.
///
/// Source: active health checks of Envoy (`interval`, `timeout`, `unhealthy_threshold`,
/// `healthy_threshold`), docs of 1.31, 2024-07.
public struct HealthCheck: Hashable, Sendable {
  /// Time between the probes of a deployment.
  public var interval: Duration
  /// How long a probe waits for its answer; no longer than the interval.
  public var timeout: Duration
  /// Failed probes in a row that mark a deployment unhealthy.
  public var failures: Int
  /// Successful probes in a row that mark it healthy again.
  public var successes: Int

  /// Creates settings.
  public init(
    interval: Duration = .seconds(10), timeout: Duration = .seconds(5), failures: Int = 3,
    successes: Int = 2
  ) {
    precondition(timeout > .zero && timeout <= interval && failures >= 1 && successes >= 1)
    self.interval = interval
    self.timeout = timeout
    self.failures = failures
    self.successes = successes
  }
}

/// What probes say of a deployment.
struct HealthState {
  /// Whether it may be chosen.
  private(set) var isHealthy = true
  /// Probes in a row that contradict that.
  private var run = 0

  /// Takes down a probe's outcome; whether the mark has changed.
  mutating func note(isWell: Bool, _ settings: HealthCheck) -> Bool {
    guard isWell != isHealthy else {
      run = 0
      return false
    }
    run += 1
    guard run >= (isHealthy ? settings.failures : settings.successes) else { return false }
    isHealthy.toggle()
    run = 0
    return true
  }
}
