/// What accelerators draw: idle power, and a curve that saturates with the batch.
///
/// While steps run, an accelerator draws `idle + (max − idle) × batch / (batch + halfBatch)`; the server
/// around it multiplies that, and the building multiplies again (power usage effectiveness).
public struct PowerCurve: Hashable, Sendable {
  /// Watts of an accelerator that computes nothing.
  public var idleWatts: Double
  /// Watts of an accelerator at an endless batch.
  public var maximumWatts: Double
  /// Batch at which it draws half of what lies between.
  public var halfBatch: Double
  /// Watts of the server for each watt of its accelerators, at least 1.
  public var serverFactor: Double

  /// Creates a curve.
  public init(idleWatts: Double, maximumWatts: Double, halfBatch: Double, serverFactor: Double) {
    self.idleWatts = idleWatts
    self.maximumWatts = maximumWatts
    self.halfBatch = halfBatch
    self.serverFactor = serverFactor
  }

  /// Watts of one accelerator and its share of the server, steps running with a mean batch.
  public func watts(batch: Double) -> Double {
    let share = batch <= 0 ? 0 : batch / (batch + halfBatch)
    return (idleWatts + (maximumWatts - idleWatts) * share) * serverFactor
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
