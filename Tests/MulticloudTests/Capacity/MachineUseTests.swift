import SimulationKernel
import Testing

@testable import Multicloud

/// Which machines are paid for, and for how many seconds.
@Suite("Machines that are paid for")
struct MachineUseTests {
  @Test("a second that was begun is billed, once")
  func begunSeconds() {
    var state = ElasticState(
      ElasticPool(minimum: 0, maximum: 4), entity: 0, first: 0, places: 4, initial: 3, seed: 1,
      replicasPerInstance: 2, markets: [])
    state.machines[0] = 3
    // Three replicas on two instances.
    state.integrate(to: 1_250_000_000)
    #expect(state.takeMachineUse(isSpot: [false])[0].instanceSeconds == 3)
    state.integrate(to: 1_500_000_000)
    #expect(state.takeMachineUse(isSpot: [false])[0].instanceSeconds == 0)
    state.integrate(to: 1_500_000_001)
    let use = state.takeMachineUse(isSpot: [false])[0]
    #expect(use.instanceSeconds == 1 && use.pricedSeconds == 1)
    state.integrate(to: 10_000_000_000)
    #expect(state.takeMachineUse(isSpot: [false])[0].instanceSeconds == 16)
  }

  @Test("a machine of a market is paid for while it works, one's own also while it is broken")
  func brokenMachines() throws {
    for isOwn in [true, false] {
      var worlds = ElasticWorlds()
      worlds.small.pools = [(region: 0, replicas: 2)]
      worlds.small.seconds = 2000
      worlds.small.routing.policy = "round-robin"
      worlds.elastic = ElasticPool(minimum: 2, maximum: 2, detection: .seconds(2))
      worlds.elastic.failure = MachineFailure(
        meanTimeBetween: .seconds(300), repair: .constant(30))
      worlds.elastic.life.provisioning = .constant(20)
      if !isOwn {
        worlds.elastic.markets = [0]
        worlds.markets = [ElasticWorlds.market(.onDemand, [(0, 100)])]
      }
      let capacity = try #require(try worlds.run().result.pools[0].capacity)
      #expect(capacity.failures > 2 && capacity.failedTime > 0)
      #expect(capacity.machineTime == capacity.servingTime + (isOwn ? capacity.failedTime : 0))
    }
  }
}
