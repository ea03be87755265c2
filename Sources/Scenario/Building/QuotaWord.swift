import Multicloud
import SimulationKernel

/// Rules of quotas as scenarios name them.
enum QuotaWord: String, CaseIterable {
  case fixedMinute = "fixed-minute"
  case reserveAndSettle = "reserve-and-settle"
  case separateTokens = "separate-tokens"
  case windowBurndown = "window-burndown"
  case priorityRamp = "priority-ramp"
  case none

  /// The rule of a cloud's pay-as-you-go quotas.
  static func usual(in cloud: String) -> QuotaWord {
    cloud == "aws" ? .reserveAndSettle : .fixedMinute
  }

  /// The keys beside `rule` that the rule knows.
  var keys: [String] {
    switch self {
    case .fixedMinute: ["tokens", "requests", "slice"]
    case .reserveAndSettle: ["tokens", "requests", "burndown", "refill"]
    case .separateTokens: ["input", "output", "requests"]
    case .windowBurndown: ["tokens", "burndown", "cached-discount", "window"]
    case .priorityRamp: ["rise", "window", "floor", "longest-prompt", "earlier"]
    case .none: []
    }
  }

  /// Keys of which the rule needs at least one.
  var limits: [String] {
    switch self {
    case .fixedMinute, .reserveAndSettle: ["tokens", "requests"]
    case .separateTokens: ["input", "output", "requests"]
    case .windowBurndown: ["tokens"]
    case .priorityRamp, .none: []
    }
  }
}

/// A quota as it is written: a rule and its limits a minute.
struct WrittenQuota {
  var rule: QuotaWord
  /// The keys and amounts that can be shared out, such as tokens and requests a minute.
  var limits: [(key: String, amount: Int64)]
  /// One specification for each limit that is asked for itself.
  var specs: [QuotaSpec]
}

extension WorldBuilder {
  /// Reads a quota; `nil` where it is wrong, which is reported.
  ///
  /// - Parameter burndown: What an output token burns under `reserve-and-settle` if not written.
  func writtenQuota(
    _ item: Item, name: String, usual: QuotaWord, burndown: Double = 5
  ) -> WrittenQuota? {
    let rule = item["rule"].flatMap { QuotaWord(rawValue: $0.text) } ?? usual
    var isRight = true
    for entry in item.entries where entry.key != "rule" && !rule.keys.contains(entry.key) {
      let known = rule.keys.isEmpty ? "nothing" : rule.keys.joined(separator: ", ")
      diagnostics.report(
        entry.mark,
        "quota '\(name)': rule \(rule.rawValue) does not know '\(entry.key)'; it knows \(known)")
      isRight = false
    }
    if isRight, !rule.limits.isEmpty, !rule.limits.contains(where: { item[$0] != nil }) {
      diagnostics.report(
        item.mark, "quota '\(name)': give \(rule.limits.joined(separator: " or "))")
      isRight = false
    }
    guard isRight, let specs = specs(rule, item, name, burndown) else { return nil }
    let problems = specs.flatMap { spec in spec.rule.problems() }
    for problem in problems { diagnostics.report(item.mark, "quota '\(name)': \(problem)") }
    guard problems.isEmpty else { return nil }
    let limits = rule.limits.compactMap { key in item[key].map { (key, $0.whole) } }
    return WrittenQuota(rule: rule, limits: limits, specs: specs)
  }

  private func specs(
    _ rule: QuotaWord, _ item: Item, _ name: String, _ burndown: Double
  ) -> [QuotaSpec]? {
    switch rule {
    case .none: return []
    case .fixedMinute:
      var specs: [QuotaSpec] = []
      if let tokens = item["tokens"] {
        specs.append(
          QuotaSpec(
            name: name + ":tokens",
            rule: .fixedMinuteTokens(FixedMinuteTokens(tokensPerMinute: tokens.whole))))
      }
      if let requests = item["requests"] {
        let slice = item["slice"]?.duration ?? .seconds(1)
        specs.append(
          QuotaSpec(
            name: name + ":requests",
            rule: .slicedRequests(
              SlicedRequests(requestsPerMinute: requests.whole, slice: slice))))
      } else if let slice = item["slice"] {
        diagnostics.report(slice.mark, "quota '\(name)': slice is of requests; give requests too")
        return nil
      }
      return specs
    case .reserveAndSettle:
      var specs: [QuotaSpec] = []
      if let tokens = item["tokens"] {
        let settled = ReserveAndSettle(
          tokensPerMinute: tokens.whole, outputBurndown: item["burndown"]?.number ?? burndown,
          window: item["refill"]?.text == "continuous" ? .continuous : .minuteEdges)
        specs.append(QuotaSpec(name: name + ":tokens", rule: .reserveAndSettle(settled)))
      }
      if let requests = item["requests"] { specs.append(bucket(.requests, requests, name)) }
      return specs
    case .separateTokens:
      let separate = SeparateTokens(
        requestsPerMinute: item["requests"]?.whole, inputTokensPerMinute: item["input"]?.whole,
        outputTokensPerMinute: item["output"]?.whole)
      return [QuotaSpec(name: name + ":tokens", rule: .separateTokens(separate))]
    case .windowBurndown:
      let tokens = item.required("tokens")
      guard tokens.whole % 60 == 0 else {
        diagnostics.report(
          tokens.mark, "quota '\(name)': rule window-burndown takes whole tokens a second")
        return nil
      }
      let window = WindowBurndown(
        units: 1, tokensPerSecondPerUnit: tokens.whole / 60,
        outputBurndown: item["burndown"]?.number ?? 1,
        cachedDiscount: item["cached-discount"]?.number ?? 0,
        window: item["window"]?.duration ?? .seconds(30))
      return [QuotaSpec(name: name + ":tokens", rule: .windowBurndown(window))]
    case .priorityRamp: return ramp(item, name).map { [$0] }
    }
  }

  private func ramp(_ item: Item, _ name: String) -> QuotaSpec? {
    let minute: Int64 = 60_000_000_000
    let window = item["window"]?.duration ?? Duration(nanoseconds: 15 * minute)
    guard window.nanoseconds % minute == 0 else {
      diagnostics.report(
        item["window"]?.mark ?? item.mark,
        "quota '\(name)': rule priority-ramp takes a window of whole minutes")
      return nil
    }
    let ramp = PriorityRamp(
      largestRise: item["rise"]?.number ?? 0.5,
      windowMinutes: Int(window.nanoseconds / minute),
      floorTokensPerMinute: item["floor"]?.whole ?? 100_000,
      longestPrompt: item["longest-prompt"]?.whole ?? 128_000,
      earlierTokensPerMinute: item["earlier"]?.whole ?? 0)
    return QuotaSpec(name: name + ":ramp", rule: .priorityRamp(ramp))
  }

  /// A gateway's own limit, refilled continuously.
  func bucket(_ unit: TokenBucket.Unit, _ limit: Item, _ name: String) -> QuotaSpec {
    QuotaSpec(
      name: "\(name):\(unit)", rule: .tokenBucket(TokenBucket(unit, perMinute: limit.whole)))
  }
}
