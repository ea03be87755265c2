import SimulationKernel

/// What fitted models do when they are played: the same figures as of the recording, over many seeds.
public struct SpotFitTrial: Hashable, Sendable {
  /// Figures of each zone, over all seeds.
  public private(set) var zones: [SpellFigures]
  /// Zones together, over all seeds.
  public private(set) var joint: JointUptime
  /// Availabilities of each zone by seed.
  public private(set) var availabilities: [[Double]]

  /// Plays a fit's models. O(seeds × changes × zones²).
  ///
  /// - Parameters:
  ///   - seeds: One course of all zones for each.
  ///   - length: Length of a course; as it stands that of the recording.
  public init(_ fit: SpotFit, seeds: Range<UInt64>, length: Duration? = nil) {
    let length = length ?? fit.length
    zones = fit.zones.map { _ in SpellFigures() }
    availabilities = fit.zones.map { _ in [] }
    joint = JointUptime(count: fit.zones.count, groups: fit.recorded.groups)
    for seed in seeds {
      let courses = fit.zones.indices.map { zone in
        AvailabilityPath(
          .spells(fit.model(ofZone: zone)),
          stream: KeyedStream(seed: seed, entity: UInt32(zone), purpose: SpotFit.purpose))
      }
      joint.add(courses, for: length)
      for zone in fit.zones.indices {
        var one = SpellFigures()
        one.add(courses[zone], for: length)
        availabilities[zone].append(one.availability)
        zones[zone].add(courses[zone], for: length)
      }
    }
  }
}
