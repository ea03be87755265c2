import SimulationKernel

/// A workload as it is later, or larger: what a window of a long horizon is made from.
extension WorkloadSpec {
  /// The workload seen from a moment `offset` into it, which becomes the start of the run.
  ///
  /// Rates that follow a clock go on where they are; recordings are turned round; processes without a
  /// clock are the same at any time. The course of the rate goes on where it is.
  ///
  /// - Complexity: O(rows) for a recording.
  public func advanced(by offset: Duration) -> WorkloadSpec {
    precondition(offset >= .zero)
    if offset == .zero { return self }
    var later = self
    later.start = max(.zero, start - offset)
    later.course.elapsed = course.elapsed + offset
    if let end {
      later.end = end - offset
      if end <= offset {
        later.end = nil
        later.arrivals = Self.silence
        return later
      }
    }
    // How far the process is: what has a start of its own begins there.
    let into = max(.zero, offset - start)
    switch arrivals {
    case .diurnal(let rate, let hourly, let startHour):
      let hours = (offset.seconds / 3600).truncatingRemainder(dividingBy: 24)
      later.arrivals = .diurnal(
        meanRate: rate, hourly: hourly,
        startUTCHour: (startHour + hours).truncatingRemainder(dividingBy: 24))
    case .piecewise(let rates, let width, let repeats):
      later.arrivals = Self.turned(rates, width, repeats: repeats, by: into)
    case .trace(let replay):
      later.arrivals = replay.turned(by: into).map { .trace($0) } ?? Self.silence
    case .poisson, .gamma, .weibull, .bursts, .closedLoop, .pacedLoop: break
    }
    return later
  }

  private static let silence = ArrivalSpec.piecewise(
    rates: [0], binWidth: .seconds(60), repeats: true)

  private static func turned(
    _ rates: [Double], _ width: Duration, repeats: Bool, by into: Duration
  ) -> ArrivalSpec {
    // Bins are cut so that the new start is at the edge of one.
    let part = into.nanoseconds % width.nanoseconds
    let cut = part == 0 ? width.nanoseconds : greatestCommonDivisor(width.nanoseconds, part)
    let pieces = Int(width.nanoseconds / cut)
    let fine = rates.flatMap { [Double](repeating: $0, count: pieces) }
    let skip = Int(into.nanoseconds / cut)
    if repeats {
      let at = skip % fine.count
      return .piecewise(
        rates: Array(fine[at...] + fine[..<at]), binWidth: Duration(nanoseconds: cut), repeats: true
      )
    }
    let rest = skip < fine.count ? Array(fine[skip...]) : [0]
    return .piecewise(rates: rest, binWidth: Duration(nanoseconds: cut), repeats: false)
  }

  private static func greatestCommonDivisor(_ a: Int64, _ b: Int64) -> Int64 {
    b == 0 ? a : greatestCommonDivisor(b, a % b)
  }

  /// The workload with `factor` times the requests: rates, copies and clients multiplied.
  public func scaled(by factor: Double) -> WorkloadSpec {
    precondition(factor >= 0 && factor.isFinite)
    var larger = self
    func clients(_ count: Int) -> Int { max(1, Int((Double(count) * factor).rounded())) }
    switch arrivals {
    case .poisson(let rate): larger.arrivals = .poisson(rate: rate * factor)
    case .gamma(let rate, let variation):
      larger.arrivals = .gamma(rate: rate * factor, coefficientOfVariation: variation)
    case .weibull(let rate, let shape):
      larger.arrivals = .weibull(rate: rate * factor, shape: shape)
    case .diurnal(let rate, let hourly, let startHour):
      larger.arrivals = .diurnal(meanRate: rate * factor, hourly: hourly, startUTCHour: startHour)
    case .piecewise(let rates, let width, let repeats):
      larger.arrivals = .piecewise(
        rates: rates.map { $0 * factor }, binWidth: width, repeats: repeats)
    case .bursts(let states):
      larger.arrivals = .bursts(
        states: states.map {
          BurstState(rate: $0.rate * factor, meanDuration: $0.meanDuration)
        })
    case .closedLoop(let count, let thinkTime):
      larger.arrivals = .closedLoop(clients: clients(count), thinkTime: thinkTime)
    case .pacedLoop(let count, let every):
      larger.arrivals = .pacedLoop(clients: clients(count), every: every)
    case .trace(var replay):
      replay.rateScale *= factor
      larger.arrivals = .trace(replay)
    }
    return larger
  }

