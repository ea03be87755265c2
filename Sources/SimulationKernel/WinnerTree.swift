/// The minimum over a fixed set of owners, each with exactly one key that may change at any time.
///
/// This is the event list of a fleet: every replica owns one next boundary, so there is nothing to
/// cancel, only keys to move. Equal keys are won by the lowest owner id, which makes ties a
/// contract.
///
/// A tournament: leaves hold the owners' (key, id) as one 128-bit number, every inner node the
/// lesser of its two children. An update replays the matches on the way from its leaf to the root
/// and stops where the winner does not change. The addresses on that way are known beforehand, so
/// the processor fetches them all at once; a binary heap of the same owners, which must wait for
/// each level to know the next, was twice as slow at 10,000 owners.
///
/// - Complexity: `minimumKey` and `minimumOwner` O(1); `update` O(log owners); 32 bytes per owner.
public struct WinnerTree: ~Copyable {
  // Raw memory, because an Array's uniqueness and bounds checks on every level cost as much as the
  // match itself; nothing outside this type sees the pointer.
  @usableFromInline let nodes: UnsafeMutablePointer<UInt128>
  @usableFromInline let leaves: Int

  /// Number of owners.
  public let count: Int

  /// The key of an owner that has nothing to do.
  @inlinable
  public static var idle: UInt64 { UInt64.max }

  /// Creates a tree of `count` owners, all idle.
  ///
  /// - Complexity: O(count).
  public init(count: Int) {
    precondition(count >= 0 && count < Int(Int32.max))
    self.count = count
    var leaves = 1
    while leaves < count { leaves *= 2 }
    self.leaves = leaves
    nodes = .allocate(capacity: 2 * leaves)
    // Beyond the owners stands nobody: a number above every owner's.
    nodes.initialize(repeating: UInt128.max, count: 2 * leaves)
    for owner in 0..<count {
      nodes[leaves + owner] = UInt128(Self.idle) << 64 | UInt128(UInt64(owner))
    }
    for node in stride(from: leaves - 1, to: 0, by: -1) {
      nodes[node] = min(nodes[2 * node], nodes[2 * node + 1])
    }
  }

  deinit { nodes.deallocate() }

  /// The smallest key; ``idle`` where every owner is idle or there is none.
  @inlinable
  public var minimumKey: UInt64 { UInt64(truncatingIfNeeded: nodes[1] >> 64) }

  /// The owner of the smallest key, the lowest id among equals.
  ///
  /// - Precondition: there is at least one owner.
  @inlinable
  public var minimumOwner: Int {
    assert(count > 0)
    return Int(truncatingIfNeeded: nodes[1])
  }

  /// The key of `owner`.
  @inlinable
  public func key(of owner: Int) -> UInt64 {
    assert(owner >= 0 && owner < count)
    return UInt64(truncatingIfNeeded: nodes[leaves + owner] >> 64)
  }

  /// Sets the key of `owner`.
  ///
  /// - Complexity: O(log owners).
  @inlinable
  public mutating func update(_ owner: Int, to key: UInt64) {
    assert(owner >= 0 && owner < count)
    var node = leaves + owner
    var winner = UInt128(key) << 64 | UInt128(UInt64(truncatingIfNeeded: owner))
    if nodes[node] == winner { return }
    nodes[node] = winner
    while node > 1 {
      let other = nodes[node ^ 1]
      winner = other < winner ? other : winner
      node >>= 1
      if nodes[node] == winner { return }
      nodes[node] = winner
    }
  }
}
