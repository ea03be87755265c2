import SimulationKernel

/// All replicas of a simulation and the requests in them.
///
/// The fleet is the one unsafe handle of the engine: it owns the raw memory of replicas, sequences
/// and their heaps, so that the event loop allocates nothing and touches no reference count. Slots
/// and replica ids are checked at the entrance of every public call.
///
/// Protocol: the caller moves time. A replica with something to do has one next moment, ``key(of:)``;
/// when the caller's clock gets there it calls ``reachBoundary(_:)`` (phase *completion*: outputs of
/// the step that ends) and then ``formBatch(_:)`` (phase *schedule*: admission and the next span)
/// — the latter after everything else of the same instant. Both report through ``outcome(_:)``.
/// Arrivals, cancellations and changes of profile may come at any time in between and only ever move
/// a planned boundary earlier; ``fail(_:at:)`` may too, and leaves none.
///
/// Complexity: per request O(1) boundaries, each O(log batch); nothing is touched per token.
public struct ReplicaFleet: ~Copyable {
  let replicas: UnsafeMutablePointer<Replica>
  let profiles: UnsafeMutablePointer<CompiledProfile>
  var sequences: UnsafeMutablePointer<Sequence>
  /// Beside `sequences`, slot by slot; `nil` where no profile uses extras.
  private(set) var extras: UnsafeMutablePointer<SequenceExtras>?
  /// By replica; `nil` where no profile serves adapters.
  let banks: UnsafeMutablePointer<AdapterBank>?
  private var slotCapacity: Int
  private var firstFree: Int32
  private var slotsUsed: Int
  let profileCount: Int
  let reportsProgress: Bool
  /// The running list of the replica whose batch is formed with care; kept for its memory.
  var walk: [WalkEntry] = []
  private var nextOrder: UInt64 = 0

  /// Number of replicas.
  public let count: Int
  /// How many ``outcome(_:)`` there are; the caller empties them with ``clearOutcomes()``.
  public private(set) var outcomeCount = 0
  private var outcomeBuffer: UnsafeMutablePointer<Outcome>
  private var outcomeCapacity = 256

  /// Creates idle replicas, each with a profile given by index.
  ///
  /// - Complexity: O(replicas × blockTokens).
  ///
  /// - Parameters:
  ///   - prefixes: The texts that requests share, for engines that cache prefixes.
  ///   - reportsProgress: Whether outcomes tell of starts and first tokens too, whose
  ///     times ``startedAt(_:)`` and ``firstTokenAt(_:)`` give at any later moment anyway.
  public init(
    profiles: [EngineProfile], replicaProfiles: [Int], prefixes: PrefixTree = PrefixTree(),
    reportsProgress: Bool = true
  ) {
    self.reportsProgress = reportsProgress
    precondition(replicaProfiles.allSatisfy { profiles.indices.contains($0) })
    count = replicaProfiles.count
    profileCount = profiles.count
    self.profiles = .allocate(capacity: max(profiles.count, 1))
    for (i, profile) in profiles.enumerated() {
      (self.profiles + i).initialize(to: CompiledProfile(profile))
    }
    replicas = .allocate(capacity: max(count, 1))
    for (i, profile) in replicaProfiles.enumerated() {
      let settings = profiles[profile].settings
      let residues = UnsafeMutablePointer<Int32>.allocate(capacity: settings.blockTokens)
      residues.initialize(repeating: 0, count: settings.blockTokens)
      (replicas + i).initialize(
        to: Replica(profile: profile, kvBlocks: settings.kvBlocks, residues: residues))
      if settings.prefixCache { replicas[i].cache = Self.newCache(settings, prefixes) }
    }
    slotCapacity = 1024
    sequences = .allocate(capacity: slotCapacity)
    sequences.initialize(repeating: Sequence(), count: slotCapacity)
    if profiles.contains(where: \.settings.usesExtras) {
      let extras = UnsafeMutablePointer<SequenceExtras>.allocate(capacity: slotCapacity)
      extras.initialize(repeating: SequenceExtras(), count: slotCapacity)
      self.extras = extras
    } else {
      extras = nil
    }
    if profiles.contains(where: \.settings.adapters.isOn) {
      let banks = UnsafeMutablePointer<AdapterBank>.allocate(capacity: max(count, 1))
      banks.initialize(repeating: AdapterBank(), count: count)
      self.banks = banks
    } else {
      banks = nil
    }
    firstFree = -1
    slotsUsed = 0
    outcomeBuffer = .allocate(capacity: outcomeCapacity)
  }

