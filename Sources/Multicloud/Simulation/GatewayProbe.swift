import SimulationKernel

/// The gateway's own policy, asked about expected loads instead of counted ones: what estimates route
/// by, so that a new policy needs no twin there.
///
/// Loads may be fractions of a request: slots, replicas and loads are all shown ``scale`` times as large.
public struct GatewayProbe: ~Copyable {
  /// Units in which a load is given: this many are one request.
  public static let scale = 256.0

  private let routes: [DeploymentCandidates.Route?]
  private let origins: Int
  private var policy: any DeploymentRouter
  private let stream = KeyedStream(seed: 0, entity: 0, purpose: 700)
  private let loads: UnsafeMutablePointer<Int32>
  private let eligible: UnsafeMutablePointer<Bool>
  private let latency: UnsafeMutablePointer<Int64>
  private let saved: UnsafeMutablePointer<Double>
  private let deployments: Int

  /// What the gateway knows of a request.
  public struct Ask: Sendable {
    /// Prompt tokens.
    public var promptTokens: Double
    /// What is expected of the output, tokens.
    public var outputTokens: Double
    /// Most output a request allows, tokens.
    public var maximumOutputTokens: Double
    /// Target for the time to first token, seconds; `nil` for none.
    public var timeToFirstTokenLimit: Double?
    /// Deployment whose provider holds the conversation's prompt, -1 for none.
    public var cachedAt = -1
    /// Tokens of the prompt it holds.
    public var cachedTokens = 0.0

    /// Creates an ask.
    public init(
      promptTokens: Double, outputTokens: Double, maximumOutputTokens: Double,
      timeToFirstTokenLimit: Double?
    ) {
      self.promptTokens = promptTokens
      self.outputTokens = outputTokens
      self.maximumOutputTokens = maximumOutputTokens
      self.timeToFirstTokenLimit = timeToFirstTokenLimit
    }
  }

  /// Prepares the ways of a world.
  public init(_ world: World) {
    guard let policy = PolicyRegistry.deploymentRouter(named: world.gateway.policy) else {
      preconditionFailure("a world names a policy that is registered")
    }
    self.policy = policy.init(world.gateway)
    origins = world.origins.count
    deployments = world.deploymentCount
    routes = Ways(world).routes.map { route in
      route.map { route in
        DeploymentCandidates.Route(
          route.candidates.map { candidate in
            var scaled = candidate
            scaled.slots = min(candidate.slots, 1 << 40) * Int(Self.scale)
            scaled.replicas = candidate.replicas * Int(Self.scale)
            return scaled
          })
      }
    }
    loads = .allocate(capacity: max(1, deployments))
    loads.initialize(repeating: 0, count: max(1, deployments))
    eligible = .allocate(capacity: max(1, deployments))
    eligible.initialize(repeating: true, count: max(1, deployments))
    latency = .allocate(capacity: max(1, deployments))
    latency.initialize(repeating: -1, count: max(1, deployments))
    saved = .allocate(capacity: max(1, deployments))
    saved.initialize(repeating: 0, count: max(1, deployments))
  }

  deinit {
    loads.deallocate()
    eligible.deallocate()
    latency.deallocate()
    saved.deallocate()
  }

  /// The candidates of a workload from an origin, in the order of their numbers; empty where nothing
  /// may serve it.
  public func candidates(workload: Int, origin: Int) -> [DeploymentCandidates.Candidate] {
    routes[workload * origins + origin]?.candidates ?? []
  }

  /// Shows a deployment's load: expected requests there.
  public func show(load: Double, at deployment: Int) {
    loads[deployment] = Int32(min(2e9, max(0, load * Self.scale)))
  }

  /// Shows a deployment's time to first token, seconds; `nil` where none was measured.
  public func show(latency seconds: Double?, at deployment: Int) {
    latency[deployment] = seconds.map { $0.isFinite ? Int64(min(1e9, $0) * 1e9) : 1 << 60 } ?? -1
  }

  /// Shows what share of a deployment's list price a contract saves.
  public func show(saved share: Double, at deployment: Int) { saved[deployment] = share }

  /// The candidate number to which the policy sends a request among those that `isEligible` lets
  /// through; `nil` where there is none. O(candidates).
  ///
  /// - Parameter draw: Numbers the random draws of policies that draw.
  public mutating func choose(
    workload: Int, origin: Int, ask: Ask, draw: UInt64,
    isEligible: (DeploymentCandidates.Candidate, Int) -> Bool
  ) -> Int? {
    guard let route = routes[workload * origins + origin] else { return nil }
    var count = 0
    var only = -1
    for number in 0..<route.count {
      let may = isEligible(route.candidates[number], number)
      eligible[number] = may
      if may {
        count += 1
        only = number
      }
    }
    if count == 0 { return nil }
    if count == 1 { return only }
    var question = DeploymentCandidates.Ask(
      promptTokens: Int64(ask.promptTokens.rounded()),
      outputTokens: Int64(ask.outputTokens.rounded()))
    if let limit = ask.timeToFirstTokenLimit {
      question.timeToFirstTokenLimit = Int64(limit * 1e9)
    }
    question.cachedAt = Int32(ask.cachedAt)
    question.cachedTokens = Int64(ask.cachedTokens.rounded())
    let candidates = DeploymentCandidates(
      route: route, load: UnsafePointer(loads),
      eligible: count == route.count ? nil : UnsafePointer(eligible),
      latency: UnsafePointer(latency), saved: UnsafePointer(saved), ask: question)
    return policy.choose(candidates, draws: PolicyDraws(stream: stream, index: draw))
  }

  /// What a contract saves at each deployment when the run begins and after `seconds` in which its
  /// tokens cost `spent` picodollars at list price, by deployment; zeros where nobody forecasts.
  public static func savedShares(
    _ world: World, seconds: Double, spent: [Double]
  ) -> [Double] {
    guard world.gateway.policy == ContractAwareDeployment.name,
      let forecast = ContractForecast(world)
    else { return [Double](repeating: 0, count: world.deploymentCount) }
    return forecast.savedShares(at: Int64(seconds) * 1_000_000_000) {
      Int128(spent[$0].rounded())
    }
  }
}
