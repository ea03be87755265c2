import Multicloud
import SimulationKernel
import Testing
import Workload

/// The closed form for continuous batching: steps of `t0 + k·n` seconds are state-dependent
/// processor sharing, with mean latency `G (t0 + k) / (1 − λ G k)` whatever the law of the outputs.
///
/// The form is a fluid: a real engine admits at step boundaries, so a request waits for the rest of
/// the step it arrives in. Up to one mean step is allowed for that, on top of the interval.
@Suite("Continuous batching")
struct BatchingOracleTests {
  static let base = 0.010
  static let slope = 0.0002

  private func world(rate: Double, output: LengthSpec, cap: Int, seconds: Double) -> OracleWorld {
    OracleWorld(
      step: { Self.base + Self.slope * Double($0) }, servers: cap, rate: rate, output: output,
      seconds: seconds, warmup: 100)
  }

  private func latency(_ result: SimulationResult) -> Double {
    (result.workloads[0].latencies.endToEnd.mean ?? 0) / 1e9
  }

  private func running(_ result: SimulationResult) -> Double {
    let work = result.pools[0].work
    return Double(work.runningIntegral + work.waitingIntegral) / Double(work.length)
  }

  @Test(
    "mean latency and batch do not depend on the law of the outputs",
    arguments: [
      LengthSpec.exponential(mean: 200), .constant(200),
      .lognormal(median: 121.30613194252668, sigma: 1, max: 1_000_000),
    ])
  func insensitive(output: LengthSpec) throws {
    let rate = 10.0
    let world = world(rate: rate, output: output, cap: 2000, seconds: 4100)
    let theory = 200 * (Self.base + Self.slope) / (1 - rate * 200 * Self.slope)
    let step = Self.base + Self.slope * 34
    let measured = try Replicated(world, latency)
    #expect(
      measured.agrees(with: theory, bias: step),
      "latency \(measured.mean) ± \(measured.halfWidth), theory \(theory)")
    #expect(measured.wouldNoticeTwoPercent(of: theory))
    let inSystem = try Replicated(world, running)
    #expect(
      inSystem.agrees(with: 34, bias: rate * step),
      "in system \(inSystem.mean) ± \(inSystem.halfWidth), theory 34")
  }

  @Test("with a cap of 64 the rest waits in line: birth and death")
  func capped() throws {
    let world = world(rate: 12, output: .exponential(mean: 200), cap: 64, seconds: 8100)
    let inSystem = try Replicated(world, running)
    let step = Self.base + Self.slope * 47
    #expect(
      inSystem.agrees(with: 47.3691890209487, bias: 12 * step),
      "in system \(inSystem.mean) ± \(inSystem.halfWidth)")
    #expect(inSystem.wouldNoticeTwoPercent(of: 47.3691890209487))
  }
}
