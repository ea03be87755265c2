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

  /// Creates a price, picodollars a token.
  public init(input: Int64 = 0, cachedInput: Int64 = 0, output: Int64 = 0) {
    self.input = input
    self.cachedInput = cachedInput
    self.output = output
  }

  /// What a request costs, picodollars; `cached` is part of `prompt`.
  @inlinable
  public func picodollars(prompt: Int64, cached: Int64, output: Int64) -> Int64 {
    (prompt - cached) * input + cached * cachedInput + output * self.output
  }
}
