import ServingEngine
import SimulationKernel
import Workload

/// Whose text a request's prompt is, for engines that cache prefixes and balancers that go by them.
extension Simulation {
  /// What a request asks of an engine beside its lengths.
  ///
  /// - Complexity: O(groups of shared texts).
  func features(_ record: UnsafeMutablePointer<RequestRecord>) -> RequestFeatures {
    var features = RequestFeatures()
    guard let texts else { return features }
    let workload = Int(record.pointee.workload)
    features.prefix = texts.prefix(workload: workload, index: record.pointee.index)
    features.session = texts.session(workload: workload, index: record.pointee.index)
    return features
  }
}

extension RequestFeatures {
  /// A number for the text that goes on: the session, else the shared text; 0 where there is none.
  var text: UInt64 { session != 0 ? session : UInt64(prefix + 1) }
}

extension World {
  /// Whether any pool uses again what it computed for prompts that begin alike.
  public var cachesPrefixes: Bool { pools.contains(where: \.scheduler.prefixCache) }

  /// Why no estimate can be made of this world; `nil` where one can.
  ///
  /// Matrices know neither what a cache holds nor who answers whom.
  public var estimateProblem: String? {
    if let problem = disaggregationProblem {
      return problem + ", which no matrix knows; use plimsoll run, or take out 'disaggregated'"
    }
    for pool in pools where pool.scheduler.prefixCache {
      return
        "pool '\(pool.name)' keeps a prefix cache, whose hits depend on the order of requests; an "
        + "estimate cannot know them: use plimsoll run, or switch engine.prefix-cache off"
    }
    for workload in workloads where workload.spec.sessions != nil {
      return
        "workload '\(workload.spec.name)' has sessions, whose later turns depend on earlier answers; "
        + "an estimate cannot know them: use plimsoll run"
    }
    for workload in workloads where workload.spec.prefix != nil {
      return
        "workload '\(workload.spec.name)' shares prefixes, which estimates do not know: use plimsoll "
        + "run, or count their tokens in the shape's prompt"
    }
    return nil
  }
}
