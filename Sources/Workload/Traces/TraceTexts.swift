import SimulationKernel

/// The texts that recorded prompts begin with, as a tree made from the block ids of each row.
///
/// A recording names the blocks of a prompt by ids that chain: two prompts whose first n ids are equal
/// have n blocks in common. The last block of a prompt may be cut off by its end.
/// Source: Mooncake's traces (`hash_ids`, blocks of 512 tokens), FAST '25.
public struct TraceTexts: Hashable, Sendable {
  /// The texts; where nobody turns off, blocks of several ids are one node.
  public let tree: PrefixTree
  /// The node at which each row's blocks end; -1 where it has none.
  public let leaves: [Int32]

  /// Makes the tree of rows of block ids.
  ///
  /// - Parameter blockTokens: Tokens of a recorded block.
  /// - Complexity: O(ids).
  public init(rows: [[UInt64]], blockTokens: Int) {
    var maker = Maker(blockTokens: blockTokens)
    let ends = rows.map { maker.add($0) }
    (tree, leaves) = maker.finish(ends)
  }

  init(tree: PrefixTree, leaves: [Int32]) {
    self.tree = tree
    self.leaves = leaves
  }

  /// The same texts with the rows in another order.
  func reordered(_ order: [Int]) -> TraceTexts {
    TraceTexts(tree: tree, leaves: order.map { leaves[$0] })
  }

  /// Tokens that a cache which forgets nothing would find of each row, in order, where it keeps whole
  /// blocks of the recording; at most what the prompt has before its last token.
  ///
  /// - Complexity: O(rows × depth).
  public static func blocksSeenBefore(_ rows: [[UInt64]]) -> [Int] {
    var seen: Set<UInt64> = []
    return rows.map { ids in
      let known = ids.prefix { seen.contains($0) }.count
      seen.formUnion(ids)
      return known
    }
  }

  /// A tree of single blocks, to be made one of stretches.
  private struct Maker {
    private struct Key: Hashable {
      var parent: Int32
      var id: UInt64
    }

    let blockTokens: Int
    private var children: [Key: Int32] = [:]
    private var parents: [Int32] = []
    private var depths: [Int32] = []
    private var childCounts: [Int32] = []
    private var isEnd: [Bool] = []

    init(blockTokens: Int) {
      precondition(blockTokens >= 1)
      self.blockTokens = blockTokens
    }

    /// The node of the last of these blocks; -1 for none.
    mutating func add(_ ids: [UInt64]) -> Int32 {
      var node: Int32 = -1
      for id in ids {
        let key = Key(parent: node, id: id)
        if let child = children[key] {
          node = child
          continue
        }
        let child = Int32(parents.count)
        children[key] = child
        parents.append(node)
        depths.append(node < 0 ? 1 : depths[Int(node)] + 1)
        childCounts.append(0)
        isEnd.append(false)
        if node >= 0 { childCounts[Int(node)] += 1 }
        node = child
      }
      if node >= 0 { isEnd[Int(node)] = true }
      return node
    }

    /// Joins the blocks between which nobody ends or turns off.
    func finish(_ ends: [Int32]) -> (PrefixTree, [Int32]) {
      var tree = PrefixTree()
      // The stretch that a kept block ends, or the one before a block that is not kept.
      var stretch = [Int32](repeating: -1, count: parents.count)
      for node in parents.indices {
        let before = parents[node] < 0 ? -1 : stretch[Int(parents[node])]
        if isEnd[node] || childCounts[node] != 1 {
          let end = Int(depths[node]) * blockTokens
          stretch[node] = Int32(
            tree.add(after: Int(before), tokens: end - tree.endTokens(of: Int(before))))
        } else {
          stretch[node] = before
        }
      }
      return (tree, ends.map { $0 < 0 ? -1 : stretch[Int($0)] })
    }
  }
}
