import SimulationKernel

extension WorkloadSpec {
  /// Checks that every number is one a stream can be made from.
  ///
  /// - Throws: ``WorkloadError`` with the first field found wrong, what it holds and what it may hold.
  public func validate() throws(WorkloadError) {
    if name.isEmpty { throw wrong("name", "is empty, expected a name unique in the world") }
    if origins.isEmpty { throw wrong("origins", "is empty, expected at least one origin") }
    for (i, origin) in origins.enumerated() {
      try check(origin.share, 0x1p-100...0x1p100, "origins[\(i)].share")
      try check(origin.utcOffsetHours, -14...14, "origins[\(i)].utcOffsetHours")
      if origin.origin < 0 || origin.origin > Int(Int32.max) {
        throw wrong("origins[\(i)].origin", "is \(origin.origin), expected an origin's id")
      }
    }
    if start.nanoseconds < 0 {
      throw wrong("start", "is \(start.seconds) s, expected zero or more")
    }
    if let end, end <= start {
      throw wrong("end", "is \(end.seconds) s, expected more than start, \(start.seconds) s")
    }
    switch outputEstimate {
    case .mean: break
    case .fixed(let tokens): try check(tokens, 1...lengthLimit, "outputEstimate.fixed")
    case .noisy(let variation): try check(variation, 0...100, "outputEstimate.noisy")
    }
    try validateArrivals()
    try validateCourse()
    try validateShape()
    try validateTexts()
  }

  private func validateTexts() throws(WorkloadError) {
    if let prefix {
      if prefix.groups.isEmpty { throw wrong("prefix", "has no groups, expected at least one") }
      for (i, group) in prefix.groups.enumerated() {
        try check(group.tokens, 1...lengthLimit, "prefix[\(i)].tokens")
        try check(group.count, 1...10_000_000, "prefix[\(i)].count")
        try check(group.weight, 0x1p-100...0x1p100, "prefix[\(i)].weight")
      }
      if case .trace = arrivals {
        throw wrong(
          "prefix",
          "is set, but a recording's prompts are what they were; use another law of arrivals with "
            + "shape: { empirical: … }, or a recording with hash_ids")
      }
    }
    guard let sessions else { return }
    switch arrivals {
    case .closedLoop, .pacedLoop, .trace:
      throw wrong(
        "sessions",
        "are set, but their first turns need an open law of arrivals, such as poisson")
    case .poisson, .diurnal, .piecewise, .gamma, .weibull, .bursts: break
    }
    try validate(sessions.turns, "sessions.turns")
    if sessions.thinkTime.nanoseconds < 0 {
      throw wrong("sessions.thinkTime", "is negative, expected zero or more")
    }
    if let tokens = sessions.contextTokens {
      try check(tokens, 2...lengthLimit, "sessions.contextTokens")
    }
    if let followUp = sessions.followUp { try validate(followUp, "sessions.followUp") }
  }

  /// Longest prompt or output of a specification, tokens.
  private var lengthLimit: Int { TraceRows.longestLength }

  private func validateArrivals() throws(WorkloadError) {
    let field = "arrivals"
    switch arrivals {
    case .poisson(let rate): try check(rate, Self.rates, "\(field).poisson.rate")
    case .diurnal(let rate, let hourly, let startHour):
      try check(rate, Self.rates, "\(field).diurnal.meanRate")
      try check(startHour, -24...48, "\(field).diurnal.startUTCHour")
      if hourly.count != 24 {
        throw wrong("\(field).diurnal.hourly", "has \(hourly.count) values, expected 24")
      }
      try checkWeights(hourly, "\(field).diurnal.hourly")
    case .piecewise(let rates, let binWidth, _):
      if rates.isEmpty { throw wrong("\(field).piecewise.rates", "is empty, expected a rate") }
      for (i, rate) in rates.enumerated() {
        try check(rate, Self.rates, "\(field).piecewise.rates[\(i)]")
      }
      try checkPositive(binWidth, "\(field).piecewise.binWidth")
    case .gamma(let rate, let variation):
      try check(rate, Self.rates, "\(field).gamma.rate")
      try check(variation, 0.01...20, "\(field).gamma.coefficientOfVariation")
    case .weibull(let rate, let shape):
      try check(rate, Self.rates, "\(field).weibull.rate")
      try check(shape, 0.1...50, "\(field).weibull.shape")
    case .bursts(let states):
      if states.isEmpty { throw wrong("\(field).bursts", "has no states, expected at least one") }
      for (i, state) in states.enumerated() {
        try check(state.rate, Self.rates, "\(field).bursts[\(i)].rate")
        try checkPositive(state.meanDuration, "\(field).bursts[\(i)].meanDuration")
      }
    case .pacedLoop(let clients, let every):
      try check(clients, 1...(1 << 24), "\(field).pacedLoop.clients")
      if every <= .zero {
        throw wrong("\(field).pacedLoop.every", "is not above zero, expected an interval")
      }
    case .closedLoop(let clients, let thinkTime):
      try check(clients, 1...(1 << 24), "\(field).closedLoop.clients")
      if thinkTime.nanoseconds < 0 {
        throw wrong("\(field).closedLoop.thinkTime", "is negative, expected zero or more")
      }
    case .trace(let replay):
      try check(replay.rateScale, 1e-9...1e6, "\(field).trace.rateScale")
      try check(replay.timeScale, 1e-6...1e6, "\(field).trace.timeScale")
      if replay.copyShift.nanoseconds < 0 {
        throw wrong("\(field).trace.copyShift", "is negative, expected zero or more")
      }
    }
  }

