import SimulationKernel

/// Requests that nobody's clock sends: a chain calls for them. Their lengths are drawn as those of any
/// other workload, keyed by the number of the request that called.
public struct CalledRequests: Sendable {
  private let attributes: RequestAttributes
  private let workload: Int32

  /// Prepares the draws of a workload; its arrivals are not read.
  ///
  /// - Throws: ``WorkloadError`` where the workload is out of form.
  public init(_ spec: WorkloadSpec, id: Int, seed: UInt64) throws(WorkloadError) {
    try spec.validate()
    if spec.sessions != nil {
      throw WorkloadError(
        workload: spec.name, field: "sessions",
        problem:
          "are set, but a chain calls for its requests; let the chain's own workload have them")
    }
    attributes = RequestAttributes(spec, streamSeed: streamSeed(seed, workload: spec.name))
    workload = Int32(id)
  }

  /// The request that number `index` calls for.
  public func request(_ index: UInt64, origin: Int32, at time: SimTime) -> Arrival {
    let lengths = attributes.lengths(index)
    let place = attributes.place(index, output: lengths.output)
    return Arrival(
      time: time, workload: workload, origin: origin, index: index,
      promptTokens: lengths.prompt, outputTokens: lengths.output,
      estimatedOutputTokens: place.estimate, client: -1)
  }
}
