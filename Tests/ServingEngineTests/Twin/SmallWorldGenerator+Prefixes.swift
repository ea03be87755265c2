import ServingEngine
import SimulationKernel

/// Worlds whose requests share what they begin with.
extension SmallWorldGenerator {
  /// Gives the world a prefix cache, shared texts, sessions, and about as many blocks as make old
  /// contents go.
  func drawPrefixes(of world: inout SmallWorld, _ random: inout SplitMix64) {
    world.settings.prefixCache = true
    let block = world.settings.blockTokens
    if random.chance(80) { drawTree(of: &world, block: block, &random) }
    if random.chance(70) { drawSessions(of: &world, &random) }
    let needs = world.requests.map {
      ($0.promptTokens + $0.outputTokens + block - 1) / block
    }
    let largest = needs.max()!
    world.settings.kvBlocks =
      switch random.integer(in: 0...3) {
      case 0: largest + random.integer(in: 0...3)
      case 1: largest * 2 + random.integer(in: 0...5)
      case 2: largest + random.integer(in: 0...(needs.reduce(0, +) / 2))
      default: needs.reduce(1, +)
      }
    world.settings.maxModelTokens = world.settings.kvBlocks * block
    if random.chance(40) {
      let step = Int(world.stepTime.decodeBase[1])
      world.settings.offload = KVOffload(
        blocks: random.integer(in: 1...(2 * largest + 10)),
        loadLatency: Int64(random.integer(in: 0...step)),
        loadPerBlock: Int64(random.integer(in: 0...(step / 4))))
    }
  }

  private func drawTree(
    of world: inout SmallWorld, block: Int, _ random: inout SplitMix64
  ) {
    for _ in 0..<random.integer(in: 1...5) {
      let parent =
        random.chance(60) ? random.integer(in: -1...(world.prefixes.nodes.count - 1)) : -1
      let tokens =
        random.chance(40) ? block * random.integer(in: 1...4) : random.integer(in: 1...(3 * block))
      _ = world.prefixes.add(after: parent, tokens: tokens)
    }
    for id in world.requests.indices where random.chance(85) {
      let node = random.integer(in: 0...(world.prefixes.nodes.count - 1))
      world.requests[id].prefix = node
      let end = world.prefixes.endTokens(of: node)
      switch random.integer(in: 0...5) {
      case 0: world.requests[id].promptTokens = end
      case 1: world.requests[id].promptTokens = end + 1
      case 2: break
      default: world.requests[id].promptTokens += end
      }
    }
  }

  /// Conversations, some of whose turns come before the last one's answer.
  private func drawSessions(of world: inout SmallWorld, _ random: inout SplitMix64) {
    let sessions = random.integer(in: 1...3)
    var lengths: [Int: Int] = [:]
    for id in world.requests.indices where random.chance(80) {
      let session = random.integer(in: 1...sessions)
      world.requests[id].session = session
      let key = session * 100 + world.requests[id].prefix
      // Most turns take up the whole of what was said, some part of it.
      if let length = lengths[key], length < 400, random.chance(80) {
        world.requests[id].promptTokens = length + random.integer(in: 1...10)
      }
      lengths[key] = world.requests[id].promptTokens + world.requests[id].outputTokens
      let one = world.requests[id].promptTokens
      if random.chance(10) { world.requests[id].promptTokens = random.integer(in: 1...one) }
    }
  }
}
