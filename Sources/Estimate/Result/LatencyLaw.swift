import SimulationKernel

/// Expected latencies of many requests: weights by bins that are 1 % wide.
public struct LatencyLaw: Sendable {
  private var weights: [Double] = []
  private var endless = 0.0
  private var total = 0.0
  private var sum = 0.0
  private static let least = 1e-5
  private static let step = DeterministicMath.log(1.01)

  /// No requests.
  public init() {}

  /// Counts requests with a latency of `seconds`; infinite ones never end.
  public mutating func add(_ seconds: Double, weight: Double) {
    guard weight > 0 else { return }
    total += weight
    guard seconds.isFinite, seconds < 1e9 else {
      endless += weight
      return
    }
    sum += weight * seconds
    let bin =
      seconds <= Self.least ? 0 : Int(DeterministicMath.log(seconds / Self.least) / Self.step) + 1
    if bin >= weights.count {
      weights.append(contentsOf: [Double](repeating: 0, count: bin + 1 - weights.count))
    }
    weights[bin] += weight
  }

  /// Adds the requests of another law.
  public mutating func add(_ other: LatencyLaw) {
    if other.weights.count > weights.count {
      weights.append(
        contentsOf: [Double](repeating: 0, count: other.weights.count - weights.count))
    }
    for bin in other.weights.indices { weights[bin] += other.weights[bin] }
    endless += other.endless
    total += other.total
    sum += other.sum
  }

  /// Weight of all requests.
  public var weight: Double { total }

  /// Mean seconds; `nil` without requests, infinite where some never end.
  public var mean: Double? {
    guard total > 0 else { return nil }
    return endless > 0 ? .infinity : sum / total
  }

  /// The quantile in seconds: the geometric middle of its bin, infinite among those that never end.
  public func quantile(_ q: Double) -> Double? {
    guard total > 0 else { return nil }
    var left = q * total
    for (bin, weight) in weights.enumerated() {
      left -= weight
      if left <= 0, weight > 0 {
        return Self.least * DeterministicMath.exp((Double(bin) - 0.5) * Self.step)
      }
    }
    return .infinity
  }

  /// Share of requests within a limit of `seconds`, linear inside a bin.
  public func share(within seconds: Double) -> Double {
    guard total > 0 else { return 0 }
    let place =
      seconds <= Self.least ? 0 : DeterministicMath.log(seconds / Self.least) / Self.step + 1
    let bin = Int(place)
    var within = 0.0
    for (number, weight) in weights.enumerated() {
      if number < bin { within += weight }
      if number == bin { within += weight * (place - Double(bin)) }
    }
    return within / total
  }
}
