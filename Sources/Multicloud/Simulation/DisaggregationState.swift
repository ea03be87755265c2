import SimulationKernel

/// Where requests of disaggregated pools are, and what is on its way between their replicas.
struct DisaggregationState {
  /// A request's way through two replicas.
  struct Passage {
    enum Stage {
      /// Served by one replica from start to end.
      case whole
      case prefill
      case decode
    }

    var stage = Stage.whole
    /// Whether nobody else decodes: the only token is that of the prefill.
    var endsWithPrefill = false
    /// Whether the client never sees the token of the prefill.
    var hidesFirstToken = false
    /// Place of the replica that decodes, in its pool.
    var decodeReplica: Int32 = -1
    /// Blocks that the replica that prefilled keeps for it; 0 when they are given back.
    var keptBlocks: Int32 = 0
    /// Its copy under way; -1 for none.
    var copy: Int32 = -1
    /// When it joined a batch that prefills, and when that was over; nanoseconds.
    var started: Int64 = -1
    var prefilled: Int64 = -1
  }

  /// A cache under way.
  struct Copy {
    /// Whose it is; -1 where nobody waits for it any more.
    var slot: Int32
    /// Replicas of the fleet, and the blocks that the copy holds at them.
    var sender: Int32
    var receiver: Int32
    var sentBlocks: Int32
    var reservedBlocks: Int32
    /// Id of the pool that prefilled.
    var pool: Int32
    var reserved: Int64
    var isMeasured = false
  }

  /// By slot; grown as slots are used.
  private var passages: [Passage] = []
  private(set) var copies: [Copy] = []
  private var free: [Int32] = []
  /// Until when a replica's interface is taken, by replica of the fleet.
  private var interfaces: [Int64]
  /// By pool.
  var statistics: [TransferStatistics]

  init(_ world: World) {
    let isOn = world.isDisaggregated
    interfaces = isOn ? Array(repeating: 0, count: world.pools.reduce(0) { $0 + $1.places }) : []
    statistics = isOn ? world.pools.map { _ in TransferStatistics() } : []
  }

  /// The way of the request in a slot. O(1) amortised.
  subscript(slot: Int) -> Passage {
    get { slot < passages.count ? passages[slot] : Passage() }
    set {
      while passages.count <= slot { passages.append(Passage()) }
      passages[slot] = newValue
    }
  }

  /// Takes both interfaces for a copy, after those reserved before it. O(1).
  ///
  /// - Returns: When the sending begins and ends, nanoseconds.
  mutating func occupy(
    sender: Int, receiver: Int, from now: Int64, for time: Int64
  ) -> (begin: Int64, end: Int64) {
    let begin = max(now, max(interfaces[sender], interfaces[receiver]))
    interfaces[sender] = begin + time
    interfaces[receiver] = begin + time
    return (begin, begin + time)
  }

  /// Keeps a copy under a number. O(1) amortised.
  mutating func insert(_ copy: Copy) -> Int32 {
    if let place = free.popLast() {
      copies[Int(place)] = copy
      return place
    }
    copies.append(copy)
    return Int32(truncatingIfNeeded: copies.count - 1)
  }

  /// The request of a copy has gone.
  mutating func abandon(_ copy: Int32) { copies[Int(copy)].slot = -1 }

  /// Takes a copy out. O(1).
  mutating func remove(_ copy: Int32) -> Copy {
    free.append(copy)
    return copies[Int(copy)]
  }
}
