/// Requests as a deployment meets them: means over the streams that come, weighted by their rates.
struct RequestMix: Sendable {
  /// Mean prompt tokens.
  var promptTokens = 1.0
  /// Mean output tokens.
  var outputTokens = 1.0
  /// Mean tokens in the cache of a decoding request, averaged over its steps.
  var contextTokens = 1.0
  /// Prompt lengths at equally likely points.
  var prompts: [Double] = [1]

  /// The mix of streams with these weights; `nil` where all are zero.
  init?(_ streams: [StreamDemand], weights: [Double]) {
    let total = weights.reduce(0, +)
    guard total > 0 else { return nil }
    func mean(_ value: (StreamDemand) -> Double) -> Double {
      zip(streams, weights).reduce(0) { $0 + value($1.0) * $1.1 } / total
    }
    promptTokens = mean(\.promptTokens)
    outputTokens = mean(\.outputTokens)
    contextTokens = mean { $0.contextTokens * $0.outputTokens } / max(1e-9, outputTokens)
    let count = StreamDemand.promptPoints
    prompts = (0..<count).map { point in
      zip(streams, weights).reduce(0) { $0 + $1.0.prompts[point] * $1.1 } / total
    }
  }

  /// One stream alone.
  init(_ stream: StreamDemand) {
    promptTokens = stream.promptTokens
    outputTokens = stream.outputTokens
    contextTokens = stream.contextTokens
    prompts = stream.prompts
  }
}
