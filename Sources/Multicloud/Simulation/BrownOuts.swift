import ServingEngine
import SimulationKernel

/// The engine profiles of pools while incidents slow them: made before a run, because engines compile their
/// profiles once.
struct BrownOuts {
  /// A factor and the place of its profile.
  struct Slow {
    var factor: Double
    var profile: Int
  }

  /// By pool: profiles for every factor that can be in force, that of 1 first. Empty where none can slow it.
  var profiles: [[Slow]] = []

  /// Adds to `all` the profiles that incidents make of the pools' own. O(pools × incidents² in the worst case).
  ///
  /// - Parameter base: By pool, the place of its own profile.
  init(_ world: World, _ incidents: [Incident], base: [Int], all: inout [EngineProfile]) {
    for (id, pool) in world.pools.enumerated() {
      var slowing: [(start: Int64, end: Int64, factor: Double)] = []
      for incident in incidents {
        guard case .slows(let factor) = incident.effect, world.hits(incident.target, id) else {
          continue
        }
        let start = incident.start.nanoseconds
        slowing.append((start, start + incident.duration.nanoseconds, factor))
      }
      if slowing.isEmpty {
        profiles.append([])
        continue
      }
      var slow = [Slow(factor: 1, profile: base[id])]
      // What is in force changes only where an incident begins or ends.
      for moment in slowing.map(\.start) + slowing.map(\.end) {
        var factor = 1.0
        for one in slowing where one.start <= moment && moment < one.end { factor *= one.factor }
        if slow.contains(where: { $0.factor == factor }) { continue }
        let profile = EngineProfile(
          settings: pool.scheduler, stepTime: pool.stepTime.scaled(by: factor))
        slow.append(Slow(factor: factor, profile: all.count))
        all.append(profile)
      }
      profiles.append(slow)
    }
  }
}
