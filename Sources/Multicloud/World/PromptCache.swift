import SimulationKernel

/// What providers' prompt caches hold of a workload's prompts.
///
/// A request belongs to one of `conversations`, drawn by its number. Where the conversation's last
/// request went to the same deployment no longer than `lifetime` ago, `share` of the prompt is cached
/// there; whoever switches the deployment loses it.
public struct PromptCache: Hashable, Sendable {
  /// Share of a prompt that a conversation's earlier requests had in common with it.
  public var share: Double
  /// Number of conversations under way.
  public var conversations: Int
  /// How long a provider keeps it.
  public var lifetime: Duration

  /// Creates a prompt cache.
  public init(share: Double, conversations: Int, lifetime: Duration = .seconds(300)) {
    self.share = share
    self.conversations = conversations
    self.lifetime = lifetime
  }
}
