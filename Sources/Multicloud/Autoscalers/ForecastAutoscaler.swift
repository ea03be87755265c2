import SimulationKernel

/// Plans all pools of a group every ``AutoscalerSettings/planInterval``: the cheapest replicas that bear the
/// greatest load expected from ``AutoscalerSettings/lookAhead`` until a plan interval later, from what the
/// markets have (``CoverProgram``). Between plans, more at once when the load is above what the plan bears.
///
/// The load is the requests a second that come to all pools together, in bins of the season; its forecast is
/// Holt–Winters' (``SeasonalForecast``), raised by ``AutoscalerSettings/headroom`` and
/// ``AutoscalerSettings/deviations`` of its error. ``AutoscalerSettings/history`` is its first season. Until a
/// season is known, the plan is for the load of the last ``AutoscalerSettings/downDelay``. Every replica bears
/// ``AutoscalerSettings/target`` requests a second, or its pool's own.
///
/// The emergency: when the greatest load over ``AutoscalerSettings/window`` of the last
/// ``AutoscalerSettings/downDelay`` is above what the plan bears, as many are wanted as bear it, raised by the
/// headroom, with no pool below its plan; when the load has been within the plan for that long, the plan holds
/// again. So a plan for a quiet hour takes nothing away while the load before it is still there. A plan that
/// was short of machines says what it could get, and asks again at every decision.
///
/// After SageServe (Jaiswal et al., arXiv 2502.14617, 2025-02; shashwatj07/SageServe,
/// long_term_allocation.py, read 2026-08): an hourly integer program for the greatest load forecast 20 to 60
/// minutes ahead and a tenth of a deviation, and scaling at once where the load leaves the plan. It forecasts
/// with ARIMA; this takes a method whose every step is exact.
struct ForecastAutoscaler: Autoscaler {
  static let name = "forecast"
  static let reads: [AutoscalerSetting] = [
    .target, .window, .downDelay, .season, .bin, .lookAhead, .planInterval, .headroom, .deviations,
    .levelWeight, .trendWeight, .seasonWeight, .startOfDay, .history,
  ]
  static let requires: [AutoscalerSetting] = [.target]

  static let usual: AutoscalerSettings = {
    var settings = AutoscalerSettings(policy: name)
    settings.interval = .seconds(60)
    settings.lookAhead = .seconds(1200)
    settings.planInterval = .seconds(3600)
    settings.downDelay = .seconds(300)
    settings.deviations = 0.1
    return settings
  }()

  /// Demand and what replicas bear are planned in millionths of a request a second.
  private static let millionths = 1e6
  private static let hour = Int128(Duration.seconds(3600).nanoseconds)

  private let settings: AutoscalerSettings
  private let pools: [ScaledPool]
  private var windows: [SampleWindow]
  private var bins: LoadBins
  private var forecast: SeasonalForecast
  /// Greatest load of each decision of the last ``AutoscalerSettings/downDelay``.
  private var loads: [(time: Int64, rate: Double)] = []

  /// What was planned last; `nil` before the first plan.
  private var plan: Plan?
  /// What is wanted: the plan, or more.
  private var wanted: CoverProgram.Answer

  /// Replicas for a time to come.
  private struct Plan: Sendable {
    /// When it was made.
    var time: Int64
    /// Requests a second it is for.
    var demand: Double
    /// What it says.
    var answer: CoverProgram.Answer
  }

  /// Requests a second that what is wanted does not bear, for want of machines or at the pools' maxima.
  var shortfall: Double { Double(wanted.shortfall) / Self.millionths }

  init(_ settings: AutoscalerSettings, pools: [ScaledPool]) {
    precondition(settings.target > 0 && settings.planInterval > .zero)
    self.settings = settings
    self.pools = pools
    windows = pools.map { _ in SampleWindow(settings.window) }
    wanted = CoverProgram.Answer(counts: pools.map(\.initial), shortfall: 0, cost: 0)
    let count = settings.seasonBins
    bins = LoadBins(
      length: Duration(nanoseconds: settings.season.nanoseconds / Int64(count)),
      begin: settings.startOfDay, pools: pools.count)
    forecast = SeasonalForecast(
      bins: count, first: Int(bins.next % Int64(count)),
      weights: SeasonalForecast.Weights(
        level: settings.levelWeight, trend: settings.trendWeight, season: settings.seasonWeight),
      history: settings.history)
  }

  mutating func observe(_ sample: PoolSample, of pool: Int) {
    windows[pool].take(sample)
    bins.take(sample, of: pool)
    while let rate = bins.popComplete() { forecast.observe(rate) }
  }

