import ServingEngine
import Testing

/// The engine that is compared with the step-by-step twin.
private let engineUnderTest: EngineUnderTest? = nil

/// The span engine and the step-by-step twin tell the same story, event for event and to the
/// nanosecond, on every random small world.
///
/// `PLIMSOLL_EXACTNESS_WORLDS` sets how many worlds, `PLIMSOLL_EXACTNESS_SEED` which, and
/// `PLIMSOLL_EXACTNESS_TRACE=1` names each before it runs.
@Suite struct ExactnessTests {
  @Test(.enabled(if: engineUnderTest != nil), arguments: WorldFamily.allCases)
  func agreesWithTheTwin(family: WorldFamily) throws {
    let engine = try #require(engineUnderTest)
    var others: [UInt64] = []
    var first: Disagreement?
    for seed in ExactnessRun.seeds(of: family) {
      if ExactnessRun.traces { ExactnessRun.tell("\(family.rawValue) \(seed)") }
      let world = SmallWorldGenerator(seed: seed).world(family)
      if engine(world) == StepByStepTwin.run(world) { continue }
      if first == nil {
        ExactnessRun.tell("\(family.rawValue) \(seed) disagrees, shrinking it")
        first = family.disagreement(seed: seed, with: engine)
      } else {
        others.append(seed)
      }
    }
    if let first {
      let more = others.isEmpty ? "" : "\nSo do \(others.count) more seeds: \(others.prefix(20))"
      Issue.record("\(first)\(more)")
    }
  }
}
