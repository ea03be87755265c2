/// What a call came to at its end. Tokens; all zero for a call that failed.
public struct QuotaUse: Hashable, Sendable {
  /// Tokens of the prompt, cached ones among them.
  public var promptTokens: Int64
  /// Tokens of the prompt that were read from a cache.
  public var cachedTokens: Int64
  /// Tokens put out.
  public var outputTokens: Int64

  /// A call that failed: nothing was used.
  public static let none = QuotaUse(promptTokens: 0, outputTokens: 0)

  /// Creates a use.
  ///
  /// - Precondition: `0 <= cachedTokens <= promptTokens` and `0 <= outputTokens`.
  public init(promptTokens: Int64, cachedTokens: Int64 = 0, outputTokens: Int64) {
    precondition(cachedTokens >= 0 && cachedTokens <= promptTokens && outputTokens >= 0)
    self.promptTokens = promptTokens
    self.cachedTokens = cachedTokens
    self.outputTokens = outputTokens
  }
}
