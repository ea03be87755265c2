import Multicloud

/// What a request of a stream costs at a price, on average.
struct RequestCost: Sendable {
  private let price: TokenPrice
  private let promptTokens: Double
  private let outputTokens: Double
  /// Share of requests whose prompt is billed as long, and their tokens a request of the stream.
  private(set) var longShare = 0.0
  private(set) var longPromptTokens = 0.0
  private(set) var longOutputTokens = 0.0

  init(_ stream: StreamDemand, _ price: TokenPrice) {
    self.price = price
    promptTokens = stream.promptTokens
    outputTokens = stream.outputTokens
    guard let long = price.long else { return }
    let n = Double(stream.prompts.count)
    for (prompt, output) in zip(stream.prompts, stream.outputs) where prompt > Double(long.above) {
      longShare += 1 / n
      longPromptTokens += prompt / n
      longOutputTokens += output / n
    }
  }

  /// Dollars of a request of which `cached` prompt tokens come from a provider's cache.
  func dollars(cached: Double) -> Double {
    let prompt = promptTokens - longPromptTokens
    var picodollars =
      (prompt - cached) * Double(price.input) + cached * Double(price.cachedInput)
      + (outputTokens - longOutputTokens) * Double(price.output)
    if let long = price.long {
      picodollars +=
        longPromptTokens * Double(long.input) + longOutputTokens * Double(long.output)
    }
    return picodollars / 1e12
  }
}
