/// Anything that can be asked for the log of a small world.
typealias EngineUnderTest = @Sendable (SmallWorld) -> [EngineEvent]

/// A world on which an engine and the twin tell different stories.
struct Disagreement: CustomStringConvertible {
  var family: WorldFamily
  var seed: UInt64
  /// The other seeds of the family on which they disagree too.
  var otherSeeds: [UInt64]
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
    if !otherSeeds.isEmpty {
      lines.append("So do \(otherSeeds.count) more seeds, such as \(otherSeeds.prefix(20)).")
    }
    return lines.joined(separator: "\n")
  }
}

extension WorldFamily {
  /// How `engine` disagrees with the twin on the worlds of `seeds`; nil if it never does.
  ///
  /// Of the worlds that differ the one with the shortest log is shrunk and told. `note` hears of
  /// every world before it runs, and of the one about to be shrunk.
  func disagreement(
    seeds: Range<UInt64>, with engine: EngineUnderTest, shrinkAttempts: Int = 4_000,
    note: (String) -> Void = { _ in }
  ) -> Disagreement? {
    var different: [(seed: UInt64, events: Int)] = []
    for seed in seeds {
      note("\(rawValue) \(seed)")
      let world = SmallWorldGenerator(seed: seed).world(self)
      let expected = StepByStepTwin.run(world)
      if engine(world) != expected { different.append((seed, expected.count)) }
    }
    guard let smallest = different.min(by: { ($0.events, $0.seed) < ($1.events, $1.seed) }) else {
      return nil
    }
    note("\(rawValue) \(smallest.seed) differs, as do \(different.count - 1) more; shrinking it")
    let world = shrink(
      SmallWorldGenerator(seed: smallest.seed).world(self), attempts: shrinkAttempts
    ) { engine($0) != StepByStepTwin.run($0) }
    return Disagreement(
      family: self, seed: smallest.seed,
      otherSeeds: different.map(\.seed).filter { $0 != smallest.seed }, world: world,
      expected: StepByStepTwin.run(world), actual: engine(world))
  }
}
