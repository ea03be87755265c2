/// A KV block of the twin.
final class TwinBlock {
  /// Of the text up to its end; nil where it is not full, or was never computed.
  var name: Int?
  /// Whether its text is one request's alone, so that nobody keeps it.
  var isOwn = false
  var holders = 0
}

/// KV blocks one by one, as vLLM's block pool keeps them (`vllm/v1/core/block_pool.py`): a queue of free
/// blocks, and by name the blocks that have it, in the order in which they got it.
struct TwinBlockPool {
  private(set) var free: [TwinBlock]
  private var named: [Int: [TwinBlock]] = [:]
  private var numbers: [[Int]: Int] = [:]

  /// Names of evicted blocks in the host's memory, the first to go first.
  private(set) var host: [Int] = []
  private let hostBlocks: Int

  init(blocks: Int, hostBlocks: Int) {
    self.hostBlocks = hostBlocks
    free = (0..<blocks).map { _ in TwinBlock() }
  }

  /// The name of a block whose predecessor has the name `previous` and whose tokens are `tokens`.
  mutating func name(after previous: Int, tokens: [Int]) -> Int {
    let text = [previous] + tokens
    if let number = numbers[text] { return number }
    numbers[text] = numbers.count
    return numbers.count - 1
  }

  /// The oldest block of this name.
  func block(named name: Int) -> TwinBlock? { named[name]?.first }

  /// A request holds a block that is there.
  mutating func touch(_ block: TwinBlock) {
    if block.holders == 0 { free.removeAll { $0 === block } }
    block.holders += 1
  }

  /// The queue's first block, whatever it held.
  mutating func allocate() -> TwinBlock {
    let block = free.removeFirst()
    if let name = block.name {
      named[name]!.removeAll { $0 === block }
      if named[name]!.isEmpty { named[name] = nil }
      block.name = nil
      if hostBlocks > 0, !block.isOwn {
        host.removeAll { $0 == name }
        host.append(name)
        if host.count > hostBlocks { host.removeFirst() }
      }
    }
    precondition(block.holders == 0)
    block.holders = 1
    return block
  }

  /// A block is full; returns how many there are of its name.
  mutating func give(_ block: TwinBlock, name: Int) -> Int {
    precondition(block.name == nil)
    block.name = name
    named[name, default: []].append(block)
    return named[name]!.count
  }

  /// A block of this name is loaded from the host's memory.
  mutating func load(_ name: Int) { host.removeAll { $0 == name } }

  /// A request's blocks, from its first: the last is the first to be taken again.
  mutating func release(_ blocks: [TwinBlock]) {
    for block in blocks.reversed() {
      block.holders -= 1
      if block.holders == 0 { free.append(block) }
    }
  }
}
