/// What a cloud charges for the tokens of a managed model, before any discount.
///
/// Prices are exact: 1.25 USD per million tokens are 1,250,000 picodollars (10⁻¹² USD) per token.
public struct TokenPrice: Hashable, Sendable {
  /// Class of service a request asks for.
  public enum Tier: String, CaseIterable, Hashable, Sendable {
    /// As soon as the shared service can.
    case standard
    /// Within a day, at a lower price.
    case batch
    /// Before standard requests, at a higher price.
    case priority
    /// When there is room, at a lower price.
    case flex
  }

  /// Prices of a request with a long prompt; they hold for all of its tokens.
  public struct LongContext: Hashable, Sendable {
    /// Prompts with more tokens than this are long.
    public var thresholdTokens: Int
    /// Picodollars per input token.
    public var inputPicodollarsPerToken: Int64
    /// Picodollars per output token.
    public var outputPicodollarsPerToken: Int64
  }

  /// The cloud, or `direct` for the API of the provider or of a host that is no cloud.
  public var cloud: String
  /// Name of the managed model.
  public var model: String
  /// Class of service.
  public var tier: Tier
  /// Picodollars per input token.
  public var inputPicodollarsPerToken: Int64
  /// Picodollars per input token read from the prompt cache; `nil` where no discount is stated.
  public var cachedPicodollarsPerToken: Int64?
  /// Picodollars per input token written to the prompt cache; `nil` where that costs nothing extra.
  public var cacheWritePicodollarsPerToken: Int64?
  /// Picodollars per output token.
  public var outputPicodollarsPerToken: Int64
  /// Prices of long prompts; `nil` where they cost the same.
  public var longContext: LongContext?
  /// Thousandths by which every price is multiplied where processing is bound to a data zone or
  /// region: 1100 or 1000.
  public var regionalUpliftPermille: Int64
}
