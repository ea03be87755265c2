import SimulationKernel

/// A rate that follows the hour of the day at each of several origins.
///
/// The rate of origin `o` at UTC hour `h` is its share of the mean rate times the profile at its local
/// hour `h + offset`; hourly values hold at hour centres (00:30, 01:30, …) and are interpolated between
/// them, over midnight too. The sum over origins is linear between the centres of all origins, so the
/// stream is drawn exactly from one curve, and an arrival's origin from the rates at its time.
struct DiurnalProfile: Sendable {
  /// The 24 values, scaled to a mean of 1.
  private let hourly: [Double]
  private let shares: [Double]
  private let offsets: [Double]
  private let startHour: Double
  /// The share of each origin and those before it among arrivals at the time last moved to.
  private(set) var cumulativeShares: [Double]

  init(hourly: [Double], startUTCHour: Double, origins: [OriginShare]) {
    let sum = hourly.reduce(0, +)
    self.hourly = hourly.map { $0 * 24 / sum }
    let total = origins.reduce(0) { $0 + $1.share }
    shares = origins.map { $0.share / total }
    offsets = origins.map(\.utcOffsetHours)
    startHour = startUTCHour
    cumulativeShares = RequestAttributes.cumulative(shares)
  }

  private static let hour = 3_600_000_000_000.0
  private static let day: Int64 = 86_400_000_000_000

  /// The total rate over the day that begins with the run.
  func curve(meanRate: Double) -> RateCurve {
    var bounds: Set<Int64> = [0, Self.day]
    for offset in Set(offsets).sorted() {
      for center in 0..<24 {
        let hours = Double(center) + 0.5 - offset - startHour
        let time = nearestInteger(Self.positiveRemainder(hours, 24) * Self.hour)
        bounds.insert(time % Self.day)
      }
    }
    // Sorted, so the order a set happens to have does not matter.
    let sorted = bounds.sorted()
    let rates = sorted.map { meanRate * total(at: $0) }
    return RateCurve(
      bounds: sorted, ratesAtStart: Array(rates.dropLast()), ratesAtEnd: Array(rates.dropFirst()),
      repeats: true)
  }

  /// Brings ``cumulativeShares`` to `time`, nanoseconds from the start of the run.
  mutating func move(to time: Int64) {
    var sum = 0.0
    for i in shares.indices {
      sum += shares[i] * weight(at: time, offset: offsets[i])
      cumulativeShares[i] = sum
    }
    // At an instant where every origin's rate is zero nothing arrives, but for rounding of the time.
    if sum > 0 {
      for i in cumulativeShares.indices { cumulativeShares[i] /= sum }
    }
    cumulativeShares[cumulativeShares.count - 1] = 1
  }

  private func total(at time: Int64) -> Double {
    var sum = 0.0
    for i in shares.indices { sum += shares[i] * weight(at: time, offset: offsets[i]) }
    return sum
  }

  private func weight(at time: Int64, offset: Double) -> Double {
    let hours = Double(time % Self.day) / Self.hour + startHour + offset - 0.5
    let local = Self.positiveRemainder(hours, 24)
    let before = min(Int(local), 23)
    let fraction = local - Double(before)
    return hourly[before] * (1 - fraction) + hourly[(before + 1) % 24] * fraction
  }

  /// `x` less the multiple of `period` that brings it into 0 ..< `period`, for small multiples.
  private static func positiveRemainder(_ x: Double, _ period: Double) -> Double {
    var rest = x
    while rest < 0 { rest += period }
    while rest >= period { rest -= period }
    return rest
  }
}
