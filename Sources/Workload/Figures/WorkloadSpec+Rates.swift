import SimulationKernel

extension WorkloadSpec {
  /// Mean requests per second from the start of the run to `horizon`, on average over seeds.
  ///
  /// Exact for every kind but a closed loop, whose rate depends on how fast it is answered: for that it
  /// is the rate under answers at once, clients / think time, which no system exceeds (a think time of zero counts as a nanosecond).
  ///
  /// - Precondition: the workload is valid and `horizon` is positive.
  public func meanRate(horizon: Duration) -> Double {
    ExpectedArrivals(self).expected(to: horizon.nanoseconds) / horizon.seconds
  }

  /// Expected requests per second in each bin of `binWidth` from the start of the run to `horizon`,
  /// on average over seeds; the last bin may be shorter.
  ///
  /// For a trace: its rows, copies counted in proportion and spread over their shifts.
  ///
  /// - Precondition: the workload is valid, `binWidth` and `horizon` are positive.
  /// - Complexity: O(bins · log rows), plus O(rows) for a trace.
  public func expectedRates(binWidth: Duration, horizon: Duration) -> [Double] {
    precondition(binWidth.nanoseconds > 0 && horizon.nanoseconds > 0)
    let arrivals = ExpectedArrivals(self)
    var rates: [Double] = []
    var from: Int64 = 0
    var before = 0.0
    while from < horizon.nanoseconds {
      let to = min(from + binWidth.nanoseconds, horizon.nanoseconds)
      if arrivals.isLocal {
        rates.append(arrivals.expected(from: from, to: to) / (Double(to - from) / 1e9))
        from = to
        continue
      }
      let after = arrivals.expected(to: to)
      rates.append((after - before) / (Double(to - from) / 1e9))
      before = after
      from = to
    }
    return rates
  }
}

extension WorkloadSpec {
  /// The share of each origin among the requests that arrive at a time.
  public func originShares(at time: Duration) -> [Double] {
    let total = origins.reduce(0) { $0 + $1.share }
    guard case .diurnal(_, let hourly, let startHour) = arrivals else {
      return origins.map { $0.share / total }
    }
    var profile = DiurnalProfile(hourly: hourly, startUTCHour: startHour, origins: origins)
    profile.move(to: time.nanoseconds)
    let cumulative = profile.cumulativeShares
    return cumulative.indices.map { $0 == 0 ? cumulative[0] : cumulative[$0] - cumulative[$0 - 1] }
  }
}

extension WorkloadSpec {
  /// Whether requests wait for answers to earlier ones.
  public var isClosedLoop: Bool {
    if sessions != nil { return true }
    return switch arrivals {
    case .closedLoop, .pacedLoop: true
    default: false
    }
  }
}
