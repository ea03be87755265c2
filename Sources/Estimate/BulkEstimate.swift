import Multicloud
import ServingEngine
import SimulationKernel

/// Expected utilisation and throughput of every pool over a whole horizon, from matrices.
///
/// With demand `D` (bins × streams), routing shares `R` (streams × pools) and the work `W` one
/// request of a stream puts on a pool (replica-seconds), the load is `D · (R ∘ W)`, and rates and
/// tokens are `D · R` and `D · (R ∘ tokens)`: all of them in one `dgemm`, side by side. What a load
/// means for a replica follows from ``BatchModel``.
///
/// The figures are expectations under Poisson arrivals and an even split over a pool's replicas;
/// they stand beside simulated ones and never in their place.
public struct BulkEstimate: Sendable {
  /// By pool id.
  public let pools: [PoolEstimate]

  /// Whether the estimate knows all that routes requests in a world: pools only, one model a
  /// workload, and a policy whose shares it can work out.
  public static func covers(_ world: World) -> Bool {
    world.endpoints.isEmpty
      && RoutingFractions.policies.contains(world.gateway.policy)
      && world.gateway.flow == nil && world.incidents.isEmpty
      && world.workloads.allSatisfy {
        $0.alternatives.isEmpty && $0.chain == nil && $0.residency == .anywhere
      }
  }

  /// Estimates a world.
  ///
  /// - Parameter streams: Its demand; every stream has the same number of bins.
  /// - Complexity: O(bins × streams × pools) in the product.
  public init(_ world: World, streams: [StreamDemand]) {
    let bins = streams.first?.rates.count ?? 0
    precondition(streams.allSatisfy { $0.rates.count == bins }, "streams have the same bins")
    pools = Self.closeLoops(world, streams, bins: bins)
  }

  /// Estimates with the rates of closed loops that fit the latencies these rates cause: clients /
  /// (think time + latency), approached by halving the distance a fixed number of times.
  private static func closeLoops(
    _ world: World, _ streams: [StreamDemand], bins: Int
  ) -> [PoolEstimate] {
    guard streams.contains(where: { $0.closedLoop != nil }) else {
      return estimate(world, streams, bins: bins)
    }
    var streams = streams
    // Start from an empty system's latency, not from answers at once.
    for s in streams.indices where streams[s].closedLoop != nil {
      streams[s].rates = streams[s].rates.map { _ in 1e-3 }
    }
    var pools = estimate(world, streams, bins: bins)
    for _ in 0..<40 {
      for s in streams.indices {
        guard let loop = streams[s].closedLoop, let rate = streams[s].rates.first else { continue }
        let model = world.workloads[streams[s].workload].model
        let serving = pools.filter { world.pools[$0.pool].model == model }
        let tokens = serving.reduce(0) { $0 + $1.outputTokensPerSecond }
        let step =
          serving.reduce(0) { $0 + $1.timePerOutputToken * $1.outputTokensPerSecond }
          / max(tokens, 1e-12)
        let wanted =
          step.isFinite
          ? loop.rate(latency: step * streams[s].outputTokens) : rate / 2
        let next = (rate + wanted) / 2
        streams[s].rates = streams[s].rates.map { _ in next }
      }
      pools = estimate(world, streams, bins: bins)
    }
    return pools
  }

