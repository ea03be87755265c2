import Multicloud
import ServingEngine
import SimulationKernel
import Testing
import Workload

@Suite("Checkpoints")
struct CheckpointTests {
  private func result(_ worlds: SmallWorlds, every length: Duration) throws -> SimulationResult {
    var simulation = try Simulation(worlds.world, checkpointLength: length)
    return simulation.run()
  }

  @Test("a run with checkpoints is the run without them, and they end where it ends")
  func sameRun() throws {
    var worlds = SmallWorlds()
    worlds.seconds = 130
    // More than two replicas can serve, so that some give up.
    worlds.arrivals = .poisson(rate: 60)
    worlds.patience = .milliseconds(400)
    let plain = try result(worlds, every: .zero)
    let checked = try result(worlds, every: .seconds(60))
    #expect(plain.fingerprint == checked.fingerprint && plain.events == checked.events)
    #expect(plain.checkpoints.isEmpty)
    #expect(checked.checkpoints.map(\.time.seconds) == [60, 120, 130])
    let last = try #require(checked.checkpoints.last)
    #expect(last.fingerprint == plain.fingerprint && last.events == plain.events)
    let totals = plain.totals[0]
    #expect(last.workloads[0].arrived == totals.arrived)
    #expect(last.workloads[0].completed == totals.completed)
    #expect(last.workloads[0].lost == totals.cancelled + totals.rejected + totals.failed)
    #expect(totals.cancelled > 0)
  }

  @Test("a checkpoint holds what was before it and nothing after, whatever lies between events")
  func moments() throws {
    var worlds = SmallWorlds()
    worlds.seconds = 100
    let coarse = try result(worlds, every: .seconds(50))
    // Far more checkpoints than events: many without an event between them.
    let fine = try result(worlds, every: .milliseconds(5))
    #expect(fine.checkpoints.count == 20_000)
    #expect(fine.checkpoints[9999] == coarse.checkpoints[0])
    #expect(fine.checkpoints[19_999] == coarse.checkpoints[1])
    for (a, b) in zip(fine.checkpoints, fine.checkpoints.dropFirst()) {
      #expect(a.events <= b.events && a.time < b.time)
      if a.workloads == b.workloads { #expect(a.fingerprint == b.fingerprint) }
    }
    worlds.seconds = 50
    let half = try result(worlds, every: .seconds(50))
    #expect(half.checkpoints == [coarse.checkpoints[0]])
  }

  @Test("a run that ends without events has all its checkpoints")
  func silentEnd() throws {
    var worlds = SmallWorlds()
    worlds.seconds = 125
    worlds.arrivals = .piecewise(
      rates: [20, 0], binWidth: .seconds(10), repeats: false)
    let silent = try result(worlds, every: .seconds(50))
    #expect(silent.checkpoints.map(\.time.seconds) == [50, 100, 125])
    #expect(Set(silent.checkpoints.map(\.fingerprint)).count == 1)
  }

  @Test("parts tell at which pool runs differ")
  func parts() throws {
    var worlds = SmallWorlds()
    worlds.pools = [(region: 0, replicas: 1), (region: 0, replicas: 2)]
    worlds.gateway = Gateway(policy: "weighted")
    worlds.weights = [1, 1]
    let world = worlds.world
    var slower = world
    slower.pools[1].scheduler.maxBatchedTokens = 64
    func last(_ world: World) throws -> Checkpoint {
      var simulation = try Simulation(world, checkpointLength: .seconds(60))
      return try #require(simulation.run().checkpoints.last)
    }
    let (a, b) = (try last(world), try last(slower))
    #expect(a.deployments[0] == b.deployments[0])
    #expect(a.deployments[1].fingerprint != b.deployments[1].fingerprint)
    #expect(a.workloads[0].fingerprint != b.workloads[0].fingerprint)
    #expect(a.deployments.reduce(0) { $0 + $1.completed } == a.workloads[0].completed)
  }
}
