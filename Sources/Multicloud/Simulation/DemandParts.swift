import SimulationKernel
import Workload

/// The requests of a world: those that come by themselves, and those that chains call for.
struct DemandParts {
  var stream: DemandStream
  /// By workload; `nil` where requests come by themselves.
  var called: [CalledRequests?] = []

  init(_ world: World) throws(WorkloadError) {
    let sent = world.workloads.prefix { !$0.isCalled }
    precondition(
      world.workloads.dropFirst(sent.count).allSatisfy(\.isCalled), "called workloads come last")
    stream = try DemandStream(sent.map(\.spec), seed: world.seed, horizon: world.horizon)
    for (id, workload) in world.workloads.enumerated() {
      called.append(
        workload.isCalled ? try CalledRequests(workload.spec, id: id, seed: world.seed) : nil)
    }
  }
}
