import SimulationKernel
import Workload

/// Whose random draws are whose: by name, so that a workload, pool, market or failure keeps its draws
/// when others are added, removed or moved, and two scenarios that share it can be compared request by
/// request.
extension World {
  /// The entities of streams for things of one kind, by id; things of the same name are numbered.
  ///
  /// Hashes of 32 bits: two of a thousand names share their draws by chance once in ten thousand worlds.
  static func streamEntities(_ names: [String]) -> [UInt32] {
    var seen: [String: UInt64] = [:]
    return names.map { name in
      let number = seen[name, default: 0]
      seen[name] = number + 1
      var hash = Fingerprint()
      hash.combine(number, 0)
      for byte in name.utf8 { hash.combine(UInt64(byte), 1) }
      return UInt32(truncatingIfNeeded: hash.value ^ hash.value >> 32)
    }
  }

  /// Of workloads, by id.
  var workloadEntities: [UInt32] { Self.streamEntities(workloads.map(\.spec.name)) }

  /// Of deployments, pools first, by id.
  var deploymentEntities: [UInt32] {
    func path(_ region: Int, _ name: String) -> String {
      "\(clouds[regions[region].cloud].name)/\(regions[region].name)/\(name)"
    }
    return Self.streamEntities(
      pools.map { path($0.region, $0.name) } + endpoints.map { path($0.region, $0.name) })
  }

  /// Of markets, by id.
  var marketEntities: [UInt32] { Self.streamEntities(markets.map(\.name)) }

  /// Of training jobs, by id.
  var trainingEntities: [UInt32] { Self.streamEntities(training.map(\.name)) }

  /// Of failure processes, by id: what fails and how.
  var failureEntities: [UInt32] {
    Self.streamEntities(
      failureProcesses.map { process in
        let (kind, name) = place(of: process.target)
        return "\(kind) \(name) \(process.effect)"
      })
  }
}
