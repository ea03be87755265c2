import Multicloud
import SimulationKernel
import Testing
import Workload

/// The simulator against queues with closed forms. Service has mean 1 s: a million steps of 1 µs.
@Suite("Queues with closed forms")
struct QueueOracleTests {
  static let tokens = 1e6

  private func wait(_ result: SimulationResult) -> Double {
    (result.workloads[0].latencies.queueing.mean ?? 0) / 1e9
  }

  private func check(_ measured: Replicated, _ theory: Double, _ what: String) {
    #expect(
      measured.agrees(with: theory),
      "\(what): \(measured.mean) ± \(measured.halfWidth), theory \(theory)")
    #expect(
      measured.wouldNoticeTwoPercent(of: theory),
      "\(what): ± \(measured.halfWidth) would hide an error of 2 % of \(theory)")
  }

  @Test("M/M/1 at half load: mean wait 1 s")
  func singleServer() throws {
    let world = OracleWorld(
      step: { _ in 1e-6 }, servers: 1, rate: 0.5, output: .exponential(mean: Self.tokens),
      seconds: 290_000, warmup: 200)
    check(try Replicated(world, wait), 1, "wait")
  }

  @Test("M/M/5 at load 0.8: Erlang C")
  func manyServers() throws {
    let world = OracleWorld(
      step: { _ in 1e-6 }, servers: 5, rate: 4, output: .exponential(mean: Self.tokens),
      seconds: 50_000, warmup: 200)
    let sojourn = try Replicated(world) { ($0.workloads[0].latencies.endToEnd.mean ?? 0) / 1e9 }
    check(sojourn, 1 + 0.554112554112554, "time in system")
  }

  @Test("M/D/1 at load 0.7: Pollaczek and Khinchine without variance")
  func constantService() throws {
    let world = OracleWorld(
      step: { _ in 1e-6 }, servers: 1, rate: 0.7, output: .constant(Int(Self.tokens)),
      seconds: 170_000, warmup: 200)
    check(try Replicated(world, wait), 1.16666666666667, "wait")
  }

  @Test("M/G/1, lognormal service, half load: Pollaczek and Khinchine")
  func generalService() throws {
    // A median of e^(-1/2) has mean 1 at sigma 1; the squared variation is e - 1.
    let world = OracleWorld(
      step: { _ in 1e-6 }, servers: 1, rate: 0.5,
      output: .lognormal(median: Self.tokens * 0.6065306597126334, sigma: 1, max: 1_000_000_000),
      seconds: 700_000, warmup: 200)
    check(try Replicated(world, wait), 2.718281828459045 / 2, "wait")
  }

  @Test("M/M/5/20 overloaded: blocking and time in system")
  func finiteQueue() throws {
    let world = OracleWorld(
      step: { _ in 1e-6 }, servers: 5, rate: 6, output: .exponential(mean: Self.tokens),
      seconds: 30_000, warmup: 200, queueLimit: 15)
    let blocked = try Replicated(world) { result in
      let workload = result.workloads[0]
      return Double(workload.rejectedTotal) / Double(workload.arrived)
    }
    check(blocked, 0.172691891904191, "blocking")
    let sojourn = try Replicated(world) { ($0.workloads[0].latencies.endToEnd.mean ?? 0) / 1e9 }
    check(sojourn, 3.15513681656443, "time in system")
  }

  @Test(
    "M/G/1 processor sharing at load 0.6: insensitive to the law of service",
    arguments: [
      LengthSpec.exponential(mean: 1e6), .constant(1_000_000),
      .uniform(min: 1, max: 1_999_999),
    ])
  func processorSharing(output: LengthSpec) throws {
    let world = OracleWorld(
      step: { 1e-6 * Double($0) }, servers: 256, rate: 0.6, output: output, seconds: 150_000,
      warmup: 200)
    let sojourn = try Replicated(world) { ($0.workloads[0].latencies.endToEnd.mean ?? 0) / 1e9 }
    check(sojourn, 2.5, "time in system")
  }
}
