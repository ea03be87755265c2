import Glibc
import Multicloud
import SimulationKernel

/// What a quota refuses of the calls that ask it.
struct QuotaModel: Sendable {
  private let rule: QuotaRule

  init(_ rule: QuotaRule) { self.rule = rule }

  /// The calls that ask a quota.
  struct Load: Sendable {
    /// Calls a second that ask for the first time, or again without having waited.
    var rate = 0.0
    /// Calls a second that come back after the wait they were told.
    var waited = 0.0
    /// Sums over calls of a second: prompt and most output, its square, prompt less what is cached and
    /// output, each for itself, most output.
    var estimate = 0.0
    var square = 0.0
    var prompt = 0.0
    var cached = 0.0
    var output = 0.0
    var most = 0.0
    /// Sum over calls of the seconds they take.
    var seconds = 0.0
    /// Sum over calls of the variance of arrivals over Poisson's.
    var dispersion = 0.0

    /// Counts calls of a stream.
    mutating func add(
      _ stream: StreamDemand, rate: Double, waited: Double, cached cachedTokens: Double,
      seconds: Double
    ) {
      let all = rate + waited
      self.rate += rate
      self.waited += waited
      let n = Double(stream.prompts.count)
      var second = 0.0
      for prompt in stream.prompts {
        second += (prompt + stream.maximumOutput) * (prompt + stream.maximumOutput)
      }
      square += all * second / n
      estimate += all * (stream.promptTokens + stream.maximumOutput)
      prompt += all * stream.promptTokens
      cached += all * cachedTokens
      output += all * stream.outputTokens
      most += all * stream.maximumOutput
      self.seconds += all * seconds
      dispersion += all * stream.dispersion
    }
  }

  /// Shares refused of calls that ask for the first time and of those that waited.
  struct Refused: Sendable {
    var first = 0.0
    var waited = 0.0
    /// Mean seconds a refused call is told to wait.
    var wait = 0.0
  }

  /// The tokens or requests a minute the quota counts for what is admitted, over its limit.
  func offered(_ load: Load) -> Double {
    switch rule {
    case .fixedMinuteTokens(let rule): return 60 * load.estimate / Double(rule.tokensPerMinute)
    case .slicedRequests(let rule):
      return 60 * (load.rate + load.waited) / Double(rule.requestsPerMinute)
    case .provisionedBucket(let rule):
      return 60 * used(load, rule) / Double(rule.units * rule.inputTokensPerMinutePerUnit)
    case .reserveAndSettle(let rule):
      let burnt = load.prompt - load.cached + rule.outputBurndown * load.output
      return 60 * burnt / Double(rule.tokensPerMinute)
    case .separateTokens(let rule):
      var most = 0.0
      if let limit = rule.requestsPerMinute {
        most = max(most, 60 * (load.rate + load.waited) / Double(limit))
      }
      if let limit = rule.inputTokensPerMinute {
        most = max(most, 60 * (load.prompt - load.cached) / Double(limit))
      }
      if let limit = rule.outputTokensPerMinute {
        most = max(most, 60 * load.output / Double(limit))
      }
      return most
    case .windowBurndown(let rule):
      let tokens =
        load.prompt - rule.cachedDiscount * load.cached + rule.outputBurndown * load.output
      return tokens / Double(rule.units * rule.tokensPerSecondPerUnit)
    case .tokenBucket(let rule):
      let tokens =
        rule.unit == .requests ? load.rate + load.waited : load.prompt + load.output
      return 60 * tokens / Double(rule.perMinute)
    case .periodTotal, .priorityRamp: return 0
    }
  }

  private func used(_ load: Load, _ rule: ProvisionedBucket) -> Double {
    load.prompt - rule.cachedDiscount * load.cached + rule.outputRatio * load.output
  }

