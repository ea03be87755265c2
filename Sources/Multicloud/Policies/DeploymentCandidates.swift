import SimulationKernel

/// The deployments that may serve a request, as the gateway sees them.
///
/// Candidate numbers count from 0 in order of deployment id; the list is the same for every request
/// of one workload from one origin, and some of it may not be eligible for this attempt.
public struct DeploymentCandidates: ~Copyable {
  let route: Route
  let load: UnsafePointer<Int32>
  /// By candidate number; `nil` where all are eligible.
  let eligible: UnsafePointer<Bool>?
  /// By deployment id: time to first token measured lately, nanoseconds, -1 where none was.
  let latency: UnsafePointer<Int64>?
  /// By deployment id: share of the list price that a contract saves; `nil` where no policy asks.
  let saved: UnsafePointer<Double>?
  let ask: Ask

  /// What the gateway knows of the request.
  public struct Ask: Sendable {
    /// Prompt tokens.
    public var promptTokens: Int64 = 0
    /// What is expected of the output, tokens.
    public var outputTokens: Int64 = 0
    /// Deployment whose provider holds the conversation's prompt in its cache; -1 for none.
    public var cachedAt: Int32 = -1
    /// Prompt tokens it holds.
    public var cachedTokens: Int64 = 0
    /// Target for the time to first token, nanoseconds; `Int64.max` for none.
    public var timeToFirstTokenLimit = Int64.max
  }

  /// What is known of a candidate whatever the load.
  public struct Candidate: Sendable {
    /// Id of the deployment.
    public var deployment: Int
    /// Delay from the client to the deployment's region, one way.
    public var oneWay: Duration
    /// Place in the workload's order of preference of regions; unlisted regions come after, by
    /// distance.
    public var rank: Int
    /// The deployment's weight.
    public var weight: Double
    /// Requests it can run at once: replicas × `max_num_seqs`, or an endpoint's concurrency.
    public var slots: Int
    /// Replicas of a pool, 1 for an endpoint.
    public var replicas: Int
    /// Place of its model in the workload's list.
    public var modelRank: Int
    /// Place in the order of failover, as the scenario gives it.
    public var order: Int
    /// Its step in this workload's failover: lower ones are exhausted first.
    public var tier: Int
    /// Quality of its model, 0 to 1.
    public var quality: Double
    /// Whether its throughput is bought in units.
    public var isProvisioned: Bool
    /// Longest prompt and output together, tokens.
    public var contextTokens: Int64
    /// Price of a token.
    public var price: TokenPrice

    /// Creates a candidate.
    public init(
      deployment: Int, oneWay: Duration, rank: Int, weight: Double, slots: Int, replicas: Int,
      modelRank: Int = 0, order: Int = 0, tier: Int = 0, quality: Double = 0,
      isProvisioned: Bool = false, contextTokens: Int64 = .max, price: TokenPrice = TokenPrice()
    ) {
      self.deployment = deployment
      self.oneWay = oneWay
      self.rank = rank
      self.weight = weight
      self.slots = slots
      self.replicas = replicas
      self.modelRank = modelRank
      self.order = order
      self.tier = tier
      self.quality = quality
      self.isProvisioned = isProvisioned
      self.contextTokens = contextTokens
      self.price = price
    }
  }

  /// Everything about the candidates of one (workload, origin) that does not change: a class, so
  /// that showing it to a policy costs one reference count and no copy. What the event loop reads
  /// again and again lies in flat memory.
  final class Route: Sendable {
    // A simulation whose capacity changes writes sizes, and nobody else holds its routes.
    nonisolated(unsafe) private(set) var candidates: [Candidate]
    let count: Int
    /// Highest tier and 1.
    let tiers: Int
    /// The least context of all candidates.
    let leastContext: Int64
    /// Shares by weight.
    let shares: CumulativeShares
    // Written once in `init`, read only afterwards: safe to share.
    nonisolated(unsafe) let byDistance: UnsafeMutablePointer<Int32>
    nonisolated(unsafe) let byRank: UnsafeMutablePointer<Int32>
    nonisolated(unsafe) let hot: UnsafeMutablePointer<Hot>

    /// What policies read of every candidate at every request.
    struct Hot {
      var deployment: Int32
      var roundTripSeconds: Double
      var inverseSlots: Double
      var contextTokens: Int64
      var tier: Int16
      var quality: Double
    }

