import SimulationKernel

/// Chooses a pool for a request among those that serve its model: the gateway's policy.
///
/// As with ``ReplicaRouter``, a policy is one small type in one file and sees estimates and perhaps
/// stale loads, never true output lengths.
public protocol PoolRouter: Sendable {
  /// Name in scenarios, such as `nearest`.
  static var name: String { get }

  /// Creates the policy.
  init(_ gateway: Gateway)

  /// The place in `candidates` of the pool that shall serve the request.
  mutating func choose(_ candidates: borrowing PoolCandidates, draws: PolicyDraws) -> Int
}

/// The pools that may serve a request, as the gateway sees them.
///
/// Candidate numbers count from 0 in order of pool id; the list is the same for every request of
/// one workload from one origin.
public struct PoolCandidates: ~Copyable {
  let route: Route
  let load: UnsafePointer<Int32>

  /// What is known of a candidate whatever the load.
  public struct Candidate: Sendable {
    /// Id of the pool.
    public var pool: Int
    /// Delay from the client to the pool's region, one way.
    public var oneWay: Duration
    /// Place in the workload's order of preference; unlisted regions come after, by distance.
    public var rank: Int
    /// The pool's weight.
    public var weight: Double
    /// Sequences the pool can run at once: replicas × `max_num_seqs`.
    public var slots: Int
    /// Replicas of the pool.
    public var replicas: Int
  }

  /// Everything about the candidates of one (workload, origin) that does not change: a class, so
  /// that showing it to a policy costs one reference count and no copy.
  final class Route: Sendable {
    let candidates: [Candidate]
    /// Candidate numbers by distance, nearest first; ties by pool id.
    let byDistance: [Int]
    /// Candidate numbers by rank.
    let byRank: [Int]
    /// Shares by weight.
    let shares: CumulativeShares

    init(_ candidates: [Candidate]) {
      precondition(!candidates.isEmpty, "a workload has at least one pool")
      self.candidates = candidates
      byDistance = candidates.indices.sorted {
        (candidates[$0].oneWay, $0) < (candidates[$1].oneWay, $1)
      }
      byRank = candidates.indices.sorted {
        (candidates[$0].rank, candidates[$0].oneWay, $0)
          < (candidates[$1].rank, candidates[$1].oneWay, $1)
      }
      let weights = candidates.map(\.weight)
      shares = CumulativeShares(
        weights.contains { $0 > 0 } ? weights : [Double](repeating: 1, count: weights.count))
    }
  }

  /// Number of candidates, at least 1.
  public var count: Int { route.candidates.count }

  /// What is known of a candidate whatever the load.
  public subscript(_ number: Int) -> Candidate { route.candidates[number] }

  /// Requests outstanding at a candidate, as the gateway sees them.
  public func outstanding(_ number: Int) -> Int { Int(load[route.candidates[number].pool]) }

  /// Requests outstanding per sequence slot at a candidate, as the gateway sees them.
  public func load(_ number: Int) -> Double {
    Double(outstanding(number)) / Double(route.candidates[number].slots)
  }

  /// Candidate numbers, nearest first.
  public var byDistance: [Int] { route.byDistance }

  /// Candidate numbers in the workload's order of preference.
  public var byRank: [Int] { route.byRank }

  /// The candidate in whose share of the weights `bits` falls.
  public func weighted(_ bits: UInt64) -> Int { route.shares.index(bits) }
}
