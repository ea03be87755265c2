import ServingEngine

extension SmallWorldGenerator {
  /// Gives a world the scheduler of an earlier engine: a watermark, and mostly prompts before decoding.
  func drawEarlierEngine(of world: inout SmallWorld, _ random: inout SplitMix64) {
    let watermark = random.integer(in: 0...4)
    world.settings.kvBlocks += watermark
    world.settings.keepFree(blocks: watermark)
    guard random.chance(70) else { return }
    world.settings.order = .firstComeFirstServed
    world.settings.longPrefillThreshold = 0
    world.settings.maxBatchedTokens =
      max(world.settings.maxBatchedTokens, world.settings.maxModelTokens)
      + random.pick([0, 0, 3, 40])
    if random.chance(40) {
      world.settings.maxModelTokens = max(2, world.settings.maxModelTokens / 2)
      world.settings.maxBatchedTokens = max(
        world.settings.maxSequences, world.settings.maxModelTokens)
    }
    world.settings.prefillsFirst = true
  }
}
