import Multicloud
import SimulationKernel
import Workload

/// Turns a workload's arrivals, shape and targets into their specifications.
struct DemandBuilder {
  let diagnostics: Diagnostics
  let horizon: Duration

  func spec(
    _ entry: Item.Entry, shares: [OriginShare], traces: inout TraceLibrary
  ) -> WorkloadSpec? {
    let item = entry.item
    let arrivals = arrivals(item.required("arrivals"), traces: &traces)
    let shape: ShapeSpec?
    if let written = item["shape"] {
      shape = shapeSpec(written, traces: &traces)
    } else if case .trace(let replay)? = arrivals {
      shape = .empirical(replay.source)
    } else {
      if item.required("arrivals")["trace"] == nil {
        diagnostics.report(
          entry.mark, "workload '\(entry.key)': missing key 'shape' (only a trace brings its own)")
      }
      shape = nil
    }
    let start = item.required("start").duration
    if let end = item["end"], end.duration <= start {
      diagnostics.report(end.mark, "workload '\(entry.key)' ends before it starts")
    }
    if start >= horizon {
      diagnostics.report(
        item.required("start").mark, "workload '\(entry.key)' starts at or after the horizon")
    }
    guard let arrivals, let shape else { return nil }
    var spec = WorkloadSpec(
      name: entry.key, arrivals: arrivals, shape: shape, origins: shares,
      outputEstimate: estimate(item.required("output-estimate")), start: start,
      end: item["end"]?.duration)
    guard let course = course(entry, arrivals) else { return nil }
    spec.course = course
    spec.prefix = prefix(item["prefix"])
    if let written = item["sessions"] {
      guard let sessions = sessions(written, traces: &traces) else { return nil }
      spec.sessions = sessions
    }
    do {
      try spec.validate()
    } catch {
      // What the schema's ranges and the checks above let through; reported once, by the name the
      // specification has for it.
      if diagnostics.isEmpty { diagnostics.report(entry.mark, error.description) }
      return nil
    }
    return spec
  }

  func objective(_ item: Item) -> Objective {
    func target(_ key: String) -> Objective.Target? {
      guard let item = item[key] else { return nil }
      let given = ScenarioShape.targetQuantiles.filter { item[$0.key] != nil }
      guard given.count == 1, let quantile = given.first, let limit = item[quantile.key] else {
        diagnostics.report(item.mark, "slo.\(key): give one quantile, such as { p95: 1.2s }")
        return nil
      }
      return Objective.Target(limit: limit.duration, quantile: quantile.value)
    }
    return Objective(
      timeToFirstToken: target("ttft"), timePerOutputToken: target("tpot"),
      endToEnd: target("e2e"))
  }

  private func estimate(_ item: Item) -> OutputEstimate {
    if let noisy = item["noisy"] {
      if item["tokens"] != nil {
        diagnostics.report(item.mark, "output-estimate: give tokens or noisy, not both")
      }
      return .noisy(coefficientOfVariation: noisy.number)
    }
    return item["tokens"]?.integerOrNil.map { .fixed($0) } ?? .mean
  }

  /// More changes of a rate in a run than this are a mistake of units, and take longer than what comes of them.
  private static let mostChanges = 10_000_000.0

  private func requireFew(changes: Double, _ item: Item, _ what: String, _ remedy: String) {
    if changes <= Self.mostChanges { return }
    diagnostics.report(
      item.mark,
      "\(what) some \(Int(min(changes, 1e15))) times in the run, more than \(Int(Self.mostChanges)); "
        + "give \(remedy)")
  }

