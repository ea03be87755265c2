import Multicloud
import SimulationKernel
import Testing
import Workload

@Suite("Policies")
struct PolicyTests {
  /// Requests by replica of pool 0.
  private func shares(_ policy: String, weights: [Double] = [], rate: Double = 20) throws -> [Int] {
    var small = SmallWorlds()
    small.pools = [(region: 0, replicas: 4)]
    small.routing = ReplicaRouting(policy: policy, weights: weights)
    small.arrivals = .poisson(rate: rate)
    small.seconds = 400
    var counts = [0, 0, 0, 0]
    for request in try small.run().requests { counts[Int(request.replica)] += 1 }
    return counts
  }

  @Test("every registered policy has its own name and serves a small world")
  func registry() throws {
    let names = PolicyRegistry.replicaRouters.map { $0.name }
    #expect(Set(names).count == names.count)
    for name in names {
      let counts = try shares(name)
      #expect(counts.reduce(0, +) > 7000, "\(name)")
    }
    let gateways = PolicyRegistry.deploymentRouters.map { $0.name }
    #expect(Set(gateways).count == gateways.count)
  }

  @Test("round robin gives every replica the same number, give or take one")
  func roundRobin() throws {
    let counts = try shares("round-robin")
    #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
  }

  @Test("random gives every replica a quarter, weighted its weight")
  func random() throws {
    let counts = try shares("random")
    let total = Double(counts.reduce(0, +))
    for count in counts { #expect(abs(Double(count) / total - 0.25) < 0.02) }
    let weighted = try shares("weighted", weights: [4, 3, 2, 1])
    for (index, count) in weighted.enumerated() {
      #expect(abs(Double(count) / total - Double(4 - index) / 10) < 0.02)
    }
  }

  @Test("looking at loads shortens the queue: least outstanding, then two choices, then random")
  func loads() throws {
    func meanQueueing(_ policy: String) throws -> Double {
      var small = SmallWorlds()
      small.pools = [(region: 0, replicas: 4)]
      small.routing = ReplicaRouting(policy: policy)
      small.arrivals = .poisson(rate: 75)
      small.seconds = 600
      return try small.run().result.workloads[0].latencies.queueing.mean ?? 0
    }
    let least = try meanQueueing("least-outstanding-requests")
    let two = try meanQueueing("power-of-two")
    let random = try meanQueueing("random")
    #expect(least < two)
    #expect(two < random)
    #expect(try meanQueueing("least-outstanding-tokens") < two)
  }

  @Test("stale loads are worse than live ones")
  func staleness() throws {
    func meanQueueing(_ staleness: Duration) throws -> Double {
      var small = SmallWorlds()
      small.pools = [(region: 0, replicas: 4)]
      small.routing = ReplicaRouting(staleness: staleness)
      small.arrivals = .poisson(rate: 75)
      small.seconds = 300
      return try small.run().result.workloads[0].latencies.queueing.mean ?? 0
    }
    #expect(try meanQueueing(.zero) < (try meanQueueing(.seconds(1))))
  }

  @Test("nearest takes the shortest way, weighted the weights, preferred spills in order")
  func gateways() throws {
    var small = SmallWorlds()
    small.regions = 3
    small.pools = [(0, 2), (1, 2), (2, 2)]
    small.oneWay = [.milliseconds(30), .milliseconds(10), .milliseconds(20)]
    small.regionWay = [Duration](repeating: .zero, count: 9)
    func byPool() throws -> [Int] {
      var counts = [0, 0, 0]
      for request in try small.run().requests where request.deployment >= 0 {
        counts[Int(request.deployment)] += 1
      }
      return counts
    }
    small.gateway = Gateway(policy: "nearest")
    let nearest = try byPool()
    #expect(nearest[0] == 0 && nearest[2] == 0 && nearest[1] > 2000)

    small.gateway = Gateway(policy: "weighted")
    small.weights = [1, 0, 3]
    let weighted = try byPool()
    #expect(weighted[1] == 0)
    #expect(abs(Double(weighted[2]) / Double(weighted[0]) - 3) < 0.5)

    small.gateway = Gateway(policy: "preferred", spillAt: 2)
    small.preferred = [2, 0]
    let preferred = try byPool()
    #expect(preferred[2] > preferred[0] && preferred[0] > preferred[1])

    small.gateway = Gateway(policy: "least-loaded", roundTripPenaltyPerSecond: 0)
    let even = try byPool()
    #expect((even.max() ?? 0) - (even.min() ?? 0) < 300)
    small.gateway = Gateway(policy: "least-loaded", roundTripPenaltyPerSecond: 1000)
    #expect(try byPool()[1] > 2000)
  }
}
