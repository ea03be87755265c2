/// How many replications bring a half-width down to a target, by a pilot's mean and deviation.
///
/// The least n with t(n - 1) s / √n at most the target; the pilot's s stands for the one that n replications
/// will have, so the answer is a plan and the interval of the longer run is what counts.
/// Source: A. M. Law, "Simulation Modeling and Analysis", 9.4.1.
public struct ReplicationsNeeded: Hashable, Sendable {
  /// What is wanted.
  public enum Target: Hashable, Sendable {
    /// A half-width in the figure's own unit.
    case absolute(Double)
    /// A half-width as a share of the estimate.
    case relative(Double)
    /// An error as a share of the unknown true value, as often as the level says: the half-width may be
    /// γ / (1 + γ) of the estimate.
    case relativeError(Double)
  }

  /// Replications in all, the pilot's included; at least 2.
  public let count: Int
  /// The half-width they are expected to have.
  public let halfWidth: Double

  /// Plans; `nil` for a pilot of fewer than two, a relative target of a mean of 0, or more than 10^12 of them.
  ///
  /// - Precondition: The target is positive, 0 < `level` < 1.
  public init?(pilot: SampleMoments, target: Target, level: Double = 0.95) {
    guard pilot.count > 1 else { return nil }
    let wanted: Double
    switch target {
    case .absolute(let width): wanted = width
    case .relative(let share): wanted = share * abs(pilot.mean)
    case .relativeError(let share): wanted = share / (1 + share) * abs(pilot.mean)
    }
    guard wanted > 0 || pilot.variance == 0 else { return nil }
    let deviation = pilot.deviation
    func width(_ n: Int) -> Double {
      StudentT.critical(level: level, degrees: Double(n - 1)) * deviation / Double(n).squareRoot()
    }
    var high = 2
    while width(high) > wanted {
      high *= 2
      if high > 1_000_000_000_000 { return nil }
    }
    // The half-width falls with n: halve what is between.
    var low = high / 2
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if middle < 2 || width(middle) > wanted { low = middle } else { high = middle }
    }
    count = high
    halfWidth = width(high)
  }
}
