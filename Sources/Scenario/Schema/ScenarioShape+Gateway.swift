import Multicloud

/// What the gateway does beside choosing, and what goes wrong.
extension ScenarioShape {
  static let scores = [
    Field("load", .number(0...1e6), default: "1", "Weight of the free share of slots"),
    Field("nearness", .number(0...1e6), default: "0", "Weight of a short round trip"),
    Field("cost", .number(0...1e6), default: "0", "Weight of cheapness"),
    Field("headroom", .number(0...1e6), default: "0", "Weight of slack under the TTFT target"),
    Field("cache", .number(0...1e6), default: "0", "Weight of a cached conversation"),
    Field("draw", .flag, default: "false", "Draw by score instead of taking the best"),
  ]

  static let failover = [
    Field("enabled", .flag, default: "true", "Move to the next order when one is exhausted"),
    Field(
      "exhaust-model-first", .flag, default: "true",
      "Try all deployments of a model before the next model of the list"),
  ]

  static let retry = [
    Field("attempts", .count(1...100), default: "3", "Attempts, the first included"),
    Field("backoff", .duration(allowsZero: true), default: "500ms", "Pause before the first retry"),
    Field("factor", .number(1...100), default: "2", "Each next pause is this many times as long"),
    Field("max", .duration(allowsZero: true), default: "8s", "Longest pause"),
    Field(
      "jitter", .ratio(0...0.99), default: "25%", "Share by which a pause is drawn up or down"),
    Field(
      "honour-retry-after", .flag, default: "true", "Wait at least as long as the refusal says"),
    Field(
      "longest-retry-after", .duration(allowsZero: true), default: "60s",
      "Longest wait that a refusal may ask for"),
    Field("throttling", .flag, default: "true", "Whether a 429 is tried again"),
    Field("server-errors", .flag, default: "true", "Whether a 5xx is tried again"),
    Field("timeouts", .flag, default: "true", "Whether silence is tried again"),
  ]

  static let breaker = [
    Field(
      "allowed-failures", .count(0...1_000_000),
      "Failures a window bears, one more opens it; default any number"),
    Field("window", .duration(allowsZero: false), default: "60s", "Window of the counts"),
    Field(
      "failure-share", .share, default: "50%",
      "Share of a window's calls that may fail; 100% never opens by share"),
    Field(
      "minimum-calls", .count(1...1_000_000), default: "5",
      "Calls a window must have before the share counts"),
    Field("cooldown", .duration(allowsZero: false), default: "5s", "How long it stays open"),
    Field(
      "factor", .number(1...100), default: "1",
      "Each next cooldown is this many times as long, until it closes"),
    Field("max-cooldown", .duration(allowsZero: false), default: "1h", "Longest cooldown"),
    Field("on-throttling", .flag, default: "true", "Whether a 429 opens it at once"),
    Field(
      "honour-retry-after", .flag, default: "true",
      "Stay open at least as long as a refusal says"),
    Field("probe", .flag, default: "true", "Try one call at a time after the cooldown"),
    Field(
      "scope", .word(["deployment", "account", "provider"]), default: "deployment",
      "What shares one breaker"),
  ]

  static let flow = [
    Field(
      "ceilings", .list(.scalar(.ratio(0...100))), required: true,
      "Load at which a band is held, by band, highest first"),
    Field(
      "shed-at", .list(.scalar(.ratio(0...100))), default: "[]",
      "Load at which a band is turned away, by band; none for never"),
    Field(
      "fairness", .word(FlowQueue.Fairness.allCases.map(\.rawValue)), default: "none",
      "Fairness across tenants"),
    Field(
      "order", .word(FlowQueue.Order.allCases.map(\.rawValue)), default: "fcfs",
      "Order inside a tenant"),
    Field("capacity", .count(1...10_000_000), default: "100k", "Requests held for one model"),
  ]

  static let reservation = [
    Field(
      "tokens", .limit(noun: "tokens"), required: true,
      "Tokens a minute, prompts and what outputs may take, for all bands"),
    Field(
      "shares", .list(.scalar(.share)), required: true, "Share of each band, highest first"),
    Field(
      "threshold", .share, default: "50%",
      "Used share of the limit below which every band may borrow"),
  ]

  static let health = [
    Field(
      "interval", .duration(allowsZero: false), default: "10s",
      "Time between the probes of a deployment"),
    Field(
      "timeout", .duration(allowsZero: false), default: "5s",
      "How long a probe waits for its answer, at most the interval"),
    Field(
      "failures", .count(1...1000), default: "3",
      "Failed probes in a row after which a deployment is left alone"),
    Field(
      "successes", .count(1...1000), default: "2",
      "Successful probes in a row after which it is used again"),
  ]
}