  /// Whether the rate follows the hour of a day by itself: a profile of a day, or bins or a recording
  /// at least a day long.
  public var knowsItsDay: Bool {
    let day = Duration.seconds(86_400)
    switch arrivals {
    case .diurnal: return true
    case .piecewise(let rates, let width, let repeats):
      return !repeats || width * Int64(rates.count) >= day
    case .trace(let replay):
      if !replay.loops { return true }
      switch replay.source {
      case .rows(let rows): return rows.span.seconds / replay.timeScale >= 86_400
      case .profile(let profile):
        return Double(profile.countsBySecond.count) / replay.timeScale >= 86_400
      }
    default: return false
    }
  }

  /// The rates between which the workload changes at random, with the share of time each has, relative
  /// to the mean rate; one factor of 1 where it does not.
  public var modulation: [(factor: Double, share: Double)] {
    guard case .bursts(let states) = arrivals else { return [(1, 1)] }
    let time = states.reduce(0) { $0 + $1.meanDuration.seconds }
    let mean = states.reduce(0) { $0 + $1.rate * $1.meanDuration.seconds } / time
    guard mean > 0 else { return [(1, 1)] }
    return states.map { ($0.rate / mean, $0.meanDuration.seconds / time) }
  }
}

extension TraceReplay {
  /// The replay from a moment of simulated time on; `nil` where it is over by then.
  func turned(by into: Duration) -> TraceReplay? {
    var turned = self
    let recorded = into.seconds * timeScale
    switch source {
    case .rows(let rows):
      let span = rows.span.seconds
      if !loops && recorded >= span { return nil }
      let at = Int64((recorded.truncatingRemainder(dividingBy: span) * 1e9).rounded())
      guard let later = rows.turned(by: at, wraps: loops) else { return nil }
      turned.source = .rows(later)
    case .profile(let profile):
      let count = profile.countsBySecond.count
      if !loops && recorded >= Double(count) { return nil }
      let at = Int(recorded.truncatingRemainder(dividingBy: Double(count)))
      let past = loops ? Array(profile.countsBySecond[..<at]) : []
      let counts = Array(profile.countsBySecond[at...]) + past
      turned.source = .profile(
        TraceProfile(
          name: profile.name, provenance: profile.provenance, countsBySecond: counts,
          lengths: profile.lengths))
    }
    return turned
  }
}

extension TraceRows {
  /// The rows from `time` on, nanoseconds, then (where it wraps) those before it; `nil` where there are
  /// none. A pass takes as long as before, less what is cut off.
  fileprivate func turned(by time: Int64, wraps: Bool) -> TraceRows? {
    let first = rows(before: time)
    let span = span.nanoseconds
    var newTimes: [Int64] = []
    var prompts: [Int32] = []
    var outputs: [Int32] = []
    for row in first..<count {
      newTimes.append(times[row] - time)
      prompts.append(promptTokens[row])
      outputs.append(outputTokens[row])
    }
    if wraps {
      for row in 0..<first {
        newTimes.append(times[row] + span - time)
        prompts.append(promptTokens[row])
        outputs.append(outputTokens[row])
      }
    }
    if newTimes.isEmpty { return nil }
    do {
      return try TraceRows(
        name: name, checkedTimes: newTimes, promptTokens: prompts, outputTokens: outputs,
        span: wraps ? self.span : Duration(nanoseconds: span - time))
    } catch {
      preconditionFailure("rows that were in order stay so: \(error)")
    }
  }
}
