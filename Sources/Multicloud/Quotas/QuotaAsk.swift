/// What one call asks of a quota, as far as it is known when the call comes. Tokens.
public struct QuotaAsk: Hashable, Sendable {
  /// Tokens of the prompt, cached ones among them.
  public var promptTokens: Int64
  /// Tokens of the prompt expected to be read from a cache.
  public var cachedTokens: Int64
  /// Most tokens the call may put out (`max_tokens`, or what the service assumes without it).
  public var maximumOutputTokens: Int64

  /// Creates an ask.
  ///
  /// - Precondition: `0 <= cachedTokens <= promptTokens` and `0 <= maximumOutputTokens`.
  public init(promptTokens: Int64, cachedTokens: Int64 = 0, maximumOutputTokens: Int64) {
    precondition(cachedTokens >= 0 && cachedTokens <= promptTokens && maximumOutputTokens >= 0)
    self.promptTokens = promptTokens
    self.cachedTokens = cachedTokens
    self.maximumOutputTokens = maximumOutputTokens
  }

  /// Prompt and most output.
  var estimatedTokens: Int64 { promptTokens + maximumOutputTokens }
}
