import SimulationKernel

/// How a ``SpotFit`` goes about it: choices of the method, none of them a figure from the world.
public struct SpotFitSettings: Hashable, Sendable {
  /// Least part of a zone's time without capacity that its own spells make.
  public var leastOwnShare = 0.1
  /// Greatest part of a zone's drops that shortages of its region make.
  public var greatestCommonShare = 0.9
  /// Availabilities of a region that are tried, rising.
  public var availabilities = (2...98).map { Double($0) / 100 }
  /// Mean squared error of correlations by which a fit may be worse than the best and still counts as
  /// good.
  public var errorMargin = 1e-4
  /// Lags between two zones at which their correlation is read, rising; those beyond a quarter of the
  /// recording are left out.
  public var lags = [1, 2, 4, 6, 8, 12, 16, 24, 32, 48, 72, 96].map { Duration.seconds($0 * 1800) }
  /// Slowest rate of fading that is tried, a second.
  public var slowestFading = 1e-6
  /// Fastest rate of fading that is tried, a second.
  public var fastestFading = 1e-3
  /// How many rates are tried, in a geometric series.
  public var fadingSteps = 300

  /// Creates settings as they stand.
  public init() {}
}
