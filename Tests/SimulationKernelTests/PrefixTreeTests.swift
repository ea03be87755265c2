import SimulationKernel
import Testing

@Suite("Trees of prefixes")
struct PrefixTreeTests {
  @Test("a text's length is that of all before it and its own")
  func lengths() {
    var tree = PrefixTree()
    #expect(tree.isEmpty && tree.endTokens(of: -1) == 0)
    let root = tree.add(tokens: 100)
    let branch = tree.add(after: root, tokens: 20)
    let leaf = tree.add(after: branch, tokens: 3)
    #expect([root, branch, leaf].map { tree.endTokens(of: $0) } == [100, 120, 123])
    #expect(tree.nodes.map(\.parent) == [-1, 0, 1])
  }

  @Test("a tree that is added keeps its own parents under new numbers")
  func joining() {
    var tree = PrefixTree()
    _ = tree.add(tokens: 10)
    _ = tree.add(after: 0, tokens: 5)
    var other = PrefixTree()
    let root = other.add(tokens: 7)
    _ = other.add(after: root, tokens: 2)
    _ = other.add(after: root, tokens: 4)
    #expect(tree.add(other) == 2)
    #expect(tree.nodes.map(\.parent) == [-1, 0, -1, 2, 2])
    #expect(tree.nodes.map(\.endTokens) == [10, 15, 7, 9, 11])
    #expect(tree.add(PrefixTree()) == 5)
  }
}