  deinit {
    for i in 0..<count {
      replicas[i].residues.deallocate()
      replicas[i].finishes.deallocate()
      replicas[i].waitingByPriority.deallocate()
      replicas[i].cache?.deinitialize(count: 1)
      replicas[i].cache?.deallocate()
    }
    replicas.deallocate()
    profiles.deinitialize(count: profileCount)
    profiles.deallocate()
    sequences.deallocate()
    extras?.deallocate()
    if let banks {
      banks.deinitialize(count: count)
      banks.deallocate()
    }
    outcomeBuffer.deallocate()
  }

  /// What calls since ``clearOutcomes()`` did, in order.
  public func outcome(_ number: Int) -> Outcome {
    precondition(number >= 0 && number < outcomeCount)
    return outcomeBuffer[number]
  }

  /// All outcomes, copied. O(outcomes).
  public var outcomes: [Outcome] { (0..<outcomeCount).map { outcomeBuffer[$0] } }

  /// Forgets the outcomes.
  public mutating func clearOutcomes() { outcomeCount = 0 }

  /// Puts the outcomes from `first` on in order of their requests' admission.
  func sortOutcomes(from first: Int) {
    var i = first + 1
    while i < outcomeCount {
      let outcome = outcomeBuffer[i]
      let admission = sequences[Int(outcome.slot)].admission
      var hole = i
      while hole > first, sequences[Int(outcomeBuffer[hole - 1].slot)].admission > admission {
        outcomeBuffer[hole] = outcomeBuffer[hole - 1]
        hole -= 1
      }
      outcomeBuffer[hole] = outcome
      i += 1
    }
  }

  /// Takes a slot for a request that is on its way.
  ///
  /// - Complexity: O(1), amortised while the number in flight grows.
  public mutating func allocateSlot() -> Int {
    let slot: Int
    if firstFree >= 0 {
      slot = Int(firstFree)
      firstFree = sequences[slot].next
    } else {
      if slotsUsed == slotCapacity { growSlots() }
      slot = slotsUsed
      slotsUsed += 1
    }
    assert(sequences[slot].state == .free)
    sequences[slot].state = .allocated
    return slot
  }

  /// Number of slots ever used at once: every slot is below it.
  public var slotBound: Int { slotsUsed }

  /// Whether a request holds this slot.
  public func isInUse(_ slot: Int) -> Bool {
    checkSlot(slot)
    return switch sequences[slot].state {
    case .free, .forgotten, .released: false
    case .allocated, .waiting, .receiving, .ready, .prefilling, .decoding: true
    }
  }

  /// Gives back the slot of a request that left or never came.
  public mutating func releaseSlot(_ slot: Int) {
    checkSlot(slot)
    // A forgotten sequence still stands in a priority queue, which frees the slot when it meets it.
    if sequences[slot].state == .forgotten {
      sequences[slot].state = .released
      return
    }
    assert(sequences[slot].state == .allocated, "only a request at no replica gives its slot back")
    recycle(Int32(truncatingIfNeeded: slot))
  }

  mutating func recycle(_ slot: Int32) {
    sequences[Int(slot)].state = .free
    sequences[Int(slot)].next = firstFree
    firstFree = slot
  }

  private mutating func growSlots() {
    precondition(slotCapacity < 1 << 30, "more than a billion requests in flight")
    let larger = UnsafeMutablePointer<Sequence>.allocate(capacity: slotCapacity * 2)
    larger.moveInitialize(from: sequences, count: slotCapacity)
    (larger + slotCapacity).initialize(repeating: Sequence(), count: slotCapacity)
    sequences.deallocate()
    sequences = larger
    if let old = extras {
      let larger = UnsafeMutablePointer<SequenceExtras>.allocate(capacity: slotCapacity * 2)
      larger.moveInitialize(from: old, count: slotCapacity)
      (larger + slotCapacity).initialize(repeating: SequenceExtras(), count: slotCapacity)
      old.deallocate()
      extras = larger
    }
    slotCapacity *= 2
  }

