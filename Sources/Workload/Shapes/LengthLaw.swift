import SimulationKernel

/// A length law made ready to draw from: one word of random bits, one length.
struct LengthLaw: Sendable {
  private enum Kind {
    case constant(Int32)
    case uniform(min: Int32, count: UInt64)
    case rounded(Distribution)
  }

  private let kind: Kind
  private let max: Int32

  init(_ spec: LengthSpec) {
    var max = TraceRows.longestLength
    switch spec {
    case .constant(let tokens): kind = .constant(Int32(tokens))
    case .exponential(let mean): kind = .rounded(.exponential(mean: mean))
    case .lognormal(let median, let sigma, let cut):
      kind = .rounded(.lognormal(median: median, sigma: sigma))
      max = cut
    case .pareto(let min, let alpha, let cut):
      kind = .rounded(.pareto(minimum: min, alpha: alpha))
      max = cut
    case .uniform(let min, let cut):
      kind = .uniform(min: Int32(min), count: UInt64(cut - min + 1))
    case .empirical(let values, let weights):
      kind = .rounded(
        .empirical(EmpiricalDistribution(values: values.map(Double.init), weights: weights)))
    }
    self.max = Int32(max)
  }

  /// The length that 64 random bits stand for; larger bits never give a smaller length.
  func length(_ bits: UInt64) -> Int32 {
    switch kind {
    case .constant(let tokens): return tokens
    case .uniform(let min, let count):
      return min + Int32(boundedInteger(bits, below: count).value)
    case .rounded(let law):
      let x = law.quantile(unitInterval(bits))
      return x < Double(max) ? Swift.max(Int32(nearestInteger(x)), 1) : max
    }
  }

  /// Probability, mean and mean square of the lengths of `lower ... upper`, each over all draws, so
  /// that the parts of a range add up.
  func partialMoments(from lower: Int = 1, through upper: Int = .max) -> PartialMoments {
    let top = Swift.min(upper, Int(max))
    if lower > top { return PartialMoments() }
    switch kind {
    case .constant(let tokens):
      let value = Double(tokens)
      return lower <= Int(tokens) && Int(tokens) <= top
        ? PartialMoments(probability: 1, first: value, second: value * value) : PartialMoments()
    case .uniform(let min, let count):
      let a = Swift.max(lower, Int(min))
      let b = Swift.min(top, Int(min) + Int(count) - 1)
      return a > b ? PartialMoments() : Self.uniform(a, b, outOf: Double(count))
    case .rounded(.empirical(let law)): return Self.discrete(law, lower, top)
    case .rounded(let law): return continuous(law, lower, top)
    }
  }

  private static func uniform(_ a: Int, _ b: Int, outOf count: Double) -> PartialMoments {
    let n = Double(b - a + 1)
    let mean = 0.5 * (Double(a) + Double(b))
    let square = mean * mean + (n * n - 1) / 12
    return PartialMoments(
      probability: n / count, first: n * mean / count, second: n * square / count)
  }

  private static func discrete(
    _ law: EmpiricalDistribution, _ lower: Int, _ upper: Int
  ) -> PartialMoments {
    var sum = PartialMoments()
    var before = 0.0
    for (value, upTo) in zip(law.values, law.cumulative) {
      let length = Swift.max(value, 1)
      if length >= Double(lower) && length <= Double(upper) {
        sum.probability += upTo - before
        sum.first += (upTo - before) * length
        sum.second += (upTo - before) * length * length
      }
      before = upTo
    }
    return sum
  }

  /// With T(k) = P(length ≥ k) = P(x > k - ½): E[L; a ≤ L ≤ b] = a T(a) + Σ T(k) - b T(b + 1), the sum
  /// over a < k ≤ b, and likewise for the square with weights 2k - 1.
  private func continuous(_ law: Distribution, _ a: Int, _ b: Int) -> PartialMoments {
    func tail(_ k: Int) -> Double {
      k <= 1 ? 1 : k > Int(max) ? 0 : law.probability(above: Double(k) - 0.5)
    }
    let low = Double(a)
    let high = Double(b)
    let atLow = tail(a)
    let aboveHigh = tail(b + 1)
    var first = low * atLow - high * aboveHigh
    var second = low * low * atLow - high * high * aboveHigh
    // Term by term where terms differ, then as an integral: at the middle of unit steps the sum of a
    // smooth function is its integral, to 1/24 of the change of its slope.
    let last = Swift.min(b, Swift.max(a, 2_048))
    for k in (a + 1)..<(Swift.max(last, a) + 1) {
      let t = tail(k)
      first += t
      second += Double(2 * k - 1) * t
    }
    var x = Double(last)
    while x < high {
      let end = Swift.min(x * 1.0625, high)
      let (area, moment) = Self.integrate(law, x, end)
      first += area
      second += 2 * moment
      if area <= first * 1e-15 && moment <= second * 1e-15 { break }
      x = end
    }
    return PartialMoments(probability: atLow - aboveHigh, first: first, second: second)
  }

  /// ∫ P(x > t) dt and ∫ t P(x > t) dt over a short interval, by the three-point Gauss rule.
  private static func integrate(
    _ law: Distribution, _ a: Double, _ b: Double
  ) -> (area: Double, moment: Double) {
    let half = 0.5 * (b - a)
    let middle = 0.5 * (a + b)
    let offset = half * 0.7745966692414834
    let left = law.probability(above: middle - offset)
    let center = law.probability(above: middle)
    let right = law.probability(above: middle + offset)
    let area = half * (5 * (left + right) + 8 * center) / 9
    let skew = half * 5 * offset * (right - left) / 9
    return (area, middle * area + skew)
  }
}

/// Sums over part of a law: probability, mean and mean square restricted to the part.
struct PartialMoments: Equatable, Sendable {
  var probability = 0.0
  var first = 0.0
  var second = 0.0
}
