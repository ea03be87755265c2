import ServingEngine

extension SmallWorldGenerator {
  /// Gives most requests of a world one of a few adapters, and the engine room for fewer at once.
  func drawAdapters(of world: inout SmallWorld, _ random: inout SplitMix64) {
    let resident = random.integer(in: 1...3)
    let scale = Int64(max(1, world.stepTime.decodeBase[1]))
    func time() -> Int64 {
      random.chance(30) ? 0 : Int64(random.integer(in: 0...3)) * scale / 3
    }
    world.settings.adapters = AdapterSettings(
      resident: resident, held: resident + random.integer(in: 0...2), loadTime: time(),
      fetchTime: time())
    world.stepTime.adapters = AdapterTimes(
      perStep: time() / 8, perAdapter: time() / 16, perToken: time() / 64)
    let number = random.integer(in: 1...6)
    for index in world.requests.indices where random.chance(85) {
      world.requests[index].adapter = random.integer(in: 0...(number - 1))
    }
  }
}
