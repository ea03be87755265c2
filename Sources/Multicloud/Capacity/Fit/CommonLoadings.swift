/// How much each zone of a region feels of its shortages: a factor model with one factor, fitted to
/// correlations by least squares, within what two-valued courses can do.
struct CommonLoadings: Sendable {
  /// Share of time without a shortage of the region.
  let availability: Double
  /// Share of the shortages that reach each zone.
  let exposures: [Double]
  /// Availability of each zone's own spells.
  let ownAvailabilities: [Double]

  private static let rounds = 500

  /// `nil` where there is one zone, or none that fails together with another.
  init?(availabilities: [Double], correlations: [[Double]], settings: SpotFitSettings) {
    let zones = availabilities.indices
    guard zones.count > 1,
      zones.contains(where: { i in zones.contains { $0 != i && correlations[i][$0] > 0 } })
    else { return nil }
    var fits: [(availability: Double, loadings: [Double], error: Double)] = []
    for r in settings.availabilities {
      let bounds = availabilities.map { Self.bound($0, r, settings) }
      let loadings = Self.loadings(correlations, bounds)
      fits.append((r, loadings, Self.error(correlations, loadings)))
    }
    let best = fits.map(\.error).min() ?? 0
    guard let fit = fits.last(where: { $0.error <= best + settings.errorMargin }) else {
      return nil
    }
    let u = 1 - fit.availability
    let exposures = zip(availabilities, fit.loadings).map { a, loading in
      // λ = √(r u) e q / √(a (1 − a)) with q = a / (1 − e u), solved for e.
      let scaled = loading * ((1 - a) / a / (fit.availability * u)).squareRoot()
      return min(1, scaled / (1 + scaled * u))
    }
    availability = fit.availability
    self.exposures = exposures
    ownAvailabilities = zip(availabilities, exposures).map { $0 / (1 - $1 * u) }
  }

  /// Greatest loading of a zone: all shortages reach it, or its own spells are as good as they may be.
  private static func bound(_ a: Double, _ r: Double, _ settings: SpotFitSettings) -> Double {
    let u = 1 - r
    let bestOwn = 1 - settings.leastOwnShare * (1 - a)
    let exposure = min(1, (1 - a / bestOwn) / u)
    let own = a / (1 - exposure * u)
    return (r * u / (a * (1 - a))).squareRoot() * exposure * own
  }

  /// Loadings by least squares, one after the other until they rest.
  private static func loadings(_ correlations: [[Double]], _ bounds: [Double]) -> [Double] {
    var loadings = bounds.map { min($0, 0.5) }
    for _ in 0..<rounds {
      for i in loadings.indices {
        var (product, square) = (0.0, 0.0)
        for j in loadings.indices where j != i {
          product += correlations[i][j] * loadings[j]
          square += loadings[j] * loadings[j]
        }
        loadings[i] = square > 0 ? min(bounds[i], max(0, product / square)) : 0
      }
    }
    return loadings
  }

  /// Mean square of what pairs are off by.
  private static func error(_ correlations: [[Double]], _ loadings: [Double]) -> Double {
    var (sum, count) = (0.0, 0)
    for i in loadings.indices {
      for j in 0..<i {
        let off = loadings[i] * loadings[j] - correlations[i][j]
        sum += off * off
        count += 1
      }
    }
    return sum / Double(count)
  }
}
