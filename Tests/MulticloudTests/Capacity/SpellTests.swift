import SimulationKernel
import Testing

@testable import Multicloud

/// Capacity that comes and goes in spells.
@Suite struct SpellTests {
  private static let hour = 3600.0
  private static let own = SpellPair(
    up: .exponential(mean: 4 * hour), down: .exponential(mean: hour))

  private static func path(
    _ model: SpellModel, seed: UInt64 = 1, market: UInt32 = 0
  ) -> AvailabilityPath {
    AvailabilityPath(
      .spells(model), stream: KeyedStream(seed: seed, entity: market, purpose: 600))
  }

  @Test func `levels alternate, and the same seed gives the same course`() {
    let model = SpellModel(level: 8, low: 2, own: Self.own)
    var (a, b) = (Self.path(model), Self.path(model))
    var last: Int64 = 0
    var level = a.level
    for _ in 0..<1000 {
      #expect(a.nextChange > last && a.nextChange == b.nextChange)
      last = a.nextChange
      a.advance()
      b.advance()
      #expect(a.level == 10 - level && a.level == b.level)
      level = a.level
    }
    #expect(Self.path(model, seed: 2).nextChange != Self.path(model, seed: 1).nextChange)
    #expect(Self.path(model, market: 3).nextChange != Self.path(model).nextChange)
  }

  @Test(arguments: [
    own,
    SpellPair(up: .lognormal(mean: 4 * hour, coefficientOfVariation: 2), down: .constant(hour)),
    SpellPair(
      up: .uniform(lower: 1, upper: 8 * hour), down: .gamma(mean: hour, coefficientOfVariation: 3)),
  ])
  func `it is stationary from the start on`(pair: SpellPair) {
    // Over short runs, in which a course that began with a whole spell would be far off.
    let model = SpellModel(level: 1, own: pair)
    var figures = SpellFigures()
    for seed in 0..<4000 { figures.add(Self.path(model, seed: UInt64(seed)), for: .seconds(1800)) }
    #expect(abs(figures.availability - pair.availability) < 0.02)
    #expect(abs(figures.dropsPerSecond / pair.dropsPerSecond - 1) < 0.1)
  }

  @Test func `long runs have the availability, drops and mean spells of the product`() {
    let common = CommonSpells(
      spells: SpellPair(
        up: .exponential(mean: 20 * Self.hour), down: .exponential(mean: 5 * Self.hour)),
      key: 3, exposure: 0.6)
    let model = SpellModel(level: 4, own: Self.own, common: common)
    #expect(abs(model.availability - 0.8 * (1 - 0.6 * 0.2)) < 1e-12)
    var figures = SpellFigures()
    for seed in 0..<20 {
      figures.add(Self.path(model, seed: UInt64(seed)), for: .seconds(400 * 86_400))
    }
    #expect(abs(figures.availability - model.availability) < 0.01)
    #expect(abs(figures.dropsPerSecond / model.dropsPerSecond - 1) < 0.02)
    let meanUp = model.availability / model.dropsPerSecond
    #expect(abs(figures.up.meanSeconds / meanUp - 1) < 0.03)
  }

  @Test func `markets of a region see one course, and their correlation is that of the model`() {
    let spells = SpellPair(
      up: .exponential(mean: 10 * Self.hour), down: .exponential(mean: 10 * Self.hour))
    func correlation(_ exposures: (Double, Double), keys: (UInt32, UInt32)) -> Double {
      var joint = JointUptime(count: 2)
      for seed in 0..<30 {
        joint.add(
          [
            Self.path(
              SpellModel(
                level: 1, own: Self.own,
                common: CommonSpells(spells: spells, key: keys.0, exposure: exposures.0)),
              seed: UInt64(seed), market: 1),
            Self.path(
              SpellModel(
                level: 1, own: Self.own,
                common: CommonSpells(spells: spells, key: keys.1, exposure: exposures.1)),
              seed: UInt64(seed), market: 2),
          ], for: .seconds(200 * 86_400))
      }
      return joint.correlation(0, 1)
    }
    func expected(_ e: Double, _ f: Double) -> Double {
      let (q, r, u) = (0.8, 0.5, 0.5)
      let (a, b) = (q * (1 - e * u), q * (1 - f * u))
      return q * q * e * f * r * u / (a * (1 - a) * b * (1 - b)).squareRoot()
    }
    #expect(abs(correlation((1, 1), keys: (5, 5)) - expected(1, 1)) < 0.03)
    #expect(abs(correlation((0.9, 0.4), keys: (5, 5)) - expected(0.9, 0.4)) < 0.03)
    #expect(abs(correlation((1, 1), keys: (5, 6))) < 0.03)
  }

  @Test func `a market that all shortages reach is down while its region is`() {
    let spells = SpellPair(up: .exponential(mean: 50), down: .exponential(mean: 50))
    let always = SpellPair(up: .exponential(mean: 1e15), down: .exponential(mean: 1))
    let common = CommonSpells(spells: spells, key: 9)
    var one = Self.path(SpellModel(level: 1, own: always, common: common), market: 1)
    var other = Self.path(SpellModel(level: 7, own: always, common: common), market: 2)
    for _ in 0..<500 {
      #expect((one.level > 0) == (other.level > 0) && one.nextChange == other.nextChange)
      one.advance()
      other.advance()
    }
  }
}
