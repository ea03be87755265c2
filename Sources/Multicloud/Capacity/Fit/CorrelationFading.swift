import SimulationKernel

/// How fast the correlation of a region's zones fades with the lag between them.
///
/// The zones' own spells are independent, so what one zone says of another some time later is the course
/// of the region alone: with exponential laws it fades as exp(−rate × lag).
struct CorrelationFading: Sendable {
  /// The rate a second that is nearest by least squares.
  let ratePerSecond: Double

  /// - Precondition: Zones that are correlated.
  init(records: [SpotRecord], length: Duration, settings: SpotFitSettings) {
    let atOnce = Self.meanCorrelation(records, lag: .zero, length: length)
    var points: [(seconds: Double, share: Double)] = []
    for lag in settings.lags where lag * 4 <= length {
      let later = Self.meanCorrelation(records, lag: lag, length: length)
      points.append((lag.seconds, later / atOnce))
    }
    let ratio = settings.fastestFading / settings.slowestFading
    var best = (rate: settings.fastestFading, error: Double.infinity)
    for step in 0..<settings.fadingSteps {
      let part = Double(step) / Double(settings.fadingSteps - 1)
      let rate = settings.slowestFading * DeterministicMath.pow(ratio, part)
      var error = 0.0
      for point in points {
        let off = point.share - DeterministicMath.exp(-rate * point.seconds)
        error += off * off
      }
      if error < best.error { best = (rate, error) }
    }
    ratePerSecond = best.rate
  }

  /// Mean over ordered pairs of zones of the correlation of one with the other a lag later.
  private static func meanCorrelation(
    _ records: [SpotRecord], lag: Duration, length: Duration
  ) -> Double {
    let early = records.map { AvailabilityPath($0.recording) }
    let late = records.map { AvailabilityPath($0.recording, offset: lag) }
    var uptime = JointUptime(count: 2 * records.count)
    uptime.add(early + late, for: length - lag)
    var (sum, count) = (0.0, 0)
    for i in records.indices {
      for j in records.indices where j != i {
        sum += uptime.correlation(i, records.count + j)
        count += 1
      }
    }
    return sum / Double(count)
  }
}
