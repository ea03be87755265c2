import SimulationKernel
import Testing

@testable import Multicloud

/// Spell models fitted to recordings whose truth is known.
@Suite struct SpotFitTests {
  private static let hour = 3600.0

  /// A recording of a course of a model.
  private static func record(
    _ name: String, _ region: String, _ model: SpellModel, zone: UInt32, days: Int64
  ) -> SpotRecord {
    var path = AvailabilityPath(
      .spells(model), stream: KeyedStream(seed: 11, entity: zone, purpose: 700))
    let length = Duration.seconds(days * 86_400)
    var starts = [Duration.zero]
    var levels = [path.level]
    while path.nextChange < length.nanoseconds {
      starts.append(Duration(nanoseconds: path.nextChange))
      path.advance()
      levels.append(path.level)
    }
    return SpotRecord(
      name: name, region: region,
      recording: RecordedAvailability(starts: starts, levels: levels, length: length))
  }

  private static func model(
    up: Double, down: Double, exposure: Double, key: UInt32 = 1
  ) -> SpellModel {
    SpellModel(
      level: 1,
      own: SpellPair(up: .exponential(mean: up * hour), down: .exponential(mean: down * hour)),
      common: CommonSpells(
        spells: SpellPair(
          up: .exponential(mean: 18 * hour), down: .exponential(mean: 12 * hour)), key: key,
        exposure: exposure))
  }

  private static func threeAndOne() throws -> SpotFit {
    try SpotFit([
      record("a", "east", model(up: 3, down: 1, exposure: 1), zone: 0, days: 600),
      record("b", "east", model(up: 5, down: 1, exposure: 0.7), zone: 1, days: 600),
      record("c", "east", model(up: 4, down: 2, exposure: 0.5), zone: 2, days: 600),
      record("far", "west", model(up: 6, down: 2, exposure: 1, key: 2), zone: 3, days: 600),
    ])
  }

  @Test func `availability and drops of a fitted model are those recorded, to the digit`() throws {
    let fit = try Self.threeAndOne()
    for (index, zone) in fit.zones.enumerated() {
      let model = fit.model(ofZone: index)
      #expect(abs(model.availability - zone.recorded.availability) < 1e-9, "\(zone.name)")
      #expect(
        abs(model.dropsPerSecond / zone.recorded.dropsPerSecond - 1) < 1e-9, "\(zone.name)")
    }
  }

  @Test func `correlations are met, and shortages last about as long as they did`() throws {
    let fit = try Self.threeAndOne()
    for i in 0..<3 {
      for j in 0..<i {
        let off = fit.modelCorrelation(i, j) - fit.recorded.correlation(i, j)
        #expect(abs(off) < 0.02, "\(i), \(j)")
      }
      #expect(fit.modelCorrelation(i, 3) == 0)
    }
    // r itself is not to be had from correlations; the rate at which they fade is.
    let common = try #require(fit.regions[0].common)
    let fading = 1 / common.up.mean + 1 / common.down.mean
    let truth = 1 / (18 * Self.hour) + 1 / (12 * Self.hour)
    #expect(abs(fading / truth - 1) < 0.25)
    #expect(fit.regions[1].common == nil && fit.zones[3].exposure == 0)
    #expect(fit.zones[0].exposure > fit.zones[1].exposure)
    #expect(fit.zones[1].exposure > fit.zones[2].exposure)
  }

  @Test func `played, fitted models give back the figures`() throws {
    let fit = try Self.threeAndOne()
    let trial = SpotFitTrial(fit, seeds: 0..<10, length: .seconds(200 * 86_400))
    for (zone, played) in zip(fit.zones, trial.zones) {
      #expect(abs(played.availability - zone.recorded.availability) < 0.02)
      #expect(abs(played.dropsPerDay / zone.recorded.dropsPerDay - 1) < 0.05)
    }
    #expect(abs(trial.joint.correlation(0, 1) - fit.modelCorrelation(0, 1)) < 0.05)
  }

  @Test func `zones that are not seen to fail together share nothing`() throws {
    let fit = try SpotFit([
      Self.record("a", "east", Self.model(up: 3, down: 1, exposure: 0), zone: 0, days: 600)
    ])
    #expect(fit.regions[0].common == nil)
    #expect(abs(fit.model(ofZone: 0).availability - 0.75) < 0.02)
  }

  @Test func `a zone without drops is refused by name`() {
    let steady = RecordedAvailability(
      starts: [.zero], levels: [1], length: .seconds(1000))
    #expect(
      throws: SpotFitError(
        description: "zone z never lost its capacity, or never had any: leave it out")
    ) {
      try SpotFit([SpotRecord(name: "z", region: "r", recording: steady)])
    }
    #expect(throws: SpotFitError.self) { try SpotFit([]) }
  }

  @Test func `figures of a recording count its spells, cut ones included`() {
    let recording = RecordedAvailability(
      starts: [.zero, .seconds(10), .seconds(40), .seconds(50), .seconds(70)],
      levels: [1, 0, 2, 1, 0], length: .seconds(100))
    let figures = SpellFigures(recording)
    #expect(figures.availability == 0.4 && figures.drops == 2)
    #expect(figures.up.count == 2 && figures.up.meanSeconds == 20)
    #expect(figures.down.count == 2 && figures.down.meanSeconds == 30)
    #expect(abs(figures.up.coefficientOfVariation - 0.5) < 1e-12)
  }
}
