/// What a token costs, in picodollars (1e-12 US dollars): whole numbers, so that sums are exact.
///
/// 1.25 dollars for a million tokens are 1,250,000 picodollars a token.
public struct TokenPrice: Hashable, Sendable {
  /// A prompt token that was computed.
  public var input: Int64
  /// A prompt token that came from the provider's cache.
  public var cachedInput: Int64
  /// An output token.
  public var output: Int64
  /// A prompt token that was computed and kept in the provider's cache.
  public var cacheWrite: Int64
  /// Prices of all tokens of a request whose prompt is long; `nil` where length makes no difference.
  public var long: Long?

  /// Prices of requests with long prompts.
  public struct Long: Hashable, Sendable {
    /// Prompts with more tokens than this are long.
    public var above: Int64
    /// A prompt token that was computed.
    public var input: Int64
    /// A prompt token from the cache.
    public var cachedInput: Int64
    /// An output token.
    public var output: Int64
    /// A prompt token kept in the cache.
    public var cacheWrite: Int64

    /// Creates prices, picodollars a token; `above` is a number of prompt tokens.
    public init(
      above: Int64, input: Int64, cachedInput: Int64, output: Int64, cacheWrite: Int64? = nil
    ) {
      self.above = above
      self.input = input
      self.cachedInput = cachedInput
      self.output = output
      self.cacheWrite = cacheWrite ?? input
    }
  }

  /// Creates a price, picodollars a token; keeping a token in the cache costs what computing it does
  /// unless said otherwise.
  public init(
    input: Int64 = 0, cachedInput: Int64 = 0, output: Int64 = 0, cacheWrite: Int64? = nil,
    long: Long? = nil
  ) {
    self.input = input
    self.cachedInput = cachedInput
    self.output = output
    self.cacheWrite = cacheWrite ?? input
    self.long = long
  }

  /// Whether a prompt of so many tokens is billed as long.
  @inlinable
  public func isLong(prompt: Int64) -> Bool {
    guard let long else { return false }
    return prompt > long.above
  }

  /// What a request costs, picodollars; `cached` and `written` are parts of `prompt`.
  @inlinable
  public func picodollars(
    prompt: Int64, cached: Int64, written: Int64 = 0, output: Int64
  ) -> Int64 {
    let computed = prompt - cached - written
    if let long, prompt > long.above {
      return computed * long.input + cached * long.cachedInput + written * long.cacheWrite
        + output * long.output
    }
    return computed * input + cached * cachedInput + written * cacheWrite + output * self.output
  }
}