  @inline(__always)
  func checkSlot(_ slot: Int) {
    precondition(slot >= 0 && slot < slotsUsed, "no such request slot")
  }

  @inline(__always)
  func checkReplica(_ id: Int) {
    precondition(id >= 0 && id < count, "no such replica")
  }

  mutating func nextOrderNumber() -> UInt64 {
    nextOrder += 1
    return nextOrder
  }

  @inline(__always)
  mutating func report(_ kind: Outcome.Kind, _ slot: Int32) {
    if outcomeCount == outcomeCapacity {
      let larger = UnsafeMutablePointer<Outcome>.allocate(capacity: outcomeCapacity * 2)
      larger.moveInitialize(from: outcomeBuffer, count: outcomeCount)
      outcomeBuffer.deallocate()
      outcomeBuffer = larger
      outcomeCapacity *= 2
    }
    (outcomeBuffer + outcomeCount).initialize(to: Outcome(kind: kind, slot: slot))
    outcomeCount += 1
  }

  // MARK: What a caller may see

  /// The moment at which the replica has something to do, as `nanoseconds << 3 | phase`;
  /// `WinnerTree.idle` where it has nothing to do.
  public func key(of id: Int) -> UInt64 {
    checkReplica(id)
    let replica = replicas + id
    switch replica.pointee.activity {
    case .idle: return WinnerTree.idle
    case .atBoundary:
      return UInt64(replica.pointee.boundary) << 3 | UInt64(EventPhase.schedule.rawValue)
    case .decoding, .singleStep: return UInt64(replica.pointee.boundary) << 3
    }
  }

  /// Requests in the running batch of a replica.
  public func running(_ id: Int) -> Int {
    checkReplica(id)
    return replicas[id].running
  }

  /// Requests waiting at a replica.
  public func waiting(_ id: Int) -> Int {
    checkReplica(id)
    return replicas[id].waiting
  }

  /// Whether nobody runs, waits or holds a block at a replica: what a drain waits for. O(1).
  public func isEmpty(_ id: Int) -> Bool {
    checkReplica(id)
    return replicas[id].running == 0 && replicas[id].waiting == 0 && replicas[id].lentBlocks == 0
  }

  /// KV blocks not held by anybody at a replica, as of its last boundary.
  public func freeBlocks(_ id: Int) -> Int {
    checkReplica(id)
    return replicas[id].freeBlocks
  }

  /// Totals of a replica up to its last boundary or ``settle(_:at:)``.
  public func totals(_ id: Int) -> ReplicaTotals {
    checkReplica(id)
    return replicas[id].totals
  }

  /// Starts new peaks of blocks and waiting from the present values.
  public mutating func resetPeaks(_ id: Int) {
    checkReplica(id)
    let replica = replicas + id
    replica.pointee.totals.peakBlocks = heldBlocks(replica)
    replica.pointee.totals.peakWaiting = replica.pointee.waiting
  }

  /// When a request was first admitted to a batch, nanoseconds; -1 where it was not.
  public func startedAt(_ slot: Int) -> Int64 {
    checkSlot(slot)
    return sequences[slot].startedAt
  }

  /// When a request's first token appeared, nanoseconds; -1 where it has not.
  public func firstTokenAt(_ slot: Int) -> Int64 {
    checkSlot(slot)
    return sequences[slot].firstTokenAt
  }

  /// Output tokens the request has received so far, exact at a boundary of its replica.
  public func generatedTokens(_ slot: Int) -> Int {
    checkSlot(slot)
    return Int(sequences[slot].generated)
  }

  func heldBlocks(_ replica: UnsafeMutablePointer<Replica>) -> Int {
    profiles[replica.pointee.profile].kvBlocks - replica.pointee.freeBlocks
  }
}
