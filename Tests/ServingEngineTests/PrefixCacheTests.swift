import SimulationKernel
import Testing

@testable import ServingEngine

/// The cache of prefixes alone, against its rules worked out by hand. Blocks of 4 tokens.
@Suite struct PrefixCacheTests {
  /// A cache and the requests at it, by number.
  private final class Desk {
    var cache: PrefixCache
    var requests: [Int32: PrefixRequest] = [:]
    let holders: UnsafeMutablePointer<PrefixHolder>
    var free: Int

    init(blocks: Int, tree: PrefixTree = PrefixTree()) {
      cache = PrefixCache(tree: tree, blockTokens: 4, blocks: blocks)
      holders = .allocate(capacity: 64)
      holders.initialize(repeating: PrefixHolder(), count: 64)
      free = blocks
    }

    deinit { holders.deallocate() }

    /// Admits a request whole and returns the blocks that were there.
    func admit(_ number: Int32, _ request: PrefixRequest, tokens: Int? = nil) -> PrefixCache.Hit {
      let tokens = tokens ?? Int(request.prompt)
      requests[number] = request
      cache.take(downTo: free)
      let hit = cache.find(request, holders[Int(number)], limit: (tokens - 1) / 4)
      cache.admit(request, &holders[Int(number)], writer: number)
      cache.name(request, &holders[Int(number)], full: tokens / 4)
      free -= (tokens + 3) / 4 - (hit.blocks - hit.free)
      return hit
    }

    func grow(_ number: Int32, from tokens: Int, to more: Int) {
      free -= (more + 3) / 4 - (tokens + 3) / 4
    }

    func leave(_ number: Int32, tokens: Int, isGone: Bool = true) {
      let holders = holders
      free += cache.release(
        requests[number]!, &holders[Int(number)], writer: number, tokens: tokens, isGone: isGone,
        holders: { holders + Int($0) })
    }
  }

  private func hit(_ blocks: Int, free: Int) -> PrefixCache.Hit {
    PrefixCache.Hit(blocks: blocks, free: free)
  }

  /// A text of 10 tokens has two full blocks; the third, which it shares with what follows, is theirs.
  @Test func sharedTextIsFoundInFullBlocks() {
    var tree = PrefixTree()
    let text = Int32(tree.add(tokens: 10))
    let desk = Desk(blocks: 100, tree: tree)
    #expect(desk.admit(0, PrefixRequest(prefix: text, prompt: 21)) == hit(0, free: 0))
    #expect(desk.admit(1, PrefixRequest(prefix: text, prompt: 30)) == hit(2, free: 0))
    desk.leave(0, tokens: 21)
    desk.leave(1, tokens: 30)
    #expect(desk.free == 100)
    #expect(desk.admit(2, PrefixRequest(prefix: text, prompt: 9)) == hit(2, free: 2))
    // At least one token is computed.
    #expect(desk.admit(3, PrefixRequest(prefix: text, prompt: 8)) == hit(1, free: 0))
  }

  /// A turn repeats the last one and its answer: 9 + 5 tokens, of which the last was never computed.
  @Test func sessionGoesOn() {
    let desk = Desk(blocks: 100)
    #expect(desk.admit(0, PrefixRequest(session: 7, prompt: 9)) == hit(0, free: 0))
    desk.grow(0, from: 9, to: 13)
    desk.leave(0, tokens: 13)
    #expect(desk.admit(1, PrefixRequest(session: 8, prompt: 20)) == hit(0, free: 0))
    #expect(desk.admit(2, PrefixRequest(session: 7, prompt: 20)) == hit(3, free: 3))
  }

  /// Six blocks. A text of five is left behind; two blocks are allocated: the empty one and the text's
  /// last. Four of its five are there still.
  @Test func lastBlocksGoFirst() {
    var tree = PrefixTree()
    let text = Int32(tree.add(tokens: 20))
    let desk = Desk(blocks: 6, tree: tree)
    _ = desk.admit(0, PrefixRequest(prefix: text, prompt: 20))
    desk.leave(0, tokens: 20)
    _ = desk.admit(1, PrefixRequest(prompt: 7))
    #expect(desk.free == 4)
    desk.leave(1, tokens: 7)
    #expect(desk.admit(2, PrefixRequest(prefix: text, prompt: 21)) == hit(4, free: 4))
  }

  /// What is found free leaves the queue, so the next to be taken is what was left behind after it.
  @Test func hitsAreTheLatestUsed() {
    var tree = PrefixTree()
    let a = Int32(tree.add(tokens: 8))
    let b = Int32(tree.add(tokens: 8))
    let desk = Desk(blocks: 6, tree: tree)
    _ = desk.admit(0, PrefixRequest(prefix: a, prompt: 8))
    desk.leave(0, tokens: 8)
    _ = desk.admit(1, PrefixRequest(prefix: b, prompt: 8))
    desk.leave(1, tokens: 8)
    // Queue: two empty ones, a's, b's. This takes a's two off, and an empty one for its last token.
    #expect(desk.admit(2, PrefixRequest(prefix: a, prompt: 9)) == hit(2, free: 2))
    desk.leave(2, tokens: 9)
    // Queue: an empty one, b's, the last token's, a's. Three go: b is gone, a is not.
    _ = desk.admit(3, PrefixRequest(prompt: 12))
    desk.cache.take(downTo: desk.free)
    #expect(
      desk.cache.find(PrefixRequest(prefix: b, prompt: 9), PrefixHolder(), limit: 2).blocks == 0)
    #expect(
      desk.cache.find(PrefixRequest(prefix: a, prompt: 9), PrefixHolder(), limit: 2).blocks == 2)
  }

  /// Who is preempted finds its own words again, as far as they are left; who left for good leaves
  /// nothing of its own.
  @Test func ownWordsServeOnlyTheirWriter() {
    let desk = Desk(blocks: 10)
    _ = desk.admit(0, PrefixRequest(prompt: 17))
    desk.leave(0, tokens: 17, isGone: false)
    #expect(desk.free == 10)
    #expect(desk.admit(0, PrefixRequest(prompt: 17), tokens: 18) == hit(4, free: 4))
    desk.leave(0, tokens: 18)
    desk.holders[0] = PrefixHolder()
    #expect(desk.admit(0, PrefixRequest(prompt: 17)) == hit(0, free: 0))
  }

  /// A thousand turns of a conversation leave one extent behind, and room for texts is used again.
  @Test func extentsDoNotPileUp() {
    let desk = Desk(blocks: 40_000)
    for turn in 0..<1_000 {
      let prompt = 9 + 13 * turn
      _ = desk.admit(0, PrefixRequest(session: 1, prompt: Int32(prompt)))
      desk.grow(0, from: prompt, to: prompt + 8)
      desk.leave(0, tokens: prompt + 8)
      _ = desk.admit(1, PrefixRequest(prompt: 9))
      desk.leave(1, tokens: 9)
    }
    #expect(desk.free == 40_000)
    #expect(desk.cache.extents.count < 20)
    #expect(desk.cache.texts.count < 5)
    #expect(
      desk.admit(2, PrefixRequest(session: 1, prompt: 20_000))
        == hit((9 + 13 * 999 + 8) / 4, free: (9 + 13 * 999 + 8) / 4))
  }
}
