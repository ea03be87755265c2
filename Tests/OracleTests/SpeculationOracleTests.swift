import Multicloud
import ServingEngine
import SimulationKernel
import Testing
import Workload

/// Speculation against the published formulas, at a batch of one.
///
/// Source: Leviathan, Kalman, Matias, "Fast Inference from Transformers via Speculative Decoding", ICML
/// 2023: a step yields `(1 - a^(k+1)) / (1 - a)` tokens on average (equation 1) and the wall time improves by
/// that over `k·c + 1`, where a drafting pass costs `c` steps (theorem 3.8).
@Suite("Speculation")
struct SpeculationOracleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var drafted: Int
    var acceptance: Double
    var cost: Double
    var testDescription: String { "\(drafted) drafted at \(cost) each, \(acceptance) right" }
  }

  private static let output = 3000

  private func world(_ one: Case?) -> OracleWorld {
    OracleWorld(
      step: { _ in 0.010 }, servers: 1, rate: 0.02, output: .constant(Self.output), seconds: 4000,
      warmup: 0, speculation: one.map { ($0.drafted, $0.acceptance, $0.cost) })
  }

  /// Seconds from token to token.
  private func perToken(_ result: SimulationResult) -> Double {
    let latencies = result.workloads[0].latencies
    return ((latencies.endToEnd.mean ?? 0) - (latencies.timeToFirstToken.mean ?? 0))
      / (1e9 * Double(Self.output - 1))
  }

  @Test(
    "wall time improves by the factor of the theorem",
    arguments: [
      Case(drafted: 3, acceptance: 0.7, cost: 0.05), Case(drafted: 5, acceptance: 0.8, cost: 0.1),
      Case(drafted: 2, acceptance: 0.3, cost: 0.4), Case(drafted: 7, acceptance: 0.9, cost: 0),
    ])
  func wallTime(one: Case) throws {
    var power = 1.0
    for _ in 0...one.drafted { power *= one.acceptance }
    let theory =
      (1 - power) / ((1 - one.acceptance) * (Double(one.drafted) * one.cost + 1))
    let plain = try Replicated(world(nil), perToken)
    #expect(abs(plain.mean - 0.010) < 1e-9)
    let measured = try Replicated(world(one)) { 0.010 / perToken($0) }
    // A request's last step may yield more than is left of it: one step in some 700 at most.
    #expect(
      measured.agrees(with: theory, bias: theory / 700),
      "improves by \(measured.mean) ± \(measured.halfWidth), theory \(theory)")
    #expect(measured.wouldNoticeTwoPercent(of: theory))
  }
}
