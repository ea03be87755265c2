import Multicloud
import SimulationKernel
import Testing
import Workload

/// Policies are told estimates: how long an output will really be must not reach a decision before it
/// is over.
@Suite struct OracleBoundaryTests {
  /// A burst of requests that all come before the first of them is done: whatever is decided is decided
  /// without an answer.
  private static func audit(
    output: Int, gateway: Gateway, routing: ReplicaRouting? = nil
  ) throws -> AuditKeeper {
    var worlds = ControlWorlds()
    worlds.seconds = 1
    worlds.clouds = [Cloud(name: "a"), Cloud(name: "b")]
    worlds.regions = (0..<3).map { Region(name: "r\($0)", cloud: $0 / 2) }
    worlds.oneWay = [.milliseconds(2), .milliseconds(20), .milliseconds(5)]
    worlds.models = ["m0"]
    worlds.quality = [0.9]
    worlds.pools = (0..<3).map { ControlWorlds.pool("p\($0)", region: $0, replicas: 3) }
    for id in worlds.pools.indices {
      worlds.pools[id].price = TokenPrice(input: 3, output: 9)
      if let routing { worlds.pools[id].routing = routing }
    }
    worlds.gateway = gateway
    var spec = ControlWorlds.spec(arrivals: .poisson(rate: 90), output: output)
    spec.outputEstimate = .fixed(300)
    worlds.demands = [World.Demand(spec: spec, model: 0)]
    let audit = AuditKeeper()
    var simulation = try Simulation(worlds.world, recorder: audit)
    _ = simulation.run()
    #expect(audit.requests.allSatisfy { $0.status == .inFlight })
    return audit
  }

  @Test(
    "the gateway decides the same whatever the true length",
    arguments: PolicyRegistry.deploymentRouters.map { $0.name })
  func deployments(policy: String) throws {
    let short = try Self.audit(output: 400, gateway: Gateway(policy: policy))
    let long = try Self.audit(output: 1200, gateway: Gateway(policy: policy))
    #expect(short.decisions.count > 50)
    #expect(short.decisions.map(\.chosen) == long.decisions.map(\.chosen))
    #expect(short.decisions.map(\.score) == long.decisions.map(\.score))
  }

  @Test(
    "a pool's balancer chooses the same whatever the true length",
    arguments: PolicyRegistry.replicaRouters.map { $0.name })
  func replicas(policy: String) throws {
    let routing = ReplicaRouting(policy: policy)
    let short = try Self.audit(
      output: 400, gateway: Gateway(policy: "nearest"), routing: routing)
    let long = try Self.audit(
      output: 1200, gateway: Gateway(policy: "nearest"), routing: routing)
    let replicas = short.requests.map(\.replica)
    #expect(replicas == long.requests.map(\.replica) && replicas.count > 50)
  }

  @Test("flow control holds back the same whatever the true length")
  func flow() throws {
    var gateway = Gateway(policy: "nearest")
    gateway.flow = FlowSettings(
      ceilings: [0.05], shedAt: [], fairness: .none, order: .shortestEstimate, capacity: 1000)
    let short = try Self.audit(output: 400, gateway: gateway)
    let long = try Self.audit(output: 1200, gateway: gateway)
    #expect(short.decisions.map(\.request) == long.decisions.map(\.request))
    #expect(short.decisions.count < short.requests.count, "somebody is held")
  }
}
