/// What a request asks of an engine beside its lengths and priority. The default asks nothing.
public struct RequestFeatures: Hashable, Sendable {
  /// Text that the prompt begins with and other requests too: a node of the fleet's prefix tree; -1 for none.
  public var prefix: Int32 = -1
  /// The conversation whose earlier turns the prompt repeats after `prefix`; 0 for none.
  public var session: UInt64 = 0
  /// Steps in which the output appears where the engine speculates; 0 for one token a step.
  public var decodeSteps: Int32 = 0
  /// The adapter it is served with; -1 for none.
  public var adapter: Int32 = -1
  /// Prompt tokens whose keys and values come from another engine: 0 or the whole prompt.
  public var transferredTokens: Int32 = 0
  /// Whether the first output token comes with them; else the last prompt token is computed once more
  /// here, to yield it.
  public var bringsFirstToken = false
  /// Whether its blocks stay taken when it finishes, until ``ReplicaFleet/releaseBlocks(_:at:time:)``.
  public var keepsBlocks = false

  /// Creates features that ask nothing.
  public init() {}
}
