import SimulationKernel
import Statistics

/// Alternatives whose replications are normal, with means, deviations and a common part as a test likes.
struct SyntheticSystems {
  var means: [Double]
  var deviations: [Double]
  /// Correlation between alternatives of one replication.
  var correlation = 0.0
  private var generator: Xoshiro256StarStar

  init(means: [Double], deviations: [Double], correlation: Double = 0, seed: UInt64) {
    self.means = means
    self.deviations = deviations
    self.correlation = correlation
    generator = KeyedStream(seed: seed, entity: 0, purpose: 200).generator()
  }

  mutating func normal() -> Double { Normal.quantile(generator.nextUnit()) }

  /// One replication of all.
  mutating func replication() -> [Double] {
    let common = normal() * correlation.squareRoot()
    let own = (1 - correlation).squareRoot()
    return means.indices.map { means[$0] + deviations[$0] * (common + own * normal()) }
  }

  /// Several replications, by alternative.
  mutating func sample(_ replications: Int) -> [[Double]] {
    let rows = (0..<replications).map { _ in replication() }
    return means.indices.map { i in rows.map { $0[i] } }
  }
}

/// The least share of `trials` that an event of this probability leaves once in a thousand times.
func leastShare(_ probability: Double, _ trials: Int) -> Double {
  probability - 3.1 * (probability * (1 - probability) / Double(trials)).squareRoot()
}

func isClose(_ a: Double, _ b: Double, _ tolerance: Double = 1e-12) -> Bool {
  abs(a - b) <= tolerance * max(1, abs(b))
}
