import SimulationKernel

/// The loads of a pool's replicas as its balancer sees them.
///
/// Live figures are kept exactly. With a staleness above zero the balancer sees a copy that is
/// refreshed that often, and nothing in between: what a metrics scrape gives.
public struct ReplicaLoads: ~Copyable {
  private let liveRequests: UnsafeMutablePointer<Int32>
  private let liveTokens: UnsafeMutablePointer<Int64>
  private let seenRequests: UnsafeMutablePointer<Int32>
  private let seenTokens: UnsafeMutablePointer<Int64>
  private var ranking: WinnerTree
  private let rankedBy: LoadSignal?
  // The replicas that may be chosen, rising, and whether each may.
  private let places: UnsafeMutablePointer<Int32>
  private let isOpen: UnsafeMutablePointer<Bool>

  /// Number of replicas, those included that may not be chosen now.
  public let count: Int
  /// Number of replicas that may be chosen now.
  public private(set) var availableCount: Int
  /// Whether policies see a copy that is refreshed from time to time.
  public let isStale: Bool

  /// Loads of idle replicas, of which the first `available` may be chosen; `nil` for all.
  // Every part is made before the first is stored, and none is read back: the optimizer of Swift 6.3.1 else ends the
  // life of `ranking` before it has begun, and every release build dies here.
  init(count: Int, available: Int? = nil, rankedBy: LoadSignal?, isStale: Bool) {
    let open = available ?? count
    precondition(open >= 0 && open <= count)
    let capacity = max(count, 1)
    let places = UnsafeMutablePointer<Int32>.allocate(capacity: capacity)
    let isOpen = UnsafeMutablePointer<Bool>.allocate(capacity: capacity)
    for i in 0..<count {
      (places + i).initialize(to: Int32(truncatingIfNeeded: i))
      (isOpen + i).initialize(to: i < open)
    }
    let liveRequests = UnsafeMutablePointer<Int32>.allocate(capacity: capacity)
    let liveTokens = UnsafeMutablePointer<Int64>.allocate(capacity: capacity)
    liveRequests.initialize(repeating: 0, count: capacity)
    liveTokens.initialize(repeating: 0, count: capacity)
    var seenRequests = liveRequests
    var seenTokens = liveTokens
    if isStale {
      seenRequests = .allocate(capacity: capacity)
      seenTokens = .allocate(capacity: capacity)
      seenRequests.initialize(repeating: 0, count: capacity)
      seenTokens.initialize(repeating: 0, count: capacity)
    }
    var ranking = WinnerTree(count: rankedBy == nil ? 0 : count)
    if rankedBy != nil { for i in 0..<open { ranking.update(i, to: 0) } }
    self.liveRequests = liveRequests
    self.liveTokens = liveTokens
    self.seenRequests = seenRequests
    self.seenTokens = seenTokens
    self.ranking = ranking
    self.rankedBy = rankedBy
    self.places = places
    self.isOpen = isOpen
    self.count = count
    availableCount = open
    self.isStale = isStale
  }

  deinit {
    if isStale {
      seenRequests.deallocate()
      seenTokens.deallocate()
    }
    liveRequests.deallocate()
    liveTokens.deallocate()
    places.deallocate()
    isOpen.deallocate()
  }

  /// Whether a replica may be chosen.
  public func isAvailable(_ replica: Int) -> Bool {
    precondition(replica >= 0 && replica < count)
    return isOpen[replica]
  }

  /// The replica at a place among those that may be chosen, in order of number.
  public func available(_ place: Int) -> Int {
    precondition(place >= 0 && place < availableCount)
    return Int(places[place])
  }

  /// Lets a replica be chosen, or no more. O(count).
  mutating func setAvailable(_ replica: Int, _ value: Bool) {
    precondition(replica >= 0 && replica < count)
    guard isOpen[replica] != value else { return }
    isOpen[replica] = value
    availableCount = 0
    for i in 0..<count where isOpen[i] {
      places[availableCount] = Int32(truncatingIfNeeded: i)
      availableCount += 1
    }
    rank(replica)
  }

  /// Requests outstanding at a replica, as seen.
  public func outstandingRequests(_ replica: Int) -> Int {
    precondition(replica >= 0 && replica < count)
    return Int(seenRequests[replica])
  }

  /// Tokens outstanding at a replica (prompts and estimated outputs), as seen.
  public func outstandingTokens(_ replica: Int) -> Int {
    precondition(replica >= 0 && replica < count)
    return Int(seenTokens[replica])
  }

  /// Requests outstanding at a replica now, whatever policies see.
  func outstandingNow(_ replica: Int) -> Int32 { liveRequests[replica] }

  /// The replica with the least of the ranked load, the lowest numbered among equals.
  ///
  /// - Precondition: the policy declared by which load it ranks, and a replica may be chosen.
  public var least: Int { ranking.minimumOwner }

  /// Counts a request sent to a replica or, with negative numbers, answered by it. O(log count)
  /// where replicas are ranked live, else O(1).
  @inline(__always)
  mutating func add(requests: Int32, tokens: Int64, to replica: Int) {
    assert(replica >= 0 && replica < count)
    liveRequests[replica] += requests
    liveTokens[replica] += tokens
    assert(liveRequests[replica] >= 0 && liveTokens[replica] >= 0)
    if !isStale { rank(replica) }
  }

  @inline(__always)
  private mutating func rank(_ replica: Int) {
    if availableCount < count, !isOpen[replica] {
      if rankedBy != nil { ranking.update(replica, to: WinnerTree.idle) }
      return
    }
    switch rankedBy {
    case nil: break
    case .outstandingRequests: ranking.update(replica, to: UInt64(seenRequests[replica]))
    case .outstandingTokens: ranking.update(replica, to: UInt64(seenTokens[replica]))
    }
  }

  /// Shows policies the live figures of now. O(count log count).
  mutating func refresh() {
    guard isStale else { return }
    for i in 0..<count {
      seenRequests[i] = liveRequests[i]
      seenTokens[i] = liveTokens[i]
      rank(i)
    }
  }
}
