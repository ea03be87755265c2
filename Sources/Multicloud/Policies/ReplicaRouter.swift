/// Chooses a replica of a pool for a request: the policy of a pool's load balancer.
///
/// A policy is one small type in one file. It sees the loads as the balancer knows them (perhaps
/// stale), the request's prompt and *estimated* output, and keyed random draws; never the true
/// output length. To add one: write the type, list it in ``PolicyRegistry``, test it.
public protocol ReplicaRouter: Sendable {
  /// Name in scenarios, such as `round-robin`.
  static var name: String { get }
  /// The load by which it wants replicas ranked; `nil` where it asks for no minimum.
  static var rankedBy: LoadSignal? { get }

  /// Creates the policy for a pool.
  ///
  /// - Parameter replicas: Number of replicas there can be; `weights` has an entry for each of the first
  ///   ones, or none for equal.
  init(replicas: Int, weights: [Double])

  /// The replica that shall serve the request: one of those that may be chosen
  /// (``ReplicaLoads/available(_:)``), of which there is at least one.
  mutating func choose(_ loads: borrowing ReplicaLoads, draws: PolicyDraws) -> Int
}

/// A figure of a replica's load that a balancer can know.
public enum LoadSignal: String, Hashable, Sendable {
  /// Requests sent to the replica and not yet answered.
  case outstandingRequests
  /// Their prompt tokens and estimated output tokens.
  case outstandingTokens
}
