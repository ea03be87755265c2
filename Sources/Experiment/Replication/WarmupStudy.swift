import Multicloud
import SimulationKernel
import Statistics

/// How long a warm-up a world needs, by MSER-5 on end-to-end latencies.
///
/// A few replications from an empty start; the mean latency of the requests that arrive in each of many short
/// stretches, averaged over the replications (Welch's way of seeing through the noise), is the series that MSER-5
/// truncates. Latency, because it is what queues show; a system that is slow to fill shows it in no other figure
/// later.
public struct WarmupStudy: Sendable {
  /// Stretches of the horizon looked at.
  public static let stretches = 1000

  /// What a study finds.
  public enum Finding: Hashable, Sendable {
    /// Leave out this much.
    case delete(Duration)
    /// The run is too short to show a steady state: more than half of it would go.
    case refused

    /// What it means, for people.
    public var description: String {
      switch self {
      case .delete(let time): "MSER-5: \(time.seconds) s"
      case .refused:
        "MSER-5 refuses: half of the run would have to be left out, so it shows no steady state; give a "
          + "longer horizon, or a warm-up of your own"
      }
    }
  }

  /// Studies a world with so many replications; `nil` where somebody asked to stop.
  public static func run(
    _ world: World, replications: Int = 5, pool: WorkPool,
    shouldContinue: @Sendable () -> Bool = { true }
  ) throws -> Finding? {
    let runs = try pool.map(replications, shouldContinue: shouldContinue) { number -> [Double?]? in
      var own = world
      own.seed = world.seed &+ UInt64(number)
      own.warmup = .zero
      own.billing = nil
      let recorder = LatencyByArrival(horizon: world.horizon, stretches: stretches)
      let result = try Simulation.soundResult(of: own, recorder: recorder) { _ in
        shouldContinue()
      }
      return result.isComplete ? recorder.means : nil
    }
    let whole = runs.compactMap { $0 ?? nil }
    guard whole.count == replications else { return nil }
    let series = averaged(whole)
    guard let found = MSER5(series), let deleted = found.accepted else { return .refused }
    let part = world.horizon.seconds / Double(stretches) * Double(deleted)
    return .delete(.seconds(Int64(part.rounded(.up))))
  }

  /// The mean over the replications, stretch by stretch; one without requests is as the one before.
  private static func averaged(_ runs: [[Double?]]) -> [Double] {
    var series: [Double] = []
    for stretch in 0..<stretches {
      let values = runs.compactMap { $0[stretch] }
      if !values.isEmpty {
        series.append(SampleMoments(values).mean)
      } else if let last = series.last {
        series.append(last)
      }
    }
    return series
  }
}

/// Mean end-to-end latencies of completed requests by the stretch of time in which they arrived.
private final class LatencyByArrival: Recorder {
  private let length: Int64
  private var sums: [Int64]
  private var counts: [Int64]
  let wantsRequests = true
  let wantsPoolMinutes = false
  let hasFailed = false

  init(horizon: Duration, stretches: Int) {
    length = max(1, horizon.nanoseconds / Int64(stretches))
    sums = [Int64](repeating: 0, count: stretches)
    counts = sums
  }

  /// Nanoseconds; `nil` where nothing arrived that completed.
  var means: [Double?] {
    zip(sums, counts).map { $1 > 0 ? Double($0) / Double($1) : nil }
  }

  func record(_ request: borrowing RequestRecord) {
    guard request.status == .completed else { return }
    let stretch = min(sums.count - 1, Int(request.arrival / length))
    sums[stretch] += request.endToEnd
    counts[stretch] += 1
  }

  func record(_ minute: borrowing PoolMinute) {}
}
