import Multicloud
import ServingEngine
import Testing
import Workload

/// Adapters against engines without them that must do the same.
@Suite("Adapters")
struct AdapterOracleTests {
  private func world(
    rate: Double, servers: Int, more: Double = 0, seconds: Double = 500, warmup: Double = 50,
    adapters: (resident: Int, asked: Int)? = nil, times: AdapterTimes = AdapterTimes()
  ) -> OracleWorld {
    OracleWorld(
      step: { 0.010 + more + 0.0002 * Double($0) }, servers: servers, rate: rate,
      output: .exponential(mean: 200), seconds: seconds, warmup: warmup, adapters: adapters,
      adapterTimes: times)
  }

  @Test("one adapter for all is no adapter, but for what it adds to a step")
  func one() throws {
    let plain = try world(rate: 8, servers: 64).run(seed: 3)
    let free = try world(rate: 8, servers: 64, adapters: (1, 1)).run(seed: 3)
    #expect(free.fingerprint == plain.fingerprint)
    let longer = try world(rate: 8, servers: 64, more: 0.0015).run(seed: 3)
    let costly = try world(
      rate: 8, servers: 64, adapters: (1, 1),
      times: AdapterTimes(perStep: 1_000_000_000, perAdapter: 500_000_000)
    ).run(seed: 3)
    #expect(costly.fingerprint == longer.fingerprint)
    #expect(costly.fingerprint != plain.fingerprint)
  }

  /// Where hardly two requests ask for the same, a batch holds as many requests as adapters.
  @Test("as many adapters as requests limit the batch", arguments: [2, 7])
  func saturated(resident: Int) throws {
    let seconds = 6000.0
    let theory = Double(resident) / (200 * (0.010 + 0.0002 * Double(resident)))
    var world = world(
      rate: 2 * theory, servers: 64, seconds: seconds, warmup: 0,
      adapters: (resident, 1_000_000))
    // Those turned away leave the throughput as it is, and the queue short.
    world.queueLimit = 40
    let measured = try Replicated(world) { result in
      Double(result.workloads[0].completed) / seconds
    }
    // Whoever is alone with an adapter of somebody running passes others: far less than one in a hundred.
    #expect(
      measured.agrees(with: theory, bias: 0.005 * theory),
      "\(measured.mean) ± \(measured.halfWidth) requests/s, theory \(theory)")
    #expect(measured.wouldNoticeTwoPercent(of: theory))
  }
}
