import Multicloud
import SimulationKernel
import Workload

/// What a run did, in a form that can be compared with another run's: by names, never by numbers that
/// depend on the order of a file.
public struct Observation: Sendable {
  /// A request, whatever the world around it.
  public struct Key: Hashable, Sendable, Comparable {
    /// Name of its workload.
    public var workload: String
    /// Its number there.
    public var index: UInt64

    /// By workload, then number.
    public static func < (a: Key, b: Key) -> Bool {
      (a.workload, a.index) < (b.workload, b.index)
    }
  }

  /// What became of a request.
  public struct Request: Hashable, Sendable {
    /// How it ended.
    public var status: RequestRecord.Status
    /// Why.
    public var reason: RequestRecord.Reason
    /// Its last deployment: cloud/region/name; empty for none.
    public var deployment: String
    /// Replica there; -1 for none.
    public var replica: Int32
    /// Attempts made.
    public var attempts: Int16
    /// When it was sent, reached its deployment, started, yielded a token, and ended; nanoseconds.
    public var times: [Int64]
    /// Prompt, cached and delivered tokens.
    public var tokens: [Int32]
    /// What it cost.
    public var picodollars: Int64

    /// When it ended, nanoseconds.
    public var ended: Int64 { times[4] }
  }

  /// Every request that arrived. Chains' calls count as requests.
  public internal(set) var requests: [Key: Request] = [:]
  /// Rows that came for a request that had one already.
  public internal(set) var repeated = 0
  /// Decisions and attempts, by request: how many of each.
  public internal(set) var decisions: [Key: Int] = [:]
  /// Attempts by request.
  public internal(set) var attempts: [Key: Int] = [:]
  /// Numbers of decisions, and those that attempts name.
  public internal(set) var decisionNumbers: [Int64] = []
  /// Decisions that attempts name.
  public internal(set) var attemptedDecisions: [Int64] = []
  /// Sums of the minutes of each deployment, by id.
  public internal(set) var minuteTotals: [Int: DeploymentTotals] = [:]
  /// Sums of the minutes of a pool.
  public struct PoolSums: Hashable, Sendable {
    /// Requests that reached it.
    public var arrivals: Int64 = 0
    /// Output tokens produced.
    public var outputTokens: Int64 = 0
    /// Replica-nanoseconds with a step in progress.
    public var busy: Int128 = 0
  }

  /// Sums of the minutes of each pool, by id.
  public internal(set) var poolMinutes: [Int: PoolSums] = [:]
  /// Minutes in which the limit of a quota in force was above its own, which a cut must never do.
  public internal(set) var limitsRaised = 0
  /// The result.
  public internal(set) var result: SimulationResult
  /// What it cost; `nil` where nobody is billed.
  public internal(set) var bill: BillSeen?

  init(_ world: World, _ keeper: RowKeeper, _ result: SimulationResult, _ bill: BillSeen?) {
    self.result = result
    self.bill = bill
    let deployments = world.deploymentPaths
    func key(_ workload: Int32, _ index: UInt64) -> Key {
      Key(workload: world.workloads[Int(workload)].spec.name, index: index)
    }
    for row in keeper.requests {
      let request = Request(
        status: row.status, reason: row.reason,
        deployment: row.deployment < 0 ? "" : deployments[Int(row.deployment)],
        replica: row.replica, attempts: row.attempts,
        times: [row.arrival, row.reachedDeployment, row.started, row.firstToken, row.ended],
        tokens: [row.promptTokens, row.cachedTokens, row.deliveredTokens],
        picodollars: row.picodollars)
      let place = key(row.workload, row.index)
      if requests.updateValue(request, forKey: place) != nil { repeated += 1 }
    }
    for row in keeper.decisions {
      decisions[key(row.workload, row.index), default: 0] += 1
      decisionNumbers.append(row.number)
    }
    for row in keeper.attempts {
      attempts[key(row.workload, row.index), default: 0] += 1
      attemptedDecisions.append(row.decision)
    }
    for row in keeper.deploymentMinutes {
      minuteTotals[row.deployment, default: DeploymentTotals()].add(row.counts)
    }
    for row in keeper.poolMinutes {
      var sums = poolMinutes[row.pool] ?? PoolSums()
      sums.arrivals += row.arrivals
      sums.outputTokens += row.outputTokens
      sums.busy += row.busy
      poolMinutes[row.pool] = sums
    }
    limitsRaised = keeper.quotaMinutes.count { $0.effectiveLimit > $0.limit }
  }
}

extension DeploymentTotals {
  /// Adds a minute's counts; what is in flight is no count of a minute.
  fileprivate mutating func add(_ other: DeploymentTotals) {
    attempts += other.attempts
    completed += other.completed
    for reason in refused.indices { refused[reason] += other.refused[reason] }
    cancelled += other.cancelled
    promptTokens += other.promptTokens
    cachedTokens += other.cachedTokens
    outputTokens += other.outputTokens
    picodollars += other.picodollars
  }
}

extension World {
  /// Deployments by id as cloud/region/name.
  var deploymentPaths: [String] {
    func path(_ region: Int, _ name: String) -> String {
      "\(clouds[regions[region].cloud].name)/\(regions[region].name)/\(name)"
    }
    return pools.map { path($0.region, $0.name) } + endpoints.map { path($0.region, $0.name) }
  }
}