    init(_ candidates: [Candidate]) {
      precondition(!candidates.isEmpty, "a workload has at least one deployment")
      self.candidates = candidates
      count = candidates.count
      tiers = (candidates.map(\.tier).max() ?? 0) + 1
      leastContext = candidates.map(\.contextTokens).min() ?? 0
      let near = candidates.indices.sorted {
        (candidates[$0].oneWay, $0) < (candidates[$1].oneWay, $1)
      }
      let ranked = candidates.indices.sorted {
        (candidates[$0].rank, candidates[$0].oneWay, $0)
          < (candidates[$1].rank, candidates[$1].oneWay, $1)
      }
      byDistance = .allocate(capacity: count)
      byRank = .allocate(capacity: count)
      hot = .allocate(capacity: count)
      for (i, number) in near.enumerated() { (byDistance + i).initialize(to: Int32(number)) }
      for (i, number) in ranked.enumerated() { (byRank + i).initialize(to: Int32(number)) }
      for (i, candidate) in candidates.enumerated() {
        (hot + i).initialize(
          to: Hot(
            deployment: Int32(candidate.deployment),
            roundTripSeconds: 2 * candidate.oneWay.seconds,
            inverseSlots: 1 / Double(candidate.slots), contextTokens: candidate.contextTokens,
            tier: Int16(candidate.tier), quality: candidate.quality))
      }
      let weights = candidates.map(\.weight)
      shares = CumulativeShares(
        weights.contains { $0 > 0 } ? weights : [Double](repeating: 1, count: weights.count))
    }

    /// Takes in that a deployment has another size now. O(count).
    func resize(deployment: Int, slots: Int, replicas: Int) {
      for number in 0..<count where candidates[number].deployment == deployment {
        candidates[number].slots = slots
        candidates[number].replicas = replicas
        hot[number].inverseSlots = 1 / Double(slots)
      }
    }

    deinit {
      byDistance.deallocate()
      byRank.deallocate()
      hot.deallocate()
    }
  }

  /// Number of candidates, at least 1.
  public var count: Int { route.count }

  /// What is known of a candidate whatever the load.
  public subscript(_ number: Int) -> Candidate {
    _read { yield route.candidates[number] }
  }

  /// Whether a candidate may be chosen for this attempt.
  public func isEligible(_ number: Int) -> Bool { eligible?[number] ?? true }

  /// Whether all may be chosen.
  var areAllEligible: Bool { eligible == nil }

  /// What the gateway knows of the request.
  public var request: Ask { ask }

  /// Requests outstanding at a candidate, as the gateway sees them.
  public func outstanding(_ number: Int) -> Int { Int(load[Int(hot(number).pointee.deployment)]) }

  /// Requests outstanding per slot at a candidate, as the gateway sees them.
  public func load(_ number: Int) -> Double {
    Double(outstanding(number)) * hot(number).pointee.inverseSlots
  }

  /// Round trip from the client to a candidate, seconds.
  public func roundTripSeconds(_ number: Int) -> Double { hot(number).pointee.roundTripSeconds }

  /// Time to first token measured at a candidate in the last window; `nil` where none was.
  public func measuredLatency(_ number: Int) -> Duration? {
    guard let latency else { return nil }
    let measured = latency[Int(hot(number).pointee.deployment)]
    return measured < 0 ? nil : Duration(nanoseconds: measured)
  }

  /// Share of a candidate's list price, 0 to 1, that a contract saves: the negotiated discount, and of
  /// the rest what is expected to be owed in any case, because a commitment would not be met.
  public func savedShare(_ number: Int) -> Double {
    guard let saved else { return 0 }
    return saved[Int(hot(number).pointee.deployment)]
  }

  /// Quality of a candidate's model, 0 to 1.
  public func quality(_ number: Int) -> Double { hot(number).pointee.quality }

  /// Prompt tokens that a candidate's provider holds in its cache.
  public func cachedTokens(_ number: Int) -> Int64 {
    ask.cachedAt == hot(number).pointee.deployment ? ask.cachedTokens : 0
  }

  /// What the request is expected to cost at a candidate, picodollars.
  public func expectedCost(_ number: Int) -> Int64 {
    route.candidates[number].price.picodollars(
      prompt: ask.promptTokens, cached: cachedTokens(number), output: ask.outputTokens)
  }

  /// The candidate at a place of the order by distance, nearest first.
  public func byDistance(_ place: Int) -> Int { Int(route.byDistance[checked(place)]) }

  /// The candidate at a place of the workload's order of preference of regions.
  public func byRank(_ place: Int) -> Int { Int(route.byRank[checked(place)]) }

  /// The eligible candidate in whose share of the weights `bits` falls; where none has a weight,
  /// the nearest. O(log count), O(count) where some are not eligible.
  public func weighted(_ bits: UInt64) -> Int {
    if areAllEligible { return route.shares.index(bits) }
    var total = 0.0
    var nearest = -1
    for place in 0..<count {
      let number = byDistance(place)
      guard isEligible(number) else { continue }
      if nearest < 0 { nearest = number }
      total += route.candidates[number].weight
    }
    var left = unitInterval(bits) * total
    for number in 0..<count where isEligible(number) && route.candidates[number].weight > 0 {
      left -= route.candidates[number].weight
      if left < 0 { return number }
    }
    return nearest
  }

  @inline(__always)
  private func hot(_ number: Int) -> UnsafeMutablePointer<Route.Hot> {
    route.hot + checked(number)
  }

  @inline(__always)
  private func checked(_ number: Int) -> Int {
    precondition(number >= 0 && number < route.count, "no such candidate")
    return number
  }
}