  /// What is refused, the limit cut to a share of itself.
  func refused(_ load: Load, cut: Double) -> Refused {
    let calls = load.rate + load.waited
    guard calls > 0 else { return Refused() }
    let spread = load.dispersion / calls
    // Second moment of a call over its mean: what the calls of a minute vary by.
    let weight = load.square / load.estimate
    func bucket(_ demand: Double, perSecond: Double, size: Double, held: Double) -> Refused {
      // A call's own size scales with what the bucket counts.
      let scale = demand / load.estimate
      let lost = Diffusion.overflow(
        drift: demand - perSecond, variance: demand * weight * scale * spread,
        size: max(weight * scale, size - held))
      let share = min(1, max(0, lost / demand))
      return Refused(first: share, waited: share, wait: 1)
    }
    switch rule {
    case .fixedMinuteTokens(let rule):
      return window(
        load, limit: cut * Double(rule.tokensPerMinute), perCall: load.estimate / calls,
        weight: weight, spread: spread, overshoot: weight / 2)
    case .reserveAndSettle(let rule):
      let burnt = load.prompt - load.cached + rule.outputBurndown * load.output
      let limit = cut * Double(rule.tokensPerMinute)
      if rule.window == .continuous {
        return bucket(
          burnt, perSecond: limit / 60, size: limit,
          held: max(0, load.estimate - burnt) * load.seconds / calls)
      }
      // What is reserved beyond use comes back while the minute lasts.
      let open = min(1, load.seconds / calls / 60)
      let counted = burnt + max(0, load.estimate - burnt) * open
      return window(
        load, limit: limit, perCall: counted / calls, weight: weight * counted / load.estimate,
        spread: spread, overshoot: -load.estimate / calls / 2)
    case .slicedRequests(let rule):
      let slice = rule.slice.seconds
      let limit = (cut * Double(rule.requestsPerMinute) * slice / 60).rounded(.down)
      let mean = calls * slice
      let lost = Diffusion.poissonExcess(mean: mean, over: limit)
      return Refused(first: lost / mean, waited: lost / mean, wait: slice / 2)
    case .provisionedBucket(let rule):
      let drain = cut * Double(rule.units * rule.inputTokensPerMinutePerUnit) / 60
      let tooMuch = rule.outputRatio * max(0, load.most - load.output) * load.seconds / calls
      return bucket(
        used(load, rule), perSecond: drain, size: drain * rule.capacityWindow.seconds,
        held: tooMuch)
    case .windowBurndown(let rule):
      let drain = cut * Double(rule.units * rule.tokensPerSecondPerUnit)
      let demand =
        load.prompt - rule.cachedDiscount * load.cached + rule.outputBurndown * load.output
      return bucket(demand, perSecond: drain, size: drain * rule.window.seconds, held: 0)
    case .separateTokens(let rule):
      var worst = Refused()
      func take(_ demand: Double, _ limit: Int64?) {
        guard let limit, demand > 0 else { return }
        let refused = bucket(
          demand, perSecond: cut * Double(limit) / 60, size: cut * Double(limit), held: 0)
        if refused.first > worst.first { worst = refused }
      }
      take(load.prompt - load.cached, rule.inputTokensPerMinute)
      take(load.output, rule.outputTokensPerMinute)
      if let limit = rule.requestsPerMinute {
        let perSecond = cut * Double(limit) / 60
        let lost = Diffusion.overflow(
          drift: calls - perSecond, variance: calls * spread, size: cut * Double(limit))
        if lost / calls > worst.first {
          worst = Refused(first: lost / calls, waited: lost / calls, wait: 1)
        }
      }
      return worst
    case .tokenBucket(let rule):
      let perSecond = cut * Double(rule.perMinute) / 60
      if rule.unit == .requests {
        let lost = Diffusion.overflow(
          drift: calls - perSecond, variance: calls * spread, size: cut * Double(rule.burst))
        return Refused(first: lost / calls, waited: lost / calls, wait: 1 / perSecond)
      }
      let held = max(0, load.most - load.output) * load.seconds / calls
      return bucket(
        load.prompt + load.output, perSecond: perSecond, size: cut * Double(rule.burst), held: held)
    case .periodTotal, .priorityRamp: return Refused()
    }
  }

  /// A counter that begins anew every minute.
  ///
  /// Calls that waited come first in a minute; the others share what is left. The tokens of a minute are
  /// normal; the last call admitted overshoots by half its size-biased mean.
  private func window(
    _ load: Load, limit: Double, perCall: Double, weight: Double, spread: Double, overshoot: Double
  ) -> Refused {
    let back = 60 * load.waited * perCall
    let waited = back > limit ? 1 - limit / back : 0
    let mean = 60 * load.rate * perCall
    guard mean > 0 else { return Refused(first: 0, waited: waited, wait: 30) }
    let deviation = (mean * weight * spread).squareRoot()
    let room = max(0, limit - min(back, limit)) + overshoot
    let lost = Diffusion.excess(mean: mean, deviation: deviation, over: max(0, room))
    let share = min(1, lost / mean)
    // Refusals are at the end of a minute; what is refused waits for its edge.
    return Refused(first: share, waited: waited, wait: 30 * max(share, lost > 0 ? 0.02 : 0))
  }
}
