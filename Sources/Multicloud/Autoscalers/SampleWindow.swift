import SimulationKernel

/// The samples of a pool whose readings lie in a window that ends with the newest.
///
/// A sample is in it whole or not at all; the newest always is, however short the window.
struct SampleWindow: Sendable {
  private let length: Int64
  private var samples: [PoolSample] = []

  /// - Parameter length: Length of the window; a sample exactly this old is out.
  init(_ length: Duration) { self.length = length.nanoseconds }

  /// The newest sample.
  var last: PoolSample? { samples.last }

  /// Takes in a sample that is newer than all before. O(samples in the window).
  mutating func take(_ sample: PoolSample) {
    let from = sample.time.nanoseconds - length
    samples.removeAll { $0.time.nanoseconds <= from }
    samples.append(sample)
  }

  /// Requests a second that came; `nil` before anything was seen. O(samples in the window), as
  /// everything below.
  ///
  /// At the start of a run the window is not full yet, and what was seen stands for all of it.
  var arrivalRate: Double? { mean { Double($0.arrivals) / $0.length.seconds } }

  /// Mean of what was waiting at each reading; `nil` before anything was seen.
  var waiting: Double? { mean { Double($0.waiting) } }

  /// Share of the first tokens that came in time; `nil` where there were none.
  var firstTokenShare: Double? {
    let all = samples.reduce(0) { $0 + $1.firstTokens }
    let inTime = samples.reduce(0) { $0 + $1.firstTokensInTime }
    return all > 0 ? Double(inTime) / Double(all) : nil
  }

  /// Mean load: for a share the number of replicas that it would fill wholly, for concurrency the number
  /// of requests. `nil` before anything was seen.
  ///
  /// A share counts by the replicas that were ready when it was read, so that a replica that has just come
  /// does not seem to be as busy as the others were before it.
  func load(_ signal: AutoscalerSignal) -> Double? {
    switch signal {
    case .busy: mean { $0.busyShare * Double($0.ready) }
    case .slots: mean { $0.slotShare * Double($0.ready) }
    case .cache: mean { $0.cacheShare * Double($0.ready) }
    case .concurrency: mean { $0.meanOutstanding }
    }
  }

  /// The mean of a value over the time of the samples.
  private func mean(_ value: (PoolSample) -> Double) -> Double? {
    let time = samples.reduce(Int64(0)) { $0 + $1.length.nanoseconds }
    guard time > 0 else { return nil }
    let seen = samples.filter { $0.length > .zero }
    return seen.reduce(0.0) { $0 + value($1) * Double($1.length.nanoseconds) } / Double(time)
  }
}
