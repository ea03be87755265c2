/// What accelerators draw: idle power, and while steps run a curve that saturates with the batch.
///
/// While steps run, an accelerator draws `active + (max − active) × batch / (batch + halfBatch)`; the
/// server around it multiplies that, and the building multiplies again (power usage effectiveness).
public struct PowerCurve: Hashable, Sendable {
  /// Watts of an accelerator that computes nothing.
  public var idleWatts: Double
  /// Watts of an accelerator while steps with the smallest batch run.
  public var activeWatts: Double
  /// Watts of an accelerator at an endless batch.
  public var maximumWatts: Double
  /// Batch at which it is half way from active to maximum.
  public var halfBatch: Double
  /// Watts of the server for each watt of its accelerators, at least 1.
  public var serverFactor: Double

  /// Creates a curve.
  public init(
    idleWatts: Double, activeWatts: Double, maximumWatts: Double, halfBatch: Double,
    serverFactor: Double
  ) {
    self.activeWatts = activeWatts
    self.idleWatts = idleWatts
    self.maximumWatts = maximumWatts
    self.halfBatch = halfBatch
    self.serverFactor = serverFactor
  }

  /// Watts of one accelerator and its share of the server, steps running with a mean batch; idle where
  /// the batch is 0.
  public func watts(batch: Double) -> Double {
    if batch <= 0 { return idleWatts * serverFactor }
    let share = batch / (batch + halfBatch)
    return (activeWatts + (maximumWatts - activeWatts) * share) * serverFactor
  }
}

/// What a kilowatt-hour emits in a region.
public struct Grid: Hashable, Sendable {
  /// Grams of carbon dioxide equivalent a kilowatt-hour.
  public var gramsPerKilowattHour: Double
  /// Energy of the whole building over that of its servers, at least 1.
  public var powerUsageEffectiveness: Double

  /// Creates a grid.
  public init(gramsPerKilowattHour: Double, powerUsageEffectiveness: Double) {
    self.gramsPerKilowattHour = gramsPerKilowattHour
    self.powerUsageEffectiveness = powerUsageEffectiveness
  }
}
