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
    /// When it took blocks for its cache where it decodes.
    var reserved: Int64 = -1
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
    var isMeasured: Bool
  }

  /// By slot; grown as slots are used.
  private var passages: [Passage] = []
  private(set) var copies: [Copy] = []
  private var free: [Int32] = []
  /// Copies that wait for an interface, in order of reservation.
  private var waiting: [Int32] = []
  /// Whether a replica's interface sends or receives, by replica of the fleet.
  private var isBusy: [Bool]
  /// By pool.
  var statistics: [TransferStatistics]

  init(_ world: World) {
    let isOn = world.isDisaggregated
    isBusy = isOn ? Array(repeating: false, count: world.pools.reduce(0) { $0 + $1.places }) : []
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

  /// Takes both interfaces for a copy that was just reserved, or puts it behind those that wait for one. O(1).
  ///
  /// - Returns: Whether it begins now.
  mutating func begins(_ number: Int32) -> Bool {
    // Of those that wait already none has both its ends free.
    if isFree(number) {
      occupy(number)
      return true
    }
    waiting.append(number)
    return false
  }

  /// A copy has been sent: its interfaces are free.
  mutating func endSending(_ number: Int32) {
    isBusy[Int(copies[Int(number)].sender)] = false
    isBusy[Int(copies[Int(number)].receiver)] = false
  }

  /// Takes both interfaces for the copy that was reserved first among those whose both ends are free; `nil` where
  /// there is none. O(copies that wait).
  mutating func beginNext() -> Int32? {
    guard let place = waiting.firstIndex(where: { isFree($0) }) else { return nil }
    let number = waiting.remove(at: place)
    occupy(number)
    return number
  }

  private func isFree(_ number: Int32) -> Bool {
    let copy = copies[Int(number)]
    return !isBusy[Int(copy.sender)] && !isBusy[Int(copy.receiver)]
  }

  private mutating func occupy(_ number: Int32) {
    isBusy[Int(copies[Int(number)].sender)] = true
    isBusy[Int(copies[Int(number)].receiver)] = true
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
