/// The earliest of a fixed number of owners that each have one next time; of equal times the owner
/// with the lowest number wins.
///
/// The kernel's winner tree as a value: a demand stream can be copied, to look ahead or to compare, and
/// owners here are few, so what an array's checks cost per update is small. An update recomputes one
/// path upward without a branch on the keys: nearly every update moves the winner far back.
///
/// - Complexity: `winner` O(1), `update` O(log owners).
struct MergeTree: Sendable {
  // Key and owner in one number: time in the high half, owner in the low.
  private var nodes: [UInt128]
  private let leaves: Int

  /// Creates a tree of `count` owners that never come.
  init(count: Int) {
    var leaves = 1
    while leaves < count { leaves *= 2 }
    self.leaves = leaves
    nodes = [UInt128](repeating: 0, count: 2 * leaves)
    for i in 0..<leaves { nodes[leaves + i] = Self.entry(.max, i) }
    for i in stride(from: leaves - 1, to: 0, by: -1) {
      nodes[i] = min(nodes[2 * i], nodes[2 * i + 1])
    }
  }

  private static func entry(_ time: Int64, _ owner: Int) -> UInt128 {
    UInt128(UInt64(bitPattern: time)) << 64 | UInt128(UInt64(owner))
  }

  /// The owner that comes next.
  var winner: Int { Int(truncatingIfNeeded: nodes[1]) }

  /// When it comes; `Int64.max` where nobody comes again.
  var time: Int64 { Int64(truncatingIfNeeded: nodes[1] >> 64) }

  /// Sets when `owner` comes next, `Int64.max` for never.
  mutating func update(_ owner: Int, to time: Int64) {
    assert(time >= 0 && owner >= 0 && owner < leaves)
    var node = leaves + owner
    nodes.withUnsafeMutableBufferPointer { nodes in
      nodes[node] = Self.entry(time, owner)
      while node > 1 {
        let sibling = nodes[node ^ 1]
        let own = nodes[node]
        node >>= 1
        nodes[node] = own < sibling ? own : sibling
      }
    }
  }
}
