import SimulationKernel
import Testing

@testable import Multicloud

/// Spot prices: moments, reversion, clipping, limits; and how often machines are taken back.
@Suite struct SpotPriceTests {
  private static func path(
    _ model: SpotPriceModel, seed: UInt64 = 1
  ) -> SpotPricePath {
    SpotPricePath(
      model, stream: KeyedStream(seed: seed, entity: 0, purpose: SpotPricePath.purpose))
  }

  private static func model(
    deviation: Double = 0.2, floor: Double = 0.01, limit: Int64? = nil
  ) -> SpotPriceModel {
    SpotPriceModel(
      median: 0.3, deviation: deviation, reversion: .seconds(86_400), floor: floor,
      step: .seconds(3600), limitMillionths: limit)
  }

  @Test func `logarithms have the mean and deviation that were asked for, from the first on`() {
    for steps in [0, 3, 100] {
      let values = (0..<4000).map { seed in
        var path = Self.path(Self.model(), seed: UInt64(seed))
        for _ in 0..<steps { path.advance() }
        return path.logarithm
      }
      let mean = values.reduce(0, +) / 4000
      let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 4000
      #expect(abs(mean) < 0.012 && abs(variance.squareRoot() / 0.2 - 1) < 0.04, "\(steps) steps")
    }
  }

  @Test func `a deviation falls to 1 over e in the time of reversion`() {
    var products = (now: 0.0, later: 0.0)
    var path = Self.path(Self.model())
    var values: [Double] = []
    for _ in 0..<60_000 {
      values.append(path.logarithm)
      path.advance()
    }
    for index in values.indices.dropLast(24) {
      products.now += values[index] * values[index]
      products.later += values[index] * values[index + 24]
    }
    #expect(abs(products.later / products.now - 0.3679) < 0.04)
    #expect(path.nextChange == 60_001 * 3_600_000_000_000)
  }

  @Test func `prices stay between the floor and the list price, and a limit ends supply`() {
    var path = Self.path(Self.model(deviation: 2, floor: 0.2, limit: 400_000))
    var seen: Set<Int64> = []
    var above = 0
    for _ in 0..<5000 {
      #expect((200_000...1_000_000).contains(path.millionths))
      #expect(path.isAboveLimit == (path.millionths > 400_000))
      if path.isAboveLimit { above += 1 }
      seen.insert(path.millionths)
      path.advance()
    }
    #expect(seen.contains(200_000) && seen.contains(1_000_000))
    // P(0.3 e^(2 z) > 0.4) = P(z > 0.1438)
    #expect(abs(Double(above) / 5000 - 0.443) < 0.06)
  }

  @Test func `without deviation the price is the median`() {
    let path = Self.path(Self.model(deviation: 0))
    #expect(path.millionths == 300_000 && !path.isAboveLimit)
  }

  @Test(arguments: [0.025, 0.075, 0.25])
  func `a share taken back within a month becomes a hazard`(probability: Double) {
    let month = Duration.seconds(30 * 86_400)
    let interruption = SpotInterruption(probability: probability, within: month)
    let within = 1 - interruption.lifetime.probability(above: month.seconds)
    #expect(abs(within - probability) < 1e-12)
    #expect(abs(interruption.ratePerSecond * interruption.meanSeconds - 1) < 1e-12)
  }
}
