/// Every policy a scenario can name. A new one is listed here and nowhere else.
public enum PolicyRegistry {
  /// Policies that choose a replica inside a pool.
  public static let replicaRouters: [any ReplicaRouter.Type] = [
    LeastOutstandingRequests.self,
    LeastOutstandingTokens.self,
    PowerOfTwoReplica.self,
    RandomReplica.self,
    RoundRobinReplica.self,
    WeightedReplica.self,
  ]

  /// Policies that choose a pool at the gateway.
  public static let poolRouters: [any PoolRouter.Type] = [
    LeastLoadedPool.self,
    NearestPool.self,
    PreferredPool.self,
    WeightedPool.self,
  ]

  /// The replica policy of this name. O(policies).
  public static func replicaRouter(named name: String) -> (any ReplicaRouter.Type)? {
    replicaRouters.first { $0.name == name }
  }

  /// The pool policy of this name. O(policies).
  public static func poolRouter(named name: String) -> (any PoolRouter.Type)? {
    poolRouters.first { $0.name == name }
  }
}
