import ServingEngine
import Testing

/// The engine that is compared with the step-by-step twin.
private let engineUnderTest: EngineUnderTest? = SpanAdapter.run

/// The span engine and the step-by-step twin tell the same story, event for event and to the
/// nanosecond, on every random small world.
///
/// `PLIMSOLL_EXACTNESS_WORLDS` sets how many worlds, `PLIMSOLL_EXACTNESS_SEED` which, and
/// `PLIMSOLL_EXACTNESS_TRACE=1` names each before it runs.
@Suite struct ExactnessTests {
  @Test(.enabled(if: engineUnderTest != nil), arguments: WorldFamily.allCases)
  func agreesWithTheTwin(family: WorldFamily) throws {
    let engine = try #require(engineUnderTest)
    let found = family.disagreement(
      seeds: ExactnessRun.seeds(of: family), with: engine, note: ExactnessRun.trace)
    if let found { Issue.record("\(found)") }
  }
}
