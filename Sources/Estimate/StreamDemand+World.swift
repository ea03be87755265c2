import Multicloud
import SimulationKernel
import Workload

extension StreamDemand {
  /// Longest table of bins; a longer horizon has wider bins.
  private static let mostBins: Int64 = 100_000

  /// The expected demand of a world by workload and origin, in bins of a minute (wider where the
  /// horizon has more than 100,000 minutes).
  ///
  /// An origin has its share of its workload in every bin.
  ///
  /// - Complexity: O(bins × streams), plus O(rows) for a trace.
  public static func streams(of world: World) -> [StreamDemand] {
    let minutes = (world.horizon.nanoseconds - 1) / Duration.seconds(60).nanoseconds + 1
    let width = Duration.seconds(60) * ((minutes - 1) / mostBins + 1)
    var streams: [StreamDemand] = []
    for (id, workload) in world.workloads.enumerated() {
      let rates = workload.spec.expectedRates(binWidth: width, horizon: world.horizon)
      let lengths = workload.spec.lengthMoments
      let total = workload.spec.origins.reduce(0) { $0 + $1.share }
      var loop: ClosedLoop?
      if case .closedLoop(let clients, let thinkTime) = workload.spec.arrivals {
        loop = ClosedLoop(clients: Double(clients), thinkSeconds: thinkTime.seconds)
      }
      if case .pacedLoop(let clients, let every) = workload.spec.arrivals {
        loop = ClosedLoop(
          clients: Double(clients), thinkSeconds: 0, paceSeconds: every.seconds)
      }
      for origin in workload.spec.origins where origin.share > 0 {
        let share = origin.share / total
        streams.append(
          StreamDemand(
            workload: id, origin: origin.origin, rates: rates.map { $0 * share },
            promptTokens: lengths.meanPrompt, outputTokens: lengths.meanOutput,
            contextTokens: (lengths.meanProduct + lengths.meanSquareOutput / 2)
              / lengths.meanOutput,
            closedLoop: loop.map {
              ClosedLoop(
                clients: $0.clients * share, thinkSeconds: $0.thinkSeconds,
                paceSeconds: $0.paceSeconds)
            }))
      }
    }
    return streams
  }
}
