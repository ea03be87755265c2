/// A model that a provider sells by the token, as its user sees it.
public struct ManagedModelFacts: Hashable, Sendable {
  /// Name, such as `gpt-5.2`.
  public var name: String
  /// Other names, such as dated versions.
  public var aliases: [String]
  /// Who made it: `openai`, `anthropic` and so on.
  public var provider: String
  /// Longest prompt and output together, tokens.
  public var contextTokens: Int
  /// Longest output, tokens.
  public var maxOutputTokens: Int
  /// Quality from 0 to 1, to compare models by; only bands of it mean something.
  public var quality: Double
  /// Time to first token of a short prompt while the service is idle, milliseconds.
  public var idleTimeToFirstTokenMilliseconds: Double
  /// Output speed of a request while the service is idle, tokens per second.
  public var idleTokensPerSecond: Double
  /// Time to first token of a short prompt while the service is fully loaded, milliseconds.
  public var fullTimeToFirstTokenMilliseconds: Double
  /// Output speed of a request while the service is fully loaded, tokens per second.
  public var fullTokensPerSecond: Double
  /// What 1,000 prompt tokens that are not cached add to the time to first token, milliseconds.
  public var prefillMillisecondsPerThousandTokens: Double
  /// Quota tokens an output token takes where a cloud weighs outputs (Amazon Bedrock): 5 or 1.
  public var outputBurndown: Int
}
