import Glibc
import ServingEngine

/// A pool as a birth-death chain on the number of requests in it: state-dependent processor sharing with
/// the engine's own step times.
///
/// A replica with `n` requests takes a step of `t(n)` and gives each of them a token, so requests of G
/// tokens leave at rate n / (G · t(n)). With Poisson arrivals at rate λ the stationary law is
/// π(n) ∝ Π λ·G·t(i)/i, whatever the law of the lengths (Cohen's generalised processor sharing; Brandt
/// and Brandt); with t(n) = t0 + k·n it is negative binomial, the closed form of continuous batching. A
/// balanced pool of R replicas holds N requests as evenly as it can, so its chain runs on N. Requests
/// beyond the sequence slots, or beyond what the KV cache holds, wait.
///
/// The chain is cut where its weights fall below 10⁻¹² of the largest.
struct BatchChain: Sendable {
  /// Seconds of a step with so many requests on a replica, prefill of the mix included; index 0 unused.
  let steps: [Double]
  /// Requests a replica can run at once.
  let cap: Int
  /// Replicas that share the requests evenly; 1 where each takes its own stream.
  let replicas: Int
  /// Mean steps a request takes: its output tokens.
  let outputTokens: Double

  /// Expected figures of the chain at a rate of arrivals.
  struct Figures: Sendable {
    /// Rate over the largest that can be sustained.
    var load = 0.0
    /// Mean share of replicas with a step in progress.
    var busy = 0.0
    /// Mean requests running.
    var running = 0.0
    /// Mean requests waiting for a slot; infinite where the pool cannot keep up.
    var waiting = 0.0
    /// Mean seconds from token to token.
    var step = 0.0
    /// Probability that an arriving request waits for a slot.
    var waitProbability = 0.0
    /// Mean seconds such a request waits.
    var waitSeconds = 0.0
    /// Requests on a replica as an arriving request finds them, at equally likely points.
    var points: [Double] = []
  }

  /// Departures a second with `requests` in the pool.
  func departures(_ requests: Int) -> Double {
    let inService = min(requests, cap * replicas)
    let (low, more) = inService.quotientAndRemainder(dividingBy: replicas)
    var rate = 0.0
    if low > 0 { rate += Double(replicas - more) * Double(low) / steps[low] }
    if more > 0 { rate += Double(more) * Double(low + 1) / steps[low + 1] }
    return rate / outputTokens
  }

  /// The largest rate of arrivals the pool can sustain, requests a second.
  var capacity: Double { departures(cap * replicas) }

  /// How many points of the law of the batch are kept.
  static let pointCount = 6

  /// What the pool does at `rate` arrivals a second. O(deviation of the requests in the pool).
  func figures(rate: Double) -> Figures {
    var figures = Figures()
    let full = cap * replicas
    figures.load = rate / capacity
    guard rate > 0 else {
      figures.step = steps[1]
      figures.points = [Double](repeating: 0, count: Self.pointCount)
      return figures
    }
    guard figures.load < 1 else {
      figures.busy = 1
      figures.running = Double(full)
      figures.waiting = .infinity
      figures.step = steps[cap]
      figures.waitProbability = 1
      figures.waitSeconds = .infinity
      figures.points = [Double](repeating: Double(cap), count: Self.pointCount)
      return figures
    }
    // The mode is where departures catch up with arrivals.
    var low = 0
    var high = full
    while low < high {
      let middle = (low + high) / 2
      if departures(middle + 1) >= rate { high = middle } else { low = middle + 1 }
    }
    let (first, weights, tail) = weights(around: low, rate: rate)
    sum(first, weights, tail: tail, rate: rate, into: &figures)
    return figures
  }

  /// Relative weights of the states around the mode, and of all states beyond the slots together.
  private func weights(around mode: Int, rate: Double) -> (Int, [Double], Double) {
    let full = cap * replicas
    let least = 1e-12
    var below: [Double] = []
    var weight = 1.0
    var state = mode
    while state > 0, weight > least {
      weight *= departures(state) / rate
      below.append(weight)
      state -= 1
    }
    var weights = Array(below.reversed())
    weights.append(1)
    weight = 1
    var top = mode
    while top < full, weight > least {
      weight *= rate / departures(top + 1)
      weights.append(weight)
      top += 1
    }
    // Beyond the slots departures are what they are at full, so the tail is geometric.
    let ratio = rate / capacity
    let tail = top >= full ? weight * ratio / (1 - ratio) : 0
    return (state, weights, tail)
  }

  private func sum(
    _ first: Int, _ weights: [Double], tail: Double, rate: Double, into figures: inout Figures
  ) {
    let full = cap * replicas
    var total = tail
    var running = tail * Double(full)
    var busy = tail * Double(replicas)
    for (place, weight) in weights.enumerated() {
      let state = first + place
      total += weight
      running += weight * Double(state)
      busy += weight * Double(min(state, replicas))
    }
    figures.running = running / total
    figures.busy = busy / total / Double(replicas)
    // Little: requests in service are those that arrive times how long they are served.
    figures.step = figures.running / (rate * outputTokens)
    let ratio = rate / capacity
    // The state with all slots taken and every one beyond it.
    let isFull = first + weights.count - 1 >= full
    let waits = isFull ? (weights[full - first] + tail) / total : 0
    figures.waitProbability = waits
    figures.waiting = isFull ? tail / total / (1 - ratio) : 0
    figures.waitSeconds = 1 / (capacity - rate)
    figures.points = points(first, weights, tail: tail, total: total)
  }

  /// The middles of equally likely parts of the law of the requests that the next one meets: on the
  /// emptiest replica where they are balanced.
  private func points(_ first: Int, _ weights: [Double], tail: Double, total: Double) -> [Double] {
    var points: [Double] = []
    var sum = 0.0
    var place = 0
    for point in 0..<Self.pointCount {
      let target = (Double(point) + 0.5) / Double(Self.pointCount) * total
      while place < weights.count, sum + weights[place] < target {
        sum += weights[place]
        place += 1
      }
      points.append(min(Double((first + place) / replicas), Double(cap)))
    }
    return points
  }
}
