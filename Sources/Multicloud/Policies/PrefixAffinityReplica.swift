/// The replica that a request's text belongs to - its session's, else the text it shares with others - or, where
/// that one has its share of the load already, the next on the ring that has not.
///
/// Consistent hashing with bounded loads: no replica gets more than 1.25 times the mean of the requests
/// outstanding, this one included, rounded up, or more than eight where that is more: a batch that small
/// keeps nobody waiting. Replicas that come and go move only the texts next to them. Requests without a
/// text go where the fewest are outstanding.
/// Mirrokni, Thorup and Zadimoghaddam, "Consistent hashing with bounded loads", SODA 2018.
struct PrefixAffinityReplica: ReplicaRouter {
  static let name = "prefix-affinity"
  static let rankedBy: LoadSignal? = .outstandingRequests

  /// Places of each replica on the ring.
  private static let places = 64
  /// What a replica may have, of the mean load, in quarters.
  private static let quarters = 5
  /// What it may have however little the others have.
  private static let least = 8

  private struct Place {
    var hash: UInt64
    var replica: Int32
  }

  private let ring: [Place]

  init(replicas: Int, weights: [Double]) {
    var ring: [Place] = []
    ring.reserveCapacity(replicas * Self.places)
    for replica in 0..<replicas {
      for place in 0..<Self.places {
        ring.append(
          Place(
            hash: Self.mixed(UInt64(replica) << 8 | UInt64(place) | 1 << 63),
            replica: Int32(truncatingIfNeeded: replica)))
      }
    }
    ring.sort { ($0.hash, $0.replica) < ($1.hash, $1.replica) }
    self.ring = ring
  }

  /// - Complexity: O(replicas + log places).
  func choose(_ loads: borrowing ReplicaLoads, draws: PolicyDraws) -> Int {
    if draws.text == 0 { return loads.least }
    var outstanding = 1
    for place in 0..<loads.availableCount {
      outstanding += loads.outstandingRequests(loads.available(place))
    }
    let parts = 4 * loads.availableCount
    let most = max(Self.least, (Self.quarters * outstanding + parts - 1) / parts)
    var at = start(Self.mixed(draws.text))
    for _ in 0..<ring.count {
      let replica = Int(ring[at].replica)
      if loads.isAvailable(replica), loads.outstandingRequests(replica) < most { return replica }
      at = at + 1 == ring.count ? 0 : at + 1
    }
    // Not reached: somebody has at most the mean.
    return loads.least
  }

  /// The first place at or after a hash.
  private func start(_ hash: UInt64) -> Int {
    var low = 0
    var high = ring.count
    while low < high {
      let middle = (low + high) / 2
      if ring[middle].hash < hash { low = middle + 1 } else { high = middle }
    }
    return low == ring.count ? 0 : low
  }

  /// The finaliser of SplitMix64.
  private static func mixed(_ key: UInt64) -> UInt64 {
    var x = key &+ 0x9E37_79B9_7F4A_7C15
    x = (x ^ x >> 30) &* 0xBF58_476D_1CE4_E5B9
    x = (x ^ x >> 27) &* 0x94D0_49BB_1331_11EB
    return x ^ x >> 31
  }
}
