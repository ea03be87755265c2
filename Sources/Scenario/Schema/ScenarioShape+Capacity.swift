import Multicloud

/// Models sold by the token, their quotas and their prices.
extension ScenarioShape {
  static let order = Field(
    "order", .count(0...1_000_000), default: "0",
    "Place in the order of failover; lower ones are tried first")

  static let price = [
    Field("input", .price, required: true, "Price of a prompt token"),
    Field("cached", .price, "Price of a prompt token from the cache; default the input's"),
    Field("cache-write", .price, "Price of one kept in the cache; default the input's"),
    Field("output", .price, required: true, "Price of an output token"),
  ]

  static let model = Shape.mapping([
    Field(
      "quality", .share, required: true,
      "Quality to compare models by, in place of the catalog's")
  ])

  static let endpoint = Shape.mapping([
    Field("model", .text, required: true, "Model served"),
    Field("type", .text, "Deployment type, from the catalog; default pay as you go everywhere"),
    Field("units", .units, "Provisioned units bought; provisioned types only"),
    Field(
      "unit-price", .money, "What a unit costs an hour, used or not; default the catalog's"),
    Field("elastic", .mapping(elasticUnits), "What makes its units change; default nothing"),
    Field(
      "autoscale", .mapping(autoscale),
      "Who decides on its units, counted in increments: provisioned-units or scheduled"),
    Field("quota", .mapping(quotaKeys), "Its own quota; default none"),
    Field(
      "quotas", .oneOrMore(.scalar(.text)),
      "Shared quotas by name, asked after its own; default none"),
    Field("spillover", .text, "Endpoint beside it that takes what this one refuses"),
    Field("account", .text, "Account it belongs to; default the cloud's name"),
    Field("provider", .text, "Who provides the model; default the catalog's"),
    order,
    Field("weight", .number(0...1e9), default: "1", "Share of traffic under weighted routing"),
    Field("price", .mapping(price), "What a token costs; default the catalog's"),
    Field(
      "third-party", .flag, "Whether it is a marketplace's product; default the catalog's"),
    Field("context", .tokens(2...1 << 40), "Longest prompt and output; default the catalog's"),
    Field("service", .mapping(service), default: "{}", "How fast it answers"),
  ])

  private static let elasticUnits = [
    Field("minimum", .units, "Fewest units that may be wanted; default the fewest that are sold"),
    Field("maximum", .units, required: true, "Most units that may be wanted"),
    Field(
      "lead-time", durationLaw, required: true,
      "From the request for more units to their service"),
    Field(
      "market", .text,
      "Market the units come from, whose accelerators are units; default always to be had"),
  ]

  private static let service = [
    Field("concurrency", .count(1...1 << 30), "Requests in flight that are full load"),
    Field("background", .share, "Load from other customers"),
    Field(
      "variation", .ratio(0...10), "Coefficient of variation of times from request to request"),
    Field(
      "prefill", .duration(allowsZero: true),
      "Time to first token added by each 1000 uncached prompt tokens"),
    Field("curve", .list(.mapping(curvePoint)), "Times by load, loads rising"),
  ]

  private static let curvePoint = [
    Field("load", .ratio(0...100), required: true, "Load, 100% full"),
    Field(
      "ttft", .duration(allowsZero: false), required: true,
      "Time to first token of an empty prompt"),
    Field("speed", .speed, required: true, "Output speed of one request"),
  ]

  static let quota = Shape.mapping(quotaKeys)

  /// Keys of all rules; ``QuotaWord/keys`` says which rule takes which.
  private static let quotaKeys = [
    Field("rule", .word(QuotaWord.allCases.map(\.rawValue)), "Rule; default the cloud's"),
    Field("tokens", .limit(noun: "tokens"), "Tokens, prompt and output together"),
    Field("requests", .limit(noun: "requests"), "Requests"),
    Field(
      "slice", .duration(allowsZero: false),
      "fixed-minute: slices that requests are counted in, 1s or 10s; default 1s"),
    Field("input", .limit(noun: "tokens"), "separate-tokens: uncached prompt tokens"),
    Field("output", .limit(noun: "tokens"), "separate-tokens: output tokens"),
    Field(
      "burndown", .number(0...1000),
      "reserve-and-settle, window-burndown: tokens an output token burns; default the catalog's, else 5; 1"
    ),
    Field(
      "refill", .word(["minute-edges", "continuous"]),
      "reserve-and-settle: how the limit comes back; default minute-edges"),
    Field(
      "cached-discount", .share,
      "window-burndown: share of a cached prompt token that is free; default 0%"),
    Field(
      "window", .duration(allowsZero: false),
      "window-burndown: length of a window, default 30s; priority-ramp: time a rise counts over, "
        + "default 15m"),
    Field("rise", .ratio(0...1000), "priority-ramp: largest rise; default 50%"),
    Field("floor", .limit(noun: "tokens"), "priority-ramp: no ramp below; default 100k/min"),
    Field(
      "longest-prompt", .tokens(1...1 << 40),
      "priority-ramp: longest prompt of the tier; default 128k"),
    Field("earlier", .limit(noun: "tokens"), "priority-ramp: traffic before the run; default none"),
  ]
}
