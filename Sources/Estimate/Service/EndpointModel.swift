import Multicloud
import SimulationKernel

/// A managed endpoint at a load: how long answers take.
struct EndpointModel: Sendable {
  private let service: EndpointService
  private let deviation: Double

  init(_ endpoint: Endpoint) {
    service = endpoint.service
    deviation = DeterministicMath.log1p(service.variation * service.variation).squareRoot()
  }

  /// Time to first token of an empty prompt, seconds, and tokens a second, with `inFlight` requests.
  func point(inFlight: Double) -> (seconds: Double, tokensPerSecond: Double) {
    let load = service.background + (inFlight + 1) / Double(service.concurrency)
    let curve = service.curve
    guard let last = curve.last, load < last.load, curve.count > 1 else {
      let end = curve[curve.count - 1]
      return (end.timeToFirstToken.seconds, end.tokensPerSecond)
    }
    var next = 0
    while curve[next].load <= load { next += 1 }
    if next == 0 { return (curve[0].timeToFirstToken.seconds, curve[0].tokensPerSecond) }
    let (a, b) = (curve[next - 1], curve[next])
    let share = (load - a.load) / (b.load - a.load)
    return (
      a.timeToFirstToken.seconds
        + (b.timeToFirstToken.seconds - a.timeToFirstToken.seconds) * share,
      a.tokensPerSecond + (b.tokensPerSecond - a.tokensPerSecond) * share
    )
  }

  /// Requests it can have in flight.
  var slots: Double { Double(service.concurrency) * max(0, 1 - service.background) }

  /// Mean seconds of a request.
  func seconds(_ stream: StreamDemand, cached: Double, inFlight: Double, slowness: Double) -> Double
  {
    let point = point(inFlight: inFlight)
    let first = point.seconds + service.prefillPerToken.seconds * (stream.promptTokens - cached)
    return slowness * (first + (stream.outputTokens - 1) / point.tokensPerSecond)
  }

  /// Times to first token, seconds, and from token to token, of a stream's equally likely requests.
  func times(
    _ stream: StreamDemand, cached: Double, inFlight: Double, slowness: Double
  ) -> [(first: Double, perToken: Double)] {
    let point = point(inFlight: inFlight)
    let cachedShare = min(1, cached / max(1, stream.promptTokens))
    let count = stream.prompts.count
    return stream.prompts.indices.flatMap { place in
      let prompt = stream.prompts[place] * (1 - cachedShare)
      let first = point.seconds + service.prefillPerToken.seconds * prompt
      return (0..<4).map { quarter in
        // Quantiles of the stretch, each in another order than the prompts.
        let turn = (place * 37 + quarter * count) % (4 * count)
        let probability = (Double(turn) + 0.5) / Double(4 * count)
        let stretch =
          deviation > 0
          ? DeterministicMath.exp(
            deviation * DeterministicMath.normalQuantile(probability) - 0.5 * deviation * deviation)
          : 1
        return (slowness * first * stretch, slowness * stretch / point.tokensPerSecond)
      }
    }
  }
}
