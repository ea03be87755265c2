import SimulationKernel

/// Requests that are served with an adapter.
extension Simulation {
  /// The adapter of a request, keyed by its workload and number; -1 for none.
  func adapter(_ slot: Int) -> Int32 {
    let record = records + slot
    let workload = workloads + Int(record.pointee.workload)
    guard let use = workload.pointee.adapters else { return -1 }
    return use.adapter(workload.pointee.adapterStream.block(record.pointee.index))
  }
}
