/// Every policy a scenario can name. A new one is listed here and nowhere else.
public enum PolicyRegistry {
  /// Policies that choose a replica inside a pool.
  public static let replicaRouters: [any ReplicaRouter.Type] = [
    LeastOutstandingRequests.self,
    LeastOutstandingTokens.self,
    PowerOfTwoReplica.self,
    PrefixAffinityReplica.self,
    RandomReplica.self,
    RoundRobinReplica.self,
    WeightedReplica.self,
  ]

  /// Policies that choose a deployment at the gateway.
  public static let deploymentRouters: [any DeploymentRouter.Type] = [
    ContractAwareDeployment.self,
    CostBandDeployment.self,
    LatencyBandDeployment.self,
    LeastLoadedDeployment.self,
    NearestDeployment.self,
    PreferredDeployment.self,
    ProvisionedFirstDeployment.self,
    RegionPreferenceDeployment.self,
    RoundRobinDeployment.self,
    ScoredDeployment.self,
    SelectivePushDeployment.self,
    WeightedDeployment.self,
  ]

  /// Policies that change the number of replicas.
  public static let autoscalers: [any Autoscaler.Type] = [
    ForecastAutoscaler.self,
    HeadroomAutoscaler.self,
    ProvisionedUnitsAutoscaler.self,
    ScheduledAutoscaler.self,
    StablePanicAutoscaler.self,
    TargetRateAutoscaler.self,
    TargetUtilizationAutoscaler.self,
    ToleranceBandAutoscaler.self,
  ]

  /// The autoscaler of this name. O(policies).
  public static func autoscaler(named name: String) -> (any Autoscaler.Type)? {
    autoscalers.first { $0.name == name }
  }

  /// The replica policy of this name. O(policies).
  public static func replicaRouter(named name: String) -> (any ReplicaRouter.Type)? {
    replicaRouters.first { $0.name == name }
  }

  /// The gateway policy of this name. O(policies).
  public static func deploymentRouter(named name: String) -> (any DeploymentRouter.Type)? {
    deploymentRouters.first { $0.name == name }
  }
}
