import SimulationKernel

/// An endpoint's figures as the event loop reads them.
struct EndpointState {
  let contextTokens: Int64
  let inverseConcurrency: Double
  let background: Double
  let spillover: Int32
  let prefillSecondsPerToken: Double
  /// Deviation of the logarithm of the service's stretch.
  let deviation: Double
  private let curve: [Point]

  /// A point of the service curve, in seconds.
  struct Point {
    var load: Double
    var seconds: Double
    var tokensPerSecond: Double
  }

  init(_ endpoint: Endpoint, pools: Int) {
    let service = endpoint.service
    precondition(!service.curve.isEmpty && service.concurrency > 0)
    contextTokens = Int64(endpoint.contextTokens)
    inverseConcurrency = 1 / Double(service.concurrency)
    background = service.background
    spillover = Int32(endpoint.spillover.map { $0 + pools } ?? -1)
    prefillSecondsPerToken = service.prefillPerToken.seconds
    deviation = DeterministicMath.log1p(service.variation * service.variation).squareRoot()
    curve = service.curve.map {
      Point(
        load: $0.load, seconds: $0.timeToFirstToken.seconds, tokensPerSecond: $0.tokensPerSecond)
    }
  }

  /// The service at a load: linear between the points of the curve, flat beyond them. O(points).
  func point(at load: Double) -> Point {
    guard let last = curve.last, load < last.load, curve.count > 1 else {
      return curve[curve.count - 1]
    }
    var next = 0
    while curve[next].load <= load { next += 1 }
    if next == 0 { return curve[0] }
    let (a, b) = (curve[next - 1], curve[next])
    let share = (load - a.load) / (b.load - a.load)
    return Point(
      load: load, seconds: a.seconds + (b.seconds - a.seconds) * share,
      tokensPerSecond: a.tokensPerSecond + (b.tokensPerSecond - a.tokensPerSecond) * share)
  }

  /// The lognormal stretch of mean 1 that `bits` draw.
  func factor(_ bits: UInt64) -> Double {
    DeterministicMath.exp(
      deviation * DeterministicMath.normalQuantile(unitInterval(bits))
        - 0.5 * deviation * deviation)
  }
}