  private static var rates: ClosedRange<Double> { 0...1e9 }

  private func validateShape() throws(WorkloadError) { try validate(shape, "shape") }

  private func validate(_ shape: ShapeSpec, _ field: String) throws(WorkloadError) {
    switch shape {
    case .fixed(let prompt, let output):
      try check(prompt, 1...lengthLimit, "\(field).fixed.prompt")
      try check(output, 1...lengthLimit, "\(field).fixed.output")
    case .independent(let prompt, let output):
      try validate(prompt, "\(field).prompt")
      try validate(output, "\(field).output")
    case .conditional(let prompt, let bands):
      try validate(prompt, "\(field).prompt")
      if bands.isEmpty { throw wrong("\(field).bands", "is empty, expected at least one band") }
      for (i, band) in bands.enumerated() {
        try validate(band.output, "\(field).bands[\(i)].output")
        if i > 0 && band.upToPrompt <= bands[i - 1].upToPrompt {
          throw wrong(
            "\(field).bands[\(i)].upToPrompt",
            "is \(band.upToPrompt), expected more than the band before, \(bands[i - 1].upToPrompt)")
        }
      }
    case .empirical: break
    }
  }

  private func validate(_ length: LengthSpec, _ field: String) throws(WorkloadError) {
    switch length {
    case .constant(let tokens): try check(tokens, 1...lengthLimit, field)
    case .exponential(let mean): try check(mean, 1e-3...1e8, "\(field).mean")
    case .lognormal(let median, let sigma, let max):
      try check(median, 1e-3...1e9, "\(field).median")
      try check(sigma, 0...20, "\(field).sigma")
      try check(max, 1...lengthLimit, "\(field).max")
    case .pareto(let min, let alpha, let max):
      try check(min, 1e-3...1e9, "\(field).min")
      try check(alpha, 1e-2...1e3, "\(field).alpha")
      try check(max, 1...lengthLimit, "\(field).max")
    case .uniform(let min, let max):
      try check(min, 1...lengthLimit, "\(field).min")
      try check(max, min...lengthLimit, "\(field).max")
    case .empirical(let values, let weights):
      if values.isEmpty || values.count != weights.count {
        throw wrong(
          field,
          "has \(values.count) values and \(weights.count) weights, expected one weight for each")
      }
      for (i, value) in values.enumerated() {
        try check(value, 0...lengthLimit, "\(field).values[\(i)]")
      }
      try checkWeights(weights, "\(field).weights")
    }
  }

  private func checkWeights(_ weights: [Double], _ field: String) throws(WorkloadError) {
    for (i, weight) in weights.enumerated() { try check(weight, 0...0x1p100, "\(field)[\(i)]") }
    if !weights.contains(where: { $0 > 0 }) {
      throw wrong(field, "is all zero, expected at least one positive number")
    }
  }

  private func check<Number: Comparable>(
    _ value: Number, _ range: ClosedRange<Number>, _ field: String
  ) throws(WorkloadError) {
    if !range.contains(value) {
      throw wrong(field, "is \(value), expected \(range.lowerBound) to \(range.upperBound)")
    }
  }

  private func checkPositive(_ value: Duration, _ field: String) throws(WorkloadError) {
    if value.nanoseconds <= 0 {
      throw wrong(field, "is \(value.seconds) s, expected more than zero")
    }
  }

  private func wrong(_ field: String, _ problem: String) -> WorkloadError {
    WorkloadError(workload: name, field: field, problem: problem)
  }
}
