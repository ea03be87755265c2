import Multicloud

/// What an estimate expects of a pool, averaged over the horizon's bins.
public struct PoolEstimate: Hashable, Sendable {
  /// Id of the pool.
  public var pool: Int
  /// Requests per second.
  public var requestsPerSecond: Double
  /// Output tokens per second.
  public var outputTokensPerSecond: Double
  /// Prompt tokens per second.
  public var promptTokensPerSecond: Double
  /// Load: demand as a share of the largest rate the pool can sustain.
  public var load: Double
  /// Load in the busiest bin.
  public var peakLoad: Double
  /// Share of replica time with a step in progress.
  public var busyFraction: Double
  /// Mean sequences running in the pool.
  public var running: Double
  /// Mean seconds per output token; infinite where some bin cannot be sustained.
  public var timePerOutputToken: Double
}

extension PoolEstimate {
  /// What is expected of every pool of a world over its own horizon, by pool id.
  public static func pools(of world: World) throws(TrafficEquations.Problem) -> [PoolEstimate] {
    var settings = WorldEstimate.Settings(world)
    settings.mostLevels = 24
    let estimate = try WorldEstimate(world, settings)
    return world.pools.indices.map { id in
      let d = estimate.deployments[id]
      return PoolEstimate(
        pool: id, requestsPerSecond: d.served, outputTokensPerSecond: d.outputTokens,
        promptTokensPerSecond: d.promptTokens, load: d.load, peakLoad: d.peakLoad,
        busyFraction: d.utilisation, running: d.running,
        timePerOutputToken: d.timePerOutputToken.mean ?? 0)
    }
  }
}
