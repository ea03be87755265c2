import Multicloud
import SimulationKernel
import Testing
import Workload

/// Clients that come back while nothing answers: an outage of a minute asks for more than the demand.
@Suite("A retry storm")
struct RetryStormTests {
  /// Attempts and requests of those that arrive from 60 s to 120 s, when the only endpoint is down, and of
  /// those before.
  private func run(
    retries: Int
  ) throws -> (before: Double, during: Double, peak: Int, failed: Int) {
    var worlds = ControlWorlds()
    worlds.endpoints = [ControlWorlds.endpoint("only")]
    var demand = World.Demand(
      spec: ControlWorlds.spec(arrivals: .poisson(rate: 20)), model: 0)
    demand.clientRetry = RetryPolicy(attempts: retries + 1)
    worlds.demands = [demand]
    worlds.incidents = [
      Incident(
        target: .deployment(0), effect: .fails, start: .seconds(60), duration: .seconds(60))
    ]
    worlds.seconds = 200
    let (_, audit) = try worlds.run()
    func ratio(_ range: Range<Int64>) -> Double {
      let requests = audit.requests.filter { range.contains($0.arrival / 1_000_000_000) }
      let indices = Set(requests.map(\.index))
      return Double(audit.attempts.count { indices.contains($0.index) }) / Double(requests.count)
    }
    let seconds = audit.attempts.reduce(into: [Int](repeating: 0, count: 300)) {
      $0[Int($1.start / 1_000_000_000)] += 1
    }
    return (
      ratio(0..<55), ratio(60..<110), seconds[70..<110].max() ?? 0,
      audit.requests.count { $0.status == .failed }
    )
  }

  @Test("three retries make four attempts of each request in the outage, and fewer fail")
  func storm() throws {
    let calm = try run(retries: 0)
    #expect(calm.before == 1 && calm.during == 1)
    let storm = try run(retries: 3)
    #expect(storm.before == 1)
    // All four attempts of a request that arrives 10 s or more before the end fall into the outage.
    #expect(storm.during == 4)
    // 80 attempts a second on average where 20 requests a second arrive.
    #expect(storm.peak > 80 && calm.peak < 45)
    #expect(storm.failed < calm.failed && storm.failed > 900)
  }
}
