import SimulationKernel

/// Exponential variates of mean 1 from a generator, one per draw, made eight at a time.
///
/// A logarithm is a long chain of operations that wait for each other; eight of them side by side keep
/// the processor busy, where one per request leaves it idle for half of the time. The numbers are the
/// same as one at a time.
struct ExponentialDraws: Sendable {
  private var generator: Xoshiro256StarStar
  private var made = InlineArray<8, Double>(repeating: 0)
  private var used = 8

  init(_ generator: Xoshiro256StarStar) { self.generator = generator }

  /// The next variate.
  @inline(__always)
  mutating func next() -> Double {
    if used == 8 { refill() }
    let variate = made[used]
    used += 1
    return variate
  }

  @inline(never)
  private mutating func refill() {
    for i in 0..<8 { made[i] = Distribution.unitExponential(generator.nextUnit()) }
    used = 0
  }
}
