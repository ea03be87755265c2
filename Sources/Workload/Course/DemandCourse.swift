import SimulationKernel

/// How a workload's rate changes beside the law of its arrivals: crowds that come and go, and growth.
///
/// At time t of the course the rate is the law's, times `1 + Σ (factor − 1) · presence(t)` over surges,
/// times `(1 + monthlyGrowth)^(t / month)`: a smooth exponential from the start of the run, no steps at the
/// turn of a month. A month is a twelfth of a year of 365.25 days.
public struct DemandCourse: Hashable, Sendable {
  /// Crowds that come and go.
  public var surges: [Surge]
  /// Growth of the rate a month, as a share: 0.06 for 6 %.
  public var monthlyGrowth: Double
  /// How far the course is when the run begins: zero but for a part of a longer run.
  public var elapsed: Duration

  /// Creates a course; nothing changes unless said.
  public init(surges: [Surge] = [], monthlyGrowth: Double = 0, elapsed: Duration = .zero) {
    self.surges = surges
    self.monthlyGrowth = monthlyGrowth
    self.elapsed = elapsed
  }

  /// Whether nothing ever changes.
  public var isSteady: Bool { surges.isEmpty && monthlyGrowth == 0 }

  /// Length of a month of growth, seconds: 365.25 days / 12.
  public static let monthSeconds = 2_629_800.0

  /// What the rate is multiplied by at a time of the run; where a surge jumps, just after. O(surges).
  public func factor(at time: Duration) -> Double {
    let now = time.nanoseconds + elapsed.nanoseconds
    return crowd(at: now, after: true) * growth(at: now)
  }

  /// What surges multiply the rate by, at a time of the course in nanoseconds.
  func crowd(at time: Int64, after: Bool) -> Double {
    var sum = 1.0
    for surge in surges {
      sum += (surge.factor - 1) * surge.presence(at: time, after: after)
    }
    return sum
  }

  /// What growth multiplies the rate by, at a time of the course in nanoseconds.
  public func growth(at time: Int64) -> Double {
    monthlyGrowth == 0 ? 1 : DeterministicMath.exp(growthPerSecond * (Double(time) / 1e9))
  }

  /// The exponent of growth, one over seconds.
  var growthPerSecond: Double { DeterministicMath.log1p(monthlyGrowth) / Self.monthSeconds }

  /// The times at which what surges do begins to change otherwise, in order, nanoseconds.
  var knots: [Int64] {
    var times: [Int64] = []
    for surge in surges {
      let (begin, end) = (surge.start.nanoseconds, (surge.start + surge.duration).nanoseconds)
      times += [begin, begin + surge.ramp.nanoseconds, end - surge.ramp.nanoseconds, end]
    }
    times.sort()
    return times.indices.filter { $0 == 0 || times[$0] != times[$0 - 1] }.map { times[$0] }
  }
}
