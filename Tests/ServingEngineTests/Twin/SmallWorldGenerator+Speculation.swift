import ServingEngine

extension SmallWorldGenerator {
  /// Lets the engine of a world speculate: up to five drafts, a budget that reaches for them, and for
  /// each request any number of steps that its output can take.
  func drawSpeculation(of world: inout SmallWorld, _ random: inout SplitMix64) {
    let drafts = random.integer(in: 1...5)
    world.settings.speculation = SpeculationSettings(
      draftTokens: drafts, lookaheadTokens: random.pick([0, drafts]))
    world.settings.longPrefillThreshold = 0
    let needed = world.settings.maxSequences * (drafts + 1)
    if world.settings.maxBatchedTokens < needed {
      world.settings.maxBatchedTokens = needed + random.pick([0, 0, 1, 7])
    }
    for index in world.stepTimes.indices {
      let model = random.chance(80) ? drafts + 1 : 1
      if index == 0 {
        world.stepTime.mixed.tokensPerDecode = model
      } else {
        world.otherStepTimes[index - 1].mixed.tokensPerDecode = model
      }
    }
    for index in world.requests.indices {
      let tokens = world.requests[index].outputTokens - 1
      if tokens == 0 || random.chance(10) { continue }
      let fewest = (tokens + drafts) / (drafts + 1)
      world.requests[index].decodeSteps =
        random.pick([fewest, tokens, random.integer(in: fewest...tokens)])
    }
  }
}
