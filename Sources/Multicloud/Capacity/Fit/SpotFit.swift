import SimulationKernel

/// Spell models of recorded zones.
///
/// Zone z of a region has capacity while its own spells are up (a share q of the time) and no shortage of
/// the region reaches it. The region is without shortage a share r of the time, and a share e of its
/// shortages reaches the zone. Then, with u = 1 − r,
///
/// - availability a = q (1 − e u),
/// - drops d = q e D + (1 − e u) d', D and d' being those of the region and of the zone's own spells,
/// - correlation of two zones λ λ', with λ = √(r u) e q / √(a (1 − a)).
///
/// The loadings λ are fitted to the correlations of each region by least squares, within what r leaves
/// room for; of all r that fit about equally well the greatest is taken, in which shortages reach zones
/// most. How long shortages last is read from how fast the correlations of two zones fade with the lag
/// between them: as exp(−D τ / (r u)), by least squares. What is left makes the zone's own spells, so that
/// availability and drops, and with them mean spells, are met exactly, whatever their laws. Spells with
/// capacity are lognormal with the variation that was recorded, or exponential where it was less than that;
/// spells without are exponential, since shortages of the region lengthen their tail already.
///
/// The method is this program's own; derivations in docs/spot.md.
public struct SpotFit: Hashable, Sendable {
  /// Draws of simulated courses.
  static let purpose = KeyedStream.Purpose(rawValue: 1 << 16 | 0x23)

  /// A zone and its model.
  public struct Zone: Hashable, Sendable {
    /// Name.
    public var name: String
    /// Place of its region among ``SpotFit/regions``.
    public var region: Int
    /// What was recorded of it.
    public var recorded: SpellFigures
    /// Its own spells.
    public var own: SpellPair
    /// Share of the region's shortages that reach it; 0 where the region has none.
    public var exposure: Double
  }

  /// A region and its shortages.
  public struct Region: Hashable, Sendable {
    /// Name.
    public var name: String
    /// Places of its zones among ``SpotFit/zones``, rising.
    public var zones: [Int]
    /// Its spells; `nil` where zones were not seen to fail together.
    public var common: SpellPair?
  }

  /// Zones, in order of the records.
  public private(set) var zones: [Zone]
  /// Regions, in order of their first zone.
  public private(set) var regions: [Region]
  /// What was recorded of zones together; its groups are the regions, and last all zones.
  public let recorded: JointUptime
  /// Length of the recording.
  public let length: Duration

  /// Fits models. O(zones² × (lags × changes + 10^5)).
  ///
  /// Throws where there is no record or a zone has no spell of either kind that ends.
  ///
  /// - Parameters:
  ///   - records: Zones that were recorded from the same moment on.
  ///   - settings: How the fit goes about it.
  public init(
    _ records: [SpotRecord], settings: SpotFitSettings = SpotFitSettings()
  ) throws(SpotFitError) {
    guard let length = records.map(\.recording.length).min() else {
      throw SpotFitError(
        description: "no recorded zones: name a file and an instance that has some")
    }
    self.length = length
    var names: [String] = []
    for record in records where !names.contains(record.region) { names.append(record.region) }
    regions = names.map { name in
      Region(name: name, zones: records.indices.filter { records[$0].region == name })
    }
    let groups = regions.map(\.zones) + [Array(records.indices)]
    var joint = JointUptime(count: records.count, groups: groups)
    joint.add(records.map { AvailabilityPath($0.recording) }, for: length)
    recorded = joint
    zones = []
    for record in records {
      let figures = SpellFigures(record.recording)
      guard figures.drops > 0, figures.availability > 0, figures.availability < 1 else {
        throw SpotFitError(
          description: "zone \(record.name) never lost its capacity, or never had any: leave it out"
        )
      }
      let cycle = 1 / figures.dropsPerSecond
      zones.append(
        Zone(
          name: record.name, region: names.firstIndex(of: record.region) ?? 0, recorded: figures,
          own: Self.spells(availability: figures.availability, cycle: cycle, figures), exposure: 0))
    }
    for region in regions.indices {
      let members = regions[region].zones
      let loadings = CommonLoadings(
        availabilities: members.map { zones[$0].recorded.availability },
        correlations: members.map { i in members.map { joint.correlation(i, $0) } },
        settings: settings)
      guard let loadings else { continue }
      let fading = CorrelationFading(
        records: members.map { records[$0] }, length: length, settings: settings)
      share(loadings, fadingPerSecond: fading.ratePerSecond, in: region, settings)
    }
  }

  /// Splits drops between the region and its zones.
  private mutating func share(
    _ loadings: CommonLoadings, fadingPerSecond: Double, in region: Int,
    _ settings: SpotFitSettings
  ) {
    let members = regions[region].zones
    let (r, u) = (loadings.availability, 1 - loadings.availability)
    var drops = fadingPerSecond * r * u
    for (place, zone) in members.enumerated() where loadings.exposures[place] > 0 {
      let reaching = loadings.ownAvailabilities[place] * loadings.exposures[place]
      drops = min(
        drops, settings.greatestCommonShare * zones[zone].recorded.dropsPerSecond / reaching)
    }
    regions[region].common = SpellPair(
      up: .exponential(mean: r / drops), down: .exponential(mean: u / drops))
    for (place, zone) in members.enumerated() {
      let (q, e) = (loadings.ownAvailabilities[place], loadings.exposures[place])
      let own = (zones[zone].recorded.dropsPerSecond - q * e * drops) / (1 - e * u)
      zones[zone].exposure = e
      zones[zone].own = Self.spells(availability: q, cycle: 1 / own, zones[zone].recorded)
    }
  }

  private static func spells(
    availability: Double, cycle: Double, _ recorded: SpellFigures
  ) -> SpellPair {
    let mean = availability * cycle
    let variation = recorded.up.coefficientOfVariation
    return SpellPair(
      up: variation > 1
        ? .lognormal(mean: mean, coefficientOfVariation: variation) : .exponential(mean: mean),
      down: .exponential(mean: (1 - availability) * cycle))
  }

  // MARK: The model

  /// The model of a zone.
  ///
  /// - Parameter level: Accelerators the zone has outside shortages.
  public func model(ofZone zone: Int, level: Int = 1) -> SpellModel {
    let region = zones[zone].region
    return SpellModel(
      level: level, own: zones[zone].own,
      common: regions[region].common.map {
        CommonSpells(spells: $0, key: UInt32(region), exposure: zones[zone].exposure)
      })
  }

  /// Correlation of two zones under the model: 0 between regions.
  public func modelCorrelation(_ i: Int, _ j: Int) -> Double {
    if i == j { return 1 }
    guard zones[i].region == zones[j].region, let common = regions[zones[i].region].common else {
      return 0
    }
    let (r, u) = (common.availability, 1 - common.availability)
    func loading(_ zone: Zone) -> Double {
      let q = zone.own.availability
      let a = q * (1 - zone.exposure * u)
      return (r * u / (a * (1 - a))).squareRoot() * zone.exposure * q
    }
    return loading(zones[i]) * loading(zones[j])
  }
}
