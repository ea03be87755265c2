/// The quota a subscription has before it asks for more.
public struct DefaultQuota: Hashable, Sendable {
  /// The cloud.
  public var cloud: String
  /// Name of the managed model.
  public var model: String
  /// Name of the deployment type.
  public var deploymentType: String
  /// The vendor's tier of the subscription: `1` to `6`, `free`, `pay-as-you-go` or `enterprise`.
  public var tier: String
  /// Tokens per minute: prompt and output together, or uncached input only where output has a
  /// quota of its own.
  public var tokensPerMinute: Int
  /// Output tokens per minute; `nil` where they count in ``tokensPerMinute``.
  public var outputTokensPerMinute: Int?
  /// Requests per minute.
  public var requestsPerMinute: Int
  /// Length of the window in which the vendor states the limit of requests, seconds: in a window
  /// of 10 s a sixth of ``requestsPerMinute`` is allowed.
  public var requestWindowSeconds: Int
}
