import Experiment
import Foundation
import Statistics
import Testing

/// Whether 95 % intervals hold the truth 95 times of 100: many studies of ten replications each, of queues whose
/// truth is known. `PLIMSOLL_COVERAGE_STUDIES=1000` makes as many studies as the figures in docs/statistics.md.
@Suite("Coverage of intervals")
struct CoverageStudyTests {
  static let replications = 10

  private static var studies: Int {
    max(
      20,
      ProcessInfo.processInfo.environment["PLIMSOLL_COVERAGE_STUDIES"].flatMap { Int($0) } ?? 100)
  }

  /// Shares that pass: 93 to 97 of 100 for a thousand studies; as wide as chance for fewer, of which one set in
  /// some hundred would be turned away.
  private static func accepted(_ studies: Int) -> ClosedRange<Double> {
    if studies >= 1000 { return 0.93...0.97 }
    let spread = 2.8 * (0.95 * 0.05 / Double(studies)).squareRoot()
    return (0.95 - spread)...min(1 - 1 / Double(studies), 0.95 + spread)
  }

  private func check(_ fleet: TextbookFleet, truth: Double, _ what: String) throws {
    let studies = Self.studies
    let values = try WorkPool().map(studies * Self.replications) { run in
      // Every run has a seed, so streams of its own.
      try fleet.requestsInside(seed: UInt64(run + 1))
    }.compactMap { $0 }
    try #require(values.count == studies * Self.replications)
    var (covered, low) = (0, 0)
    for study in 0..<studies {
      let sample = SampleMoments(
        values[study * Self.replications..<(study + 1) * Self.replications])
      let interval = try #require(ConfidenceInterval(sample))
      if interval.contains(truth) { covered += 1 }
      if interval.upper < truth { low += 1 }
    }
    let share = Double(covered) / Double(studies)
    let all = SampleMoments(values)
    print(
      "\(what): \(covered) of \(studies) intervals hold \(truth) (\(low) lie below it); all runs: \(all.mean) ± "
        + "\(all.standardError), deviation of a run \(all.deviation)")
    #expect(
      Self.accepted(studies).contains(share), "\(what): \(covered) of \(studies) hold \(truth)")
    // The truth is the truth of this very measure: no start, no end, no cut biases it.
    #expect(abs(all.mean - truth) < 4 * all.standardError, "\(what): \(all.mean), truth \(truth)")
  }

  @Test("M/M/4 in its steady state: requests inside, truth by Erlang's formula")
  func singlePool() throws {
    // Relaxation takes 1 / (2 - √2.4)² = 4.9 s: after ten times that nothing is left of the empty start.
    let fleet = TextbookFleet(replicas: 1, servers: 4, rate: 2.4, warmup: 50, measured: 200)
    try check(fleet, truth: fleet.stationaryRequests, "M/M/4")
  }

  @Test("three replicas behind a router, the first minute from empty: truth by the Markov chain")
  func fleet() throws {
    let fleet = TextbookFleet(replicas: 3, servers: 2, rate: 3.6, warmup: 0, measured: 60)
    let (truth, edge) = ShortestQueueChain(fleet, most: 18).meanRequests(seconds: 60)
    #expect(edge < 1e-9)
    try check(fleet, truth: truth, "three replicas")
  }

  @Test("the chain of one replica settles at Erlang's formula")
  func chain() {
    let fleet = TextbookFleet(replicas: 1, servers: 4, rate: 2.4, warmup: 0, measured: 1)
    let chain = ShortestQueueChain(fleet, most: 80)
    // From empty the mean is short of the steady one by a constant over the time.
    let once = chain.meanRequests(seconds: 200).mean
    let twice = chain.meanRequests(seconds: 400).mean
    #expect(abs(2 * twice - once - fleet.stationaryRequests) < 1e-9)
  }
}