  private func arrivals(_ item: Item, traces: inout TraceLibrary) -> ArrivalSpec? {
    if let rate = item["poisson"] { return .poisson(rate: rate.number) }
    if let diurnal = item["diurnal"] { return self.diurnal(diurnal) }
    if let gamma = item["gamma"] {
      return .gamma(
        rate: gamma.required("rate").number,
        coefficientOfVariation: gamma.required("cv").number)
    }
    if let weibull = item["weibull"] {
      return .weibull(
        rate: weibull.required("rate").number, shape: weibull.required("shape").number)
    }
    if let bursts = item["bursts"] {
      if !bursts.items.contains(where: { $0.required("rate").number > 0 }) {
        diagnostics.report(bursts.mark, "bursts: give at least one state with a rate above zero")
      }
      let cycle = bursts.items.reduce(0) { $0 + $1.required("mean").duration.seconds }
      requireFew(
        changes: horizon.seconds / cycle * Double(bursts.items.count), bursts,
        "bursts change", "longer means")
      return .bursts(
        states: bursts.items.map {
          BurstState(
            rate: $0.required("rate").number, meanDuration: $0.required("mean").duration)
        })
    }
    if let loop = item["closed-loop"] {
      let clients = loop.required("clients").integer
      switch (loop["think"], loop["every"]) {
      case (let think?, nil): return .closedLoop(clients: clients, thinkTime: think.duration)
      case (nil, let every?): return .pacedLoop(clients: clients, every: every.duration)
      default:
        diagnostics.report(loop.mark, "closed-loop: give either think or every, such as think: 5s")
        return nil
      }
    }
    if let pieces = item["piecewise"] {
      let rates = pieces.required("rates").items.map(\.number)
      if !rates.contains(where: { $0 > 0 }) {
        diagnostics.report(pieces.mark, "piecewise: give at least one rate above zero")
      }
      requireFew(
        changes: horizon.seconds / pieces.required("bin").duration.seconds, pieces,
        "piecewise rates change", "a longer bin")
      return .piecewise(
        rates: rates, binWidth: pieces.required("bin").duration,
        repeats: pieces.required("repeat").flag)
    }
    let trace = item.required("trace")
    guard let source = traces.source(trace, diagnostics) else { return nil }
    return .trace(
      TraceReplay(
        source: source, rateScale: item.required("rate").number,
        copyShift: item.required("copy-shift").duration,
        timeScale: item.required("time").number, loops: item.required("loop").flag))
  }

  /// Hourly weights: those given, or a raised cosine from the trough to the peak.
  private func diurnal(_ item: Item) -> ArrivalSpec? {
    let start = item.required("start-hour").number
    let mean = item.required("mean").number
    if let hours = item["hours"] {
      let weights = hours.items.map(\.number)
      guard weights.count == 24, weights.contains(where: { $0 > 0 }) else {
        diagnostics.report(
          hours.mark, "diurnal.hours: give 24 weights, not all zero; found \(weights.count)")
        return nil
      }
      return .diurnal(meanRate: mean, hourly: weights, startUTCHour: start)
    }
    let trough = item.required("trough").number
    let peak = item.required("peak-hour").number
    let weights = (0..<24).map { hour in
      let phase = (Double(hour) + 0.5 - peak) / 24 * 2 * DeterministicMath.pi
      return trough + (1 - trough) * (1 + DeterministicMath.cos(phase)) / 2
    }
    return .diurnal(meanRate: mean, hourly: weights, startUTCHour: start)
  }

  func shapeSpec(_ item: Item, traces: inout TraceLibrary) -> ShapeSpec? {
    if let fixed = item["fixed"] {
      return .fixed(
        prompt: fixed.required("prompt").integer, output: fixed.required("output").integer)
    }
    if let independent = item["independent"] {
      guard let prompt = length(independent.required("prompt")),
        let output = length(independent.required("output"))
      else { return nil }
      return .independent(prompt: prompt, output: output)
    }
    if let conditional = item["conditional"] {
      guard let prompt = length(conditional.required("prompt")) else { return nil }
      let bands = conditional.required("bands").items.compactMap { band in
        length(band.required("output")).map {
          LengthBand(upToPrompt: band.required("up-to").integer, output: $0)
        }
      }
      let bounds = bands.map(\.upToPrompt)
      guard !bands.isEmpty, zip(bounds, bounds.dropFirst()).allSatisfy({ $0 < $1 }) else {
        diagnostics.report(conditional.mark, "conditional: give bands with rising up-to")
        return nil
      }
      return .conditional(prompt: prompt, bands: bands)
    }
    return traces.source(item.required("empirical"), diagnostics).map { .empirical($0) }
  }

  func length(_ item: Item) -> LengthSpec? {
    guard item.entries.count == 1, let law = item.entries.first else {
      diagnostics.report(item.mark, "a length has one law, such as 512 or { lognormal: … }")
      return nil
    }
    let body = law.item
    switch law.key {
    case "constant": return .constant(body.integer)
    case "exponential": return .exponential(mean: body.required("mean").number)
    case "lognormal":
      return .lognormal(
        median: body.required("median").number, sigma: body.required("sigma").number,
        max: body.required("max").integer)
    case "pareto":
      return .pareto(
        min: body.required("min").number, alpha: body.required("alpha").number,
        max: body.required("max").integer)
    case "uniform":
      let (least, greatest) = (body.required("min").integer, body.required("max").integer)
      guard least <= greatest else {
        diagnostics.report(body.mark, "uniform: min \(least) is above max \(greatest)")
        return nil
      }
      return .uniform(min: least, max: greatest)
    default:
      let values = body.required("values").items.map(\.integer)
      let weights = body.required("weights").items.map(\.number)
      guard !values.isEmpty, values.count == weights.count, weights.contains(where: { $0 > 0 })
      else {
        diagnostics.report(body.mark, "empirical: give as many weights as values, not all zero")
        return nil
      }
      return .empirical(values: values, weights: weights)
    }
  }
}
