/// Anything that can be asked for the log of a small world.
typealias EngineUnderTest = @Sendable (SmallWorld) -> [EngineEvent]

/// A world on which an engine and the twin tell different stories.
struct Disagreement: CustomStringConvertible {
  var family: WorldFamily
  var seed: UInt64
  /// The world shrunk as far as it still shows a difference.
  var world: SmallWorld
  var expected: [EngineEvent]
  var actual: [EngineEvent]

  /// Place of the first event that differs.
  var firstDifference: Int {
    zip(expected, actual).enumerated().first { $1.0 != $1.1 }?.offset
      ?? min(expected.count, actual.count)
  }

  var description: String {
    let place = firstDifference
    var lines = [
      "The engine and the step-by-step twin disagree on "
        + "SmallWorldGenerator(seed: \(seed)).world(.\(family.rawValue)).",
      "Shrunk to:", "\(world)", "First difference at event \(place):",
    ]
    for index in max(0, place - 4)..<(place + 4) {
      let twin = index < expected.count ? "\(expected[index])" : "(end)"
      let engine = index < actual.count ? "\(actual[index])" : "(end)"
      if index >= expected.count && index >= actual.count { break }
      lines.append(
        twin == engine
          ? "    \(index): \(twin)" : "  ! \(index): twin \(twin) | engine \(engine)")
    }
    return lines.joined(separator: "\n")
  }
}

extension WorldFamily {
  /// The disagreement of `engine` with the twin on the world of `seed`, shrunk; nil if they agree.
  func disagreement(
    seed: UInt64, with engine: EngineUnderTest, shrinkAttempts: Int = 4_000
  ) -> Disagreement? {
    let world = SmallWorldGenerator(seed: seed).world(self)
    if engine(world) == StepByStepTwin.run(world) { return nil }
    let small = shrink(world, attempts: shrinkAttempts) { engine($0) != StepByStepTwin.run($0) }
    return Disagreement(
      family: self, seed: seed, world: small, expected: StepByStepTwin.run(small),
      actual: engine(small))
  }
}
