import ServingEngine
import SimulationKernel

/// Requests at pools that speculate.
extension Simulation {
  /// Steps in which the output after the first token appears at a request's pool; 0 for one token a step.
  ///
  /// Keyed by the workload and the request's number: a request that is tried again, or sent elsewhere,
  /// meets the same luck.
  func decodeSteps(_ slot: Int, output: Int) -> Int32 {
    let record = records + slot
    guard output > 1, let law = stepLaws[Int(record.pointee.deployment)] else { return 0 }
    let stream = workloads[Int(record.pointee.workload)].speculationStream
    let seed = stream.block(record.pointee.index).0
    return Int32(truncatingIfNeeded: law.draw(tokens: output - 1, seed: seed))
  }
}

extension DecodeStepLaw {
  /// By pool, the law of its steps; empty where no pool speculates.
  static func laws(of pools: [Pool]) -> [DecodeStepLaw?] {
    let laws = pools.map { pool -> DecodeStepLaw? in
      let drafted = pool.scheduler.speculation.draftTokens
      guard drafted > 0, let speculation = pool.speculation else { return nil }
      return DecodeStepLaw(draftTokens: drafted, acceptance: speculation.acceptance)
    }
    return laws.contains { $0 != nil } ? laws : []
  }
}