  mutating func decide(_ counts: [ReplicaCounts], at now: SimTime) -> [Int] {
    let rates = windows.compactMap(\.arrivalRate)
    guard rates.count == pools.count else { return wanted.counts }
    let load = noted(rates.reduce(0, +), now.nanoseconds)
    let raised = load * (1 + settings.headroom)
    let isDue = plan.map { now.nanoseconds - $0.time >= settings.planInterval.nanoseconds } ?? true
    if isDue {
      let demand = expected(now) ?? raised
      let answer = solve(demand, counts, atLeast: pools.map(\.minimum))
      plan = Plan(time: now.nanoseconds, demand: demand, answer: answer)
    } else if let old = plan, old.answer.shortfall > 0 {
      let answer = solve(old.demand, counts, atLeast: old.answer.counts)
      plan?.answer = answer
    }
    guard let plan else { return wanted.counts }
    if !ReplicaNeed.isAbove(load, borne(plan.answer.counts)) {
      wanted = plan.answer
    } else if isDue || plan.answer.shortfall > 0 || wanted.shortfall > 0
      || ReplicaNeed.isAbove(load, borne(wanted.counts))
    {
      wanted = solve(max(plan.demand, raised), counts, atLeast: plan.answer.counts)
    }
    return wanted.counts
  }

  // MARK: Load

  /// The greatest load of the last ``AutoscalerSettings/downDelay``, this one included.
  private mutating func noted(_ rate: Double, _ now: Int64) -> Double {
    loads.removeAll { $0.time <= now - settings.downDelay.nanoseconds }
    loads.append((now, rate))
    return loads.reduce(0) { max($0, $1.rate) }
  }

  /// The greatest load of the plan's time, raised; `nil` before a season is known.
  private func expected(_ now: SimTime) -> Double? {
    guard forecast.isReady else { return nil }
    let from = now + settings.lookAhead
    let first = max(bins.next, bins.index(of: from))
    let last = max(first, bins.index(of: from + settings.planInterval - Duration(nanoseconds: 1)))
    let greatest = (first...last).reduce(0.0) {
      max($0, forecast.value(ahead: Int($1 - bins.next) + 1))
    }
    return greatest * (1 + settings.headroom) + settings.deviations * forecast.deviation
  }

  // MARK: Plans

  private func target(_ pool: ScaledPool) -> Double {
    pool.target > 0 ? pool.target : settings.target
  }

  /// Requests a second that replicas bear.
  private func borne(_ counts: [Int]) -> Double {
    zip(pools, counts).reduce(0) { $0 + target($1.0) * Double($1.1) }
  }

  private func solve(
    _ demand: Double, _ counts: [ReplicaCounts], atLeast minima: [Int]
  ) -> CoverProgram.Answer {
    var markets: [Int] = []
    var obtainable: [Int] = []
    var options: [CoverProgram.Option] = []
    let isFree = pools.allSatisfy { $0.picodollarsPerReplicaHour == 0 }
    for (place, pool) in pools.enumerated() {
      var stock = -1
      if pool.market >= 0, counts[place].obtainableAccelerators < .max {
        stock = markets.firstIndex(of: pool.market) ?? markets.count
        if stock == markets.count {
          markets.append(pool.market)
          obtainable.append(counts[place].obtainableAccelerators)
        }
      }
      // Without prices the fewest accelerators are the cheapest.
      let price = isFree ? Int64(pool.acceleratorsPerReplica) : pool.picodollarsPerReplicaHour
      let minimum = min(max(minima[place], pool.minimum), pool.maximum)
      options.append(
        CoverProgram.Option(
          minimum: minimum, maximum: pool.maximum, present: counts[place].committed,
          yield: max(1, Int64((target(pool) * Self.millionths).rounded())),
          cost: isFree ? price : Self.price(price, settings.planInterval),
          startupCost: isFree ? 0 : Self.price(price, pool.startup),
          accelerators: pool.acceleratorsPerReplica, stock: stock))
    }
    let millionths = Int64(ReplicaNeed.ceiling(demand * Self.millionths))
    return CoverProgram(options: options, demand: millionths, obtainable: obtainable).solve()
  }

  private static func price(_ hourly: Int64, _ time: Duration) -> Int64 {
    Int64(Int128(hourly) * Int128(time.nanoseconds) / hour)
  }
}

extension AutoscalerSettings {
  /// Bins of a season.
  ///
  /// - Precondition: They fill it.
  var seasonBins: Int {
    if !history.isEmpty { return history.count }
    precondition(bin > .zero && season.nanoseconds % bin.nanoseconds == 0)
    return Int(season.nanoseconds / bin.nanoseconds)
  }
}
