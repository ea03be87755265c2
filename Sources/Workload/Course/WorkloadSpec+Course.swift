import SimulationKernel

extension WorkloadSpec {
  /// The mean rate by the law of arrivals alone, and when its curve begins, nanoseconds; `nil` where
  /// arrivals follow answers or a recording, which no course can change.
  var lawfulRate: (curve: RateCurve, base: Int64)? {
    let begin = start.nanoseconds
    switch arrivals {
    case .poisson(let rate), .gamma(let rate, _), .weibull(let rate, _):
      return (Self.constant(rate), begin)
    case .bursts(let states):
      let time = states.reduce(0) { $0 + $1.meanDuration.seconds }
      let count = states.reduce(0) { $0 + $1.rate * $1.meanDuration.seconds }
      return (Self.constant(count / time), begin)
    case .diurnal(let rate, let hourly, let startHour):
      let profile = DiurnalProfile(hourly: hourly, startUTCHour: startHour, origins: origins)
      return (profile.curve(meanRate: rate), 0)
    case .piecewise(let rates, let binWidth, let repeats):
      let curve = RateCurve.constantInBins(
        rates, binWidth: binWidth.nanoseconds, repeats: repeats)
      return (curve, begin)
    case .closedLoop, .pacedLoop, .trace: return nil
    }
  }

  /// A walk along the course alone, from the start of the workload: one request a second where nothing
  /// changes it.
  var clockWalk: CourseWalk {
    CourseWalk(
      Self.constant(1), base: start.nanoseconds, course: course, at: start.nanoseconds)
  }

  private static func constant(_ rate: Double) -> RateCurve {
    .constantInBins([rate], binWidth: 86_400_000_000_000, repeats: true)
  }

  /// Checks the course of the workload.
  func validateCourse() throws(WorkloadError) {
    if course.isSteady { return }
    switch arrivals {
    case .closedLoop, .pacedLoop:
      throw courseError(
        "course",
        "is set, but clients of a closed loop follow their answers; use an open stream such as poisson, "
          + "or another number of clients")
    case .trace:
      throw courseError(
        "course",
        "is set, but a recording is replayed as it was; scale it with rateScale, or use piecewise rates"
      )
    case .poisson, .diurnal, .piecewise, .gamma, .weibull, .bursts: break
    }
    if !(course.monthlyGrowth >= -0.5 && course.monthlyGrowth <= 10) {
      throw courseError(
        "course.monthlyGrowth", "is \(course.monthlyGrowth), expected -0.5 to 10")
    }
    if course.elapsed < .zero {
      throw courseError("course.elapsed", "is negative, expected zero or more")
    }
    for (i, surge) in course.surges.enumerated() {
      let field = "course.surges[\(i)]"
      if surge.start < .zero {
        throw courseError("\(field).start", "is negative, expected zero or more")
      }
      if surge.duration <= .zero {
        throw courseError("\(field).duration", "is not above zero, expected a length of time")
      }
      if !(surge.factor >= 0 && surge.factor <= 1e6) {
        throw courseError("\(field).factor", "is \(surge.factor), expected 0.0 to 1000000.0")
      }
      if surge.ramp < .zero || surge.ramp.nanoseconds > surge.duration.nanoseconds / 2 {
        throw courseError(
          "\(field).ramp",
          "is \(surge.ramp.seconds) s, expected zero to half of the duration, "
            + "\(surge.duration.seconds / 2) s")
      }
    }
    for knot in course.knots {
      // Rounding may leave a hair below zero where lulls add up to nothing.
      if min(course.crowd(at: knot, after: false), course.crowd(at: knot, after: true)) < -1e-9 {
        throw courseError(
          "course.surges",
          "bring the rate below zero at \(Double(knot) / 1e9) s, expected lulls that leave something"
        )
      }
    }
  }

  private func courseError(_ field: String, _ problem: String) -> WorkloadError {
    WorkloadError(workload: name, field: field, problem: problem)
  }
}
