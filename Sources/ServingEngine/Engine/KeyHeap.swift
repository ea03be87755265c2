/// A growable binary min-heap of integer keys in raw memory: the unsafe part of a replica's finish
/// list and of a priority queue.
///
/// It is a handle, not an owner: the fleet frees it. A Swift Array inside the replica's state would
/// cost a reference count and a uniqueness check on each push; here a push is the sift and nothing
/// else.
struct KeyHeap<Key: FixedWidthInteger> {
  private(set) var keys: UnsafeMutablePointer<Key>?
  private(set) var count: Int32 = 0
  private var capacity: Int32 = 0

  init() { keys = nil }

  func deallocate() { keys?.deallocate() }

  /// The smallest key.
  ///
  /// - Precondition: the heap is not empty.
  var minimum: Key {
    assert(count > 0)
    return keys.unsafelyUnwrapped[0]
  }

  /// Adds a key. O(log count).
  mutating func push(_ key: Key) {
    if count == capacity { grow() }
    let keys = self.keys.unsafelyUnwrapped
    var hole = Int(count)
    count += 1
    while hole > 0 {
      let parent = (hole - 1) >> 1
      let above = keys[parent]
      if key >= above { break }
      keys[hole] = above
      hole = parent
    }
    keys[hole] = key
  }

  /// Takes the smallest key. O(log count).
  mutating func pop() -> Key {
    assert(count > 0)
    let keys = self.keys.unsafelyUnwrapped
    let first = keys[0]
    count -= 1
    let size = Int(count)
    if size > 0 {
      let entry = keys[size]
      var hole = 0
      while true {
        var child = 2 * hole + 1
        if child >= size { break }
        var below = keys[child]
        if child + 1 < size, keys[child + 1] < below {
          child += 1
          below = keys[child]
        }
        if entry <= below { break }
        keys[hole] = below
        hole = child
      }
      keys[hole] = entry
    }
    return first
  }

  /// The key at a place in no particular order, to visit every key once.
  subscript(place: Int) -> Key {
    assert(place >= 0 && place < Int(count))
    return keys.unsafelyUnwrapped[place]
  }

  /// Takes a key out, wherever it stands. O(count).
  mutating func remove(_ key: Key) {
    var kept: [Key] = []
    for place in 0..<Int(count) where self[place] != key { kept.append(self[place]) }
    assert(kept.count == Int(count) - 1, "the key is in the heap once")
    removeAll()
    for other in kept { push(other) }
  }

  /// Forgets every key.
  mutating func removeAll() { count = 0 }

  /// Replaces every key `k` by `change(k)`, which must keep their order.
  mutating func shiftAll(_ change: (Key) -> Key) {
    guard let keys else { return }
    for i in 0..<Int(count) { keys[i] = change(keys[i]) }
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<Key>.allocate(capacity: max(8, Int(capacity) * 2))
    if let keys {
      larger.moveInitialize(from: keys, count: Int(count))
      keys.deallocate()
    }
    keys = larger
    capacity = max(8, capacity * 2)
  }
}
