/// A list of sequences linked through their slots: the ends, where the links are in the slab.
struct SlotList {
  private var head: Int32 = -1
  private var tail: Int32 = -1

  /// Nobody.
  init() {}

  /// Whether nobody is in it.
  var isEmpty: Bool { head < 0 }

  /// Who came first.
  var first: Int32? { head < 0 ? nil : head }

  /// How many are in it. O(n).
  func count(_ sequences: UnsafeMutablePointer<Sequence>) -> Int {
    var count = 0
    var slot = head
    while slot >= 0 {
      count += 1
      slot = sequences[Int(slot)].next
    }
    return count
  }

  /// Adds a sequence at the end. O(1).
  mutating func append(_ slot: Int32, _ sequences: UnsafeMutablePointer<Sequence>) {
    sequences[Int(slot)].next = -1
    sequences[Int(slot)].previous = tail
    if tail >= 0 { sequences[Int(tail)].next = slot } else { head = slot }
    tail = slot
  }

  /// Takes a sequence out, wherever it stands. O(1).
  mutating func remove(_ slot: Int32, _ sequences: UnsafeMutablePointer<Sequence>) {
    let (before, after) = (sequences[Int(slot)].previous, sequences[Int(slot)].next)
    if before >= 0 { sequences[Int(before)].next = after } else { head = after }
    if after >= 0 { sequences[Int(after)].previous = before } else { tail = before }
  }
}
