/// Texts that several requests begin with, as a tree: the text of a node is that of its parent and
/// then its own up to ``Node/endTokens``. Two texts that part have a node each from where they part.
///
/// What a cache of prefixes needs to know of texts is where they are equal, never what they say.
public struct PrefixTree: Hashable, Sendable {
  /// One stretch of text.
  public struct Node: Hashable, Sendable {
    /// The node before it; -1 where the text begins here.
    public var parent: Int32
    /// Tokens from the beginning of the whole text to this node's end.
    public var endTokens: Int32

    /// Creates a node.
    public init(parent: Int32, endTokens: Int32) {
      self.parent = parent
      self.endTokens = endTokens
    }
  }

  /// The nodes; a parent stands before its children.
  public private(set) var nodes: [Node] = []

  /// Creates a tree without texts.
  public init() {}

  /// Whether no texts are shared.
  public var isEmpty: Bool { nodes.isEmpty }

  /// Adds `tokens` tokens of text after a node, and returns the new node.
  ///
  /// - Parameters:
  ///   - parent: A node of this tree; -1 for a text of its own.
  ///   - tokens: At least 1.
  public mutating func add(after parent: Int = -1, tokens: Int) -> Int {
    precondition(parent == -1 || nodes.indices.contains(parent), "no such prefix")
    precondition(tokens >= 1, "a prefix has at least one token")
    nodes.append(
      Node(
        parent: Int32(truncatingIfNeeded: parent),
        endTokens: Int32(truncatingIfNeeded: endTokens(of: parent) + tokens)))
    return nodes.count - 1
  }

  /// Adds the texts of another tree and returns what its nodes' numbers are raised by.
  ///
  /// - Complexity: O(nodes of the other).
  public mutating func add(_ other: PrefixTree) -> Int {
    let shift = Int32(truncatingIfNeeded: nodes.count)
    for node in other.nodes {
      nodes.append(
        Node(parent: node.parent < 0 ? -1 : node.parent + shift, endTokens: node.endTokens))
    }
    return Int(shift)
  }

  /// Tokens of a node's whole text; 0 for -1, which is none.
  @inline(__always)
  public func endTokens(of node: Int) -> Int { node < 0 ? 0 : Int(nodes[node].endTokens) }
}