  private static func estimate(
    _ world: World, _ streams: [StreamDemand], bins: Int
  ) -> [PoolEstimate] {
    let models = poolModels(world, streams)
    let routing = RoutingFractions(world, streams: streams, models: models).matrix()
    let count = world.pools.count

    var demand = Matrix(rows: bins, columns: streams.count)
    for (s, stream) in streams.enumerated() {
      for bin in 0..<bins { demand[bin, s] = stream.rates[bin] }
    }
    // Requests, prompt tokens, output tokens and work, side by side: one product for all four.
    var perRequest = Matrix(rows: streams.count, columns: 4 * count)
    for (s, stream) in streams.enumerated() {
      for pool in 0..<count {
        let share = routing[s, pool]
        perRequest[s, pool] = share
        perRequest[s, count + pool] = share * stream.promptTokens
        perRequest[s, 2 * count + pool] = share * stream.outputTokens
        let work =
          models[pool].perSequence * stream.outputTokens
        perRequest[s, 3 * count + pool] = share * work
      }
    }
    let totals = demand.times(perRequest)
    return (0..<count).map { pool in
      summarise(
        totals, bins: bins, pool: pool, count: count, model: models[pool],
        replicas: Double(world.pools[pool].replicas))
    }
  }

  private static func summarise(
    _ totals: Matrix, bins: Int, pool: Int, count: Int, model: BatchModel, replicas: Double
  ) -> PoolEstimate {
    var sum = PoolEstimate(
      pool: pool, requestsPerSecond: 0, outputTokensPerSecond: 0, promptTokensPerSecond: 0,
      load: 0, peakLoad: 0, busyFraction: 0, running: 0, timePerOutputToken: 0)
    var weightedStep = 0.0
    for bin in 0..<bins {
      let rate = totals[bin, pool]
      let outputTokens = totals[bin, 2 * count + pool]
      let load = replicas > 0 ? totals[bin, 3 * count + pool] / replicas : 0
      sum.requestsPerSecond += rate
      sum.promptTokensPerSecond += totals[bin, count + pool]
      sum.outputTokensPerSecond += outputTokens
      sum.load += load
      sum.peakLoad = max(sum.peakLoad, load)
      guard rate > 0, replicas > 0 else { continue }
      var own = model
      own.outputTokens = outputTokens / rate
      let figures = own.figures(rate: rate / replicas)
      sum.busyFraction += figures.busy
      sum.running += figures.batch * replicas
      weightedStep += figures.timePerOutputToken * outputTokens
    }
    let n = Double(max(1, bins))
    sum.timePerOutputToken =
      sum.outputTokensPerSecond > 0 ? weightedStep / sum.outputTokensPerSecond : 0
    sum.requestsPerSecond /= n
    sum.promptTokensPerSecond /= n
    sum.outputTokensPerSecond /= n
    sum.load /= n
    sum.busyFraction /= n
    sum.running /= n
    return sum
  }

  /// One model per pool, for the mix of requests that may come to it, linearised where the pool
  /// works: the batch decides the slope, the slope the batch, so a few rounds settle both.
  private static func poolModels(_ world: World, _ streams: [StreamDemand]) -> [BatchModel] {
    world.pools.map { pool in
      let mine = streams.filter { world.workloads[$0.workload].model == pool.model }
      let rates = mine.map { $0.rates.reduce(0, +) / Double(max(1, $0.rates.count)) }
      let rate = rates.reduce(0, +)
      func mean(_ value: (StreamDemand) -> Double) -> Double {
        rate > 0 ? zip(mine, rates).reduce(0) { $0 + value($1.0) * $1.1 } / rate : 1
      }
      let prompt = mean(\.promptTokens)
      let output = mean(\.outputTokens)
      let context = mean { $0.contextTokens * $0.outputTokens } / max(1, output)
      let replicas = world.pools.filter { $0.model == pool.model }
        .reduce(0) { $0 + $1.replicas }
      var batch = 1.0
      var model: BatchModel
      var round = 0
      repeat {
        model = BatchModel(
          pool.stepTime, maxSequences: pool.scheduler.maxSequences, prompt: prompt,
          output: output, contextTokens: context, batch: batch)
        let next = model.figures(rate: rate / Double(max(1, replicas))).batch
        let capped = min(next, Double(pool.scheduler.maxSequences))
        let settled = abs(capped - batch) < 0.5
        batch = (batch + capped) / 2
        round += 1
        if settled { break }
      } while round < 20
      return model
    }
  }
}
