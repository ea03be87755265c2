/// A min-heap over a fixed set of owners, each with exactly one key that may change at any time.
///
/// This is the event list of a fleet: every replica owns one next boundary, so there is nothing to
/// cancel, only keys to move. Equal keys come out in order of owner id, which makes ties a contract.
///
/// Layout: a binary heap of 16-byte entries (key, owner) in one allocation, and each owner's
/// position in another. Binary beats wider heaps here because an entry is small and the compare is
/// cheap; the position array costs one store per level moved.
///
/// - Complexity: `minimum` O(1); `update` O(log owners), touching one cache line per level.
public struct IndexedHeap: ~Copyable {
  @usableFromInline struct Entry {
    @usableFromInline var key: UInt64
    @usableFromInline var owner: UInt64

    @inlinable init(key: UInt64, owner: UInt64) {
      self.key = key
      self.owner = owner
    }

    @inlinable static func < (a: Entry, b: Entry) -> Bool {
      a.key < b.key || (a.key == b.key && a.owner < b.owner)
    }
  }

  // Raw memory, because an Array's uniqueness and bounds checks on every sift step cost as much as
  // the sift itself; nothing outside this type sees the pointers.
  @usableFromInline let entries: UnsafeMutablePointer<Entry>
  @usableFromInline let position: UnsafeMutablePointer<Int32>

  /// Number of owners.
  public let count: Int

  /// The key of an owner that has nothing to do.
  @inlinable
  public static var idle: UInt64 { UInt64.max }

  /// Creates a heap of `count` owners, all idle.
  ///
  /// - Complexity: O(count).
  public init(count: Int) {
    precondition(count >= 0 && count < Int(Int32.max))
    self.count = count
    entries = .allocate(capacity: max(count, 1))
    position = .allocate(capacity: max(count, 1))
    for i in 0..<count {
      (entries + i).initialize(to: Entry(key: Self.idle, owner: UInt64(i)))
      (position + i).initialize(to: Int32(i))
    }
  }

  deinit {
    entries.deallocate()
    position.deallocate()
  }

  /// The smallest key; ``idle`` where every owner is idle or there is none.
  @inlinable
  public var minimumKey: UInt64 { count == 0 ? Self.idle : entries[0].key }

  /// The owner of the smallest key, the lowest id among equals.
  ///
  /// - Precondition: there is at least one owner.
  @inlinable
  public var minimumOwner: Int {
    assert(count > 0)
    return Int(truncatingIfNeeded: entries[0].owner)
  }

  /// The key of `owner`.
  @inlinable
  public func key(of owner: Int) -> UInt64 {
    assert(owner >= 0 && owner < count)
    return entries[Int(position[owner])].key
  }

  /// Sets the key of `owner` and restores the order.
  ///
  /// - Complexity: O(log owners).
  @inlinable
  public mutating func update(_ owner: Int, to key: UInt64) {
    assert(owner >= 0 && owner < count)
    let at = Int(position[owner])
    let old = entries[at].key
    if key == old { return }
    let entry = Entry(key: key, owner: UInt64(truncatingIfNeeded: owner))
    if key < old { siftUp(entry, from: at) } else { siftDown(entry, from: at) }
  }

  @inlinable
  mutating func siftUp(_ entry: Entry, from start: Int) {
    var hole = start
    while hole > 0 {
      let parent = (hole - 1) >> 1
      let above = entries[parent]
      if !(entry < above) { break }
      entries[hole] = above
      position[Int(truncatingIfNeeded: above.owner)] = Int32(truncatingIfNeeded: hole)
      hole = parent
    }
    entries[hole] = entry
    position[Int(truncatingIfNeeded: entry.owner)] = Int32(truncatingIfNeeded: hole)
  }

  @inlinable
  mutating func siftDown(_ entry: Entry, from start: Int) {
    var hole = start
    while true {
      var child = 2 * hole + 1
      if child >= count { break }
      var below = entries[child]
      if child + 1 < count {
        let right = entries[child + 1]
        if right < below {
          below = right
          child += 1
        }
      }
      if !(below < entry) { break }
      entries[hole] = below
      position[Int(truncatingIfNeeded: below.owner)] = Int32(truncatingIfNeeded: hole)
      hole = child
    }
    entries[hole] = entry
    position[Int(truncatingIfNeeded: entry.owner)] = Int32(truncatingIfNeeded: hole)
  }
}
