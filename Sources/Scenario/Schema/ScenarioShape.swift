import Money
import Multicloud
import ServingEngine

/// The format of scenario files, all of it.
enum ScenarioShape {
  static let version = 1
  static let many = 1 << 40

  static let root = Shape.mapping([
    Field("plimsoll", .count(1...version), required: true, "Version of the format: 1"),
    Field("name", .text, default: "scenario", "Name of the scenario, for people"),
    Field("seed", .seed, default: "1", "Seed of every random number"),
    Field("horizon", .duration(allowsZero: false), required: true, "How long requests arrive"),
    Field(
      "warmup", .duration(allowsZero: true), default: "0s",
      "Requests that arrive before this are left out of the statistics"),
    Field("starts", .moment, "Real time at which the run begins; needed where there is a contract"),
    Field("clouds", .table(noun: "cloud", cloud), required: true, "Where capacity is, by cloud"),
    Field(
      "markets", .table(noun: "market", market),
      "Where machines come from that are not always to be had, by name; default none"),
    Field(
      "common-spells", .table(noun: "course of shortages", commonSpells),
      "Shortages that several markets share, by name; default none"),
    Field(
      "training", .table(noun: "training job", trainingJob), default: "{}",
      "Training jobs that take from the markets, by name"),
    Field(
      "origins", .table(noun: "origin", origin), default: "{}",
      "Client places that the catalog does not know"),
    Field("network", .mapping(network), default: "{}", "Delays between places"),
    Field(
      "quotas", .table(noun: "quota", quota), default: "{}",
      "Quotas that several endpoints share, by name"),
    Field(
      "tenants", .table(noun: "tenant", tenant), default: "{}",
      "Who asks, with limits and budgets, by name"),
    Field(
      "models", .table(noun: "model", model), default: "{}", "What is known of models, by name"),
    Field("billing", .mapping(billing), "How the bill is made; default none, or from contracts"),
    Field("gateway", .mapping(gateway), default: "{}", "How requests find a deployment"),
    Field(
      "incidents", .list(.mapping(incident)), default: "[]", "What goes wrong, and for how long"),
    Field("failures", .list(.mapping(failure)), "What goes wrong at random, by the seed"),
    Field("workloads", .table(noun: "workload", workload), required: true, "Streams of requests"),
    Field(
      "axes", SweepShape.axes, default: "{}",
      "Values that `plimsoll sweep` varies, a list for each path of --set; a run ignores them"),
    Field("assert", .list(assertion), default: "[]", "What must hold of a run"),
    Field("check", .mapping(check), default: "{}", "How runs are checked against a baseline"),
  ])

  // MARK: Capacity

  private static let cloud = Shape.mapping([
    Field("contract", .mapping(contract), "What was signed with the cloud; default nothing"),
    Field("regions", .table(noun: "region", region), required: true, "The cloud's regions"),
  ])

  private static let region = Shape.mapping([
    Field("zone", .text, "Data zone of the region; default the catalog's"),
    Field(
      "pools", .table(noun: "pool", pool), default: "{}", "Pools of replicas in the region"),
    Field(
      "endpoints", .table(noun: "endpoint", endpoint), default: "{}",
      "Models sold by the token in the region"),
  ])

  private static let pool = Shape.mapping([
    Field("accelerator", .text, "Accelerator, from the catalog"),
    Field("model", .text, required: true, "Model served"),
    Field(
      "replicas", .count(0...1_000_000), required: true,
      "Replicas in the pool, at the start where it is elastic"),
    Field("elastic", .mapping(elastic), "What makes its replicas change; default nothing"),
    Field("autoscale", .mapping(autoscale), "What decides how many are wanted; default nothing"),
    Field(
      "disaggregated", .mapping(disaggregated),
      "Replicas of its own for the output, so that these compute prompts alone; default it has none"
    ),
    Field(
      "tensor-parallel", .count(1...64), default: "1", "Accelerators one replica is spread over"),
    Field(
      "pipeline-parallel", .count(1...64), default: "1",
      "Stages that the layers of one replica are divided into"),
    Field(
      "data-parallel", .count(1...256), default: "1",
      "Groups of accelerators that attend to requests of their own and share the experts"),
    Field(
      "expert-parallel", .count(1...1024), default: "1",
      "Groups of accelerators that each hold whole experts"),
    Field(
      "precision", .word(Precision.allCases.map(\.rawValue)),
      "Number format of the weights; default the model's own"),
    Field(
      "kv-precision", .word([Precision.bf16, .fp8].map(\.rawValue)),
      default: "bf16", "Number format of the KV cache"),
    Field("interconnect", .text, "Interconnect of the node; default the accelerator's usual one"),
    Field("weight", .number(0...1e9), default: "1", "Share of traffic under weighted routing"),
    Field("account", .text, "Account the pool belongs to, a failure domain; default none"),
    order,
    Field("price", .mapping(price), "What a token is charged at; default nothing"),
    Field(
      "purchase", .word(PurchaseOption.allCases.map(\.name)), default: "on-demand",
      "How its machines are bought"),
    Field("instance", .text, "Instance type of its machines; default the cheapest that fits"),
    Field(
      "machine-price", .hourlyMoney, "Price of one of its machines; default the catalog's"),
    Field(
      "queue-limit", .count(0...many),
      "Requests held beyond the sequence slots before new ones are turned away"),
    Field(
      "routing", .shorthand(key: "policy", replicaRouting), default: "least-outstanding-requests",
      "How a replica is chosen"),
    Field("engine", .mapping(engine), default: "{}", "The serving engine"),
  ])

  static let replicaRouting = [
    Field(
      "policy", .word(PolicyRegistry.replicaRouters.map { $0.name }),
      default: "least-outstanding-requests", "Policy of the pool's load balancer"),
    Field(
      "staleness", .duration(allowsZero: true), default: "0s",
      "How often the balancer sees new load figures; 0s means live"),
    Field("weights", .list(.scalar(.number(0...1e9))), "Weights by replica, for weighted"),
  ]

  static let engine = [
    Field("host", .text, default: "vllm", "Engine whose host overhead applies, from the catalog"),
    engineVersion, watermark, prefillFirst,
    Field("max-batched-tokens", .tokens(1...1 << 30), "Tokens one step may compute"),
    Field("max-sequences", .count(1...65_536), "Sequences that may run at once"),
    Field("block-tokens", .tokens(1...4096), default: "16", "Tokens of a KV block"),
    Field("kv-blocks", .count(1...1 << 30), "KV blocks, in place of what memory leaves room for"),
    Field("memory-utilization", .share, default: "90%", "Share of memory the engine may use"),
    Field("max-model-tokens", .tokens(2...1 << 30), "Prompt and output a request may reach"),
    Field(
      "order", .word(SchedulerSettings.Order.allCases.map(\.rawValue)), default: "fcfs",
      "Order of admission"),
    Field(
      "reserve-whole-prompt", .flag, default: "true",
      "Admit a request only when blocks for its whole prompt are free"),
    Field(
      "mix-prefill", .flag,
      "Whether a step may prefill and decode; default what the host's engine does"),
    Field(
      "long-prefill-threshold", .tokens(0...1 << 30), default: "0",
      "Largest prefill chunk of one request in one step; 0 for no limit"),
    Field("speculation", .mapping(speculation), "How it drafts tokens; default not at all"),
    Field("adapters", .mapping(engineAdapters), "Low-rank adapters it serves; default none"),
    prefixCache, offload,
    Field("step-time", .mapping(stepTime), "Step time in numbers, in place of the accelerator's"),
    profile,
  ]

  private static let stepTime = [
    Field("base", .duration(allowsZero: false), required: true, "Time of any step"),
    Field("per-sequence", .duration(allowsZero: true), default: "0s", "Added by each sequence"),
    Field("per-kv-token", .duration(allowsZero: true), default: "0s", "Added by each cached token"),
    Field(
      "prefill-base", .duration(allowsZero: true), default: "0s", "Added where a step prefills"),
    Field(
      "prefill-per-token", .duration(allowsZero: true), default: "0s",
      "Added by each prompt token computed"),
  ]

  // MARK: Places

  private static let roundTrips = Shape.table(
    noun: "region, cloud/region", .scalar(.duration(allowsZero: true)))

  private static let origin = Shape.mapping([
    Field("utc-offset", .offset, default: "0h", "Local time zone"),
    Field("round-trips", roundTrips, required: true, "Round trip to each region that has a pool"),
  ])

  private static let network = [
    Field(
      "ingress", .text, default: "edge",
      "Region through which all requests enter, or edge: the gateway decides beside the client"),
    Field(
      "round-trips", .table(noun: "region, cloud/region", roundTrips), default: "{}",
      "Round trips between regions, in place of the catalog's"),
  ]

  private static let gateway = [
    Field(
      "route", .word(PolicyRegistry.deploymentRouters.map { $0.name }), default: "nearest",
      "Policy that chooses a pool"),
    Field(
      "staleness", .duration(allowsZero: true), default: "0s",
      "How often the gateway sees new load figures; 0s means live"),
    Field(
      "spill-at", .number(0...1e9), "preferred: outstanding requests per replica of a full pool"),
    Field(
      "round-trip-penalty", .number(0...1e9), default: "1",
      "least-loaded: load per slot that one second of round trip is worth"),
    Field(
      "quality-band", .share, default: "1.5%",
      "cost-band, contract-aware: how much worse than the best a model's quality may be"),
    Field(
      "latency-band", .ratio(0...100), default: "10%",
      "latency-band: how much slower than the fastest a deployment may be"),
    Field(
      "latency-window", .duration(allowsZero: false), default: "60s",
      "How far back measured latencies reach"),
    Field(
      "preference-load", .ratio(0...100), default: "70%",
      "region-preference: load under which the first preferred region is taken; contract-aware: "
        + "load at which paid capacity is full"),
    Field(
      "forecast", .word(ContractForecastKind.allCases.map(\.rawValue)), default: "probability",
      "contract-aware: whether a commitment is judged by the probability of a shortfall or by pace"),
    Field("scores", .mapping(scores), default: "{}", "weighted-scores: weights of the scorers"),
    Field("failover", .mapping(failover), default: "{}", "What follows a refusal"),
    Field("retry", .mapping(retry), "Retries inside one order; default none"),
    Field("breaker", .mapping(breaker), "When a deployment is left alone; default never"),
    Field(
      "attempt-timeout", .duration(allowsZero: false),
      "How long the gateway waits for a first token; default for ever"),
    Field(
      "health", .mapping(health),
      "Probes of every deployment; one that fails them is left alone. Default none"),
    Field("flow", .mapping(flow), "Holding requests back under load; default not at all"),
    Field(
      "reservation", .mapping(reservation),
      "Shares of a limit kept for priority bands; default none"),
  ]

  // MARK: Demand

  private static let workload = Shape.mapping([
    Field(
      "model", .oneOrMore(.scalar(.text)), required: true,
      "Model asked for, or models in order of preference"),
    Field("tenant", .text, "Who asks: tenant, tenant/project or tenant/project/identity"),
    Field(
      "residency", .oneOrMore(.scalar(.text)), default: "any",
      "Where data may be processed: any, a data zone, or regions as cloud/region"),
    Field("band", .count(0...255), default: "0", "Priority band at the gateway, 0 served first"),
    Field("arrivals", .variant(arrivals), required: true, "When requests come"),
    Field("shape", .variant(shape), "How long prompts and outputs are; a trace brings its own"),
    prefix, sessions,
    Field(
      "origins", .table(noun: "origin", .scalar(.share)), required: true,
      "Where clients are, with their shares"),
    Field("slo", .mapping(objectives), default: "{}", "Latency targets at the client"),
    Field("prefer", .list(.scalar(.text)), default: "[]", "Regions in order of preference"),
    Field(
      "priority", .count(0...32_767), default: "0", "Lower is served first where order is priority"),
    Field(
      "patience", .duration(allowsZero: false), "How long a client waits for the first token"),
    Field("timeout", .duration(allowsZero: false), "How long a client waits for the last token"),
    Field(
      "max-tokens", .tokens(lengthRange),
      "Most output tokens a request allows; default the service's own limit"),
    Field("client-retry", .mapping(retry), "What clients do when refused; default give up"),
    Field("prompt-cache", .mapping(promptCache), "What of the prompts is cached; default nothing"),
    Field("adapters", .mapping(workloadAdapters), "Adapters its requests ask for; default none"),
    Field("chain", .table(noun: "stage", stage), "Stages of a request; default one call"),
    Field(
      "output-estimate", .shorthand(key: "tokens", outputEstimate), default: "mean",
      "What policies are told of the output's length; default its mean"),
    Field("start", .duration(allowsZero: true), default: "0s", "When the stream begins"),
    Field("end", .duration(allowsZero: false), "When the stream ends; default the horizon"),
    Field(
      "surges", .list(.mapping(surge)),
      "Flash crowds, each a multiple of the rate for a while; default none"),
    Field(
      "growth", .scalar(.growth),
      "Smooth exponential growth of the rate from the start of the run; default none"),
  ])

  private static let surge = [
    Field("at", .duration(allowsZero: true), required: true, "When it begins"),
    Field("for", .duration(allowsZero: false), required: true, "How long it lasts, ramps included"),
    Field(
      "rate", .scale, required: true,
      "What it multiplies the rate by; several at once each bring their own crowd"),
    Field(
      "ramp", .duration(allowsZero: true), default: "0s",
      "How long the rate rises, and how long it falls, in a straight line"),
  ]

  private static let outputEstimate = [
    Field(
      "tokens", .tokensOr("mean", lengthRange),
      "Always this many tokens; mean stands for the mean of the shape"),
    Field(
      "noisy", .ratio(0...100),
      "The true length times a lognormal error of this coefficient of variation"),
  ]

  private static let objectives = [
    Field("ttft", .mapping(quantiles), "Time to first token"),
    Field("tpot", .mapping(quantiles), "Time per output token"),
    Field("e2e", .mapping(quantiles), "End-to-end latency"),
  ]

  /// Quantiles a target can be set at.
  static let targetQuantiles: [(key: String, value: Double)] = [
    ("p50", 0.5), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99), ("p99.9", 0.999),
  ]

  private static let quantiles = targetQuantiles.map {
    Field($0.key, .duration(allowsZero: false), "Longest time for that share of requests")
  }

  private static let rate = Field(
    "rate", .rate(allowsZero: false), required: true, "Mean rate")

  private static let arrivals: [Shape.Variant] = [
    Shape.Variant(
      key: "poisson",
      fields: [Field("poisson", .rate(allowsZero: false), required: true, "Poisson at this rate")]),
    form(
      "diurnal", "Poisson that follows the hour of the day at each origin",
      [
        Field("mean", .rate(allowsZero: false), required: true, "Mean rate over a day"),
        Field("peak-hour", .timeOfDay, default: "\"14:00\"", "Local time of the peak"),
        Field("trough", .share, default: "30%", "Rate at the trough, as a share of the peak's"),
        Field(
          "hours", .list(.scalar(.number(0...1e9))),
          "24 relative weights by local hour, in place of peak and trough"),
        Field("start-hour", .timeOfDay, default: "\"00:00\"", "UTC time at which the run starts"),
      ]),
    form(
      "gamma", "Independent gaps with a gamma law",
      [rate, Field("cv", .number(0.01...20), required: true, "Coefficient of variation of gaps")]),
    form(
      "weibull", "Independent gaps with a Weibull law",
      [rate, Field("shape", .number(0.1...50), required: true, "Shape; below 1 is bursty")]),
    Shape.Variant(
      key: "bursts",
      fields: [
        Field(
          "bursts",
          .list(
            .mapping([
              Field(
                "rate", .rate(allowsZero: true), required: true, "Rate while the state lasts"),
              Field("mean", .duration(allowsZero: false), required: true, "Mean time in the state"),
            ])), required: true, "Markov-modulated Poisson: states visited in a ring")
      ]),
    form(
      "closed-loop", "A fixed number of clients that wait for each answer",
      [
        Field("clients", .count(1...(1 << 24)), required: true, "Number of clients"),
        Field(
          "think", .duration(allowsZero: true),
          "Mean time between answer and next request"),
        Field(
          "every", .duration(allowsZero: false),
          "In place of think: time between a client's requests, unless its answer takes longer"),
      ]),
    form(
      "piecewise", "Poisson at a rate that is constant in each bin",
      [
        Field(
          "rates", .list(.scalar(.rate(allowsZero: true))), required: true, "Rates by bin"),
        Field("bin", .duration(allowsZero: false), required: true, "Width of a bin"),
        Field("repeat", .flag, default: "true", "Whether it begins again after the last bin"),
      ]),
    Shape.Variant(
      key: "trace",
      fields: [
        Field(
          "trace", .text, required: true,
          "A trace of the catalog, or a CSV file beside the scenario"),
        Field("rate", .scale, default: "x1", "Requests for each recorded one"),
        Field("time", .scale, default: "x1", "Recorded seconds per simulated second"),
        Field(
          "copy-shift", .duration(allowsZero: true), default: "60s", "How far copies are shifted"),
        Field("loop", .flag, default: "true", "Whether it begins again at its end"),
      ]),
  ]

  /// A form whose keys stand in a mapping under the form's own key.
  private static func form(_ key: String, _ doc: String, _ fields: [Field]) -> Shape.Variant {
    Shape.Variant(key: key, fields: [Field(key, .mapping(fields), required: true, doc)])
  }

  static let lengthRange = 1...1_000_000_000

  /// The law of a length: `512` or a mapping that names a law.
  static let length = Shape.shorthand(
    key: "constant",
    [
      Field("constant", .tokens(lengthRange), "Always this many"),
      Field(
        "exponential",
        .mapping([Field("mean", .number(1...1e9), required: true, "Mean")]), "Exponential"),
      Field(
        "lognormal",
        .mapping([
          Field("median", .number(0.1...1e9), required: true, "Median"),
          Field("sigma", .number(0...10), required: true, "Standard deviation of the logarithm"),
          Field("max", .tokens(lengthRange), default: "1M", "Cut off above"),
        ]), "Lognormal"),
      Field(
        "pareto",
        .mapping([
          Field("min", .number(1...1e9), required: true, "Least"),
          Field("alpha", .number(0.1...100), required: true, "Tail index"),
          Field("max", .tokens(lengthRange), default: "1M", "Cut off above"),
        ]), "Pareto"),
      Field(
        "uniform",
        .mapping([
          Field("min", .tokens(lengthRange), required: true, "Least"),
          Field("max", .tokens(lengthRange), required: true, "Greatest"),
        ]), "Uniform over whole numbers"),
      Field(
        "empirical",
        .mapping([
          Field("values", .list(.scalar(.tokens(lengthRange))), required: true, "Lengths"),
          Field("weights", .list(.scalar(.number(0...1e9))), required: true, "Their weights"),
        ]), "Given lengths"),
    ])

  static let shape: [Shape.Variant] = [
    form(
      "fixed", "Always the same",
      [
        Field("prompt", .tokens(lengthRange), required: true, "Prompt tokens"),
        Field("output", .tokens(lengthRange), required: true, "Output tokens"),
      ]),
    form(
      "independent", "Prompt and output drawn apart",
      [
        Field("prompt", length, required: true, "Law of the prompt"),
        Field("output", length, required: true, "Law of the output"),
      ]),
    form(
      "conditional", "The output's law depends on the prompt",
      [
        Field("prompt", length, required: true, "Law of the prompt"),
        Field(
          "bands",
          .list(
            .mapping([
              Field("up-to", .tokens(lengthRange), required: true, "Longest prompt of the band"),
              Field("output", length, required: true, "Law of the output"),
            ])), required: true, "Bands of prompts, shortest first; the last takes all longer ones"),
      ]),
    Shape.Variant(
      key: "empirical",
      fields: [Field("empirical", .text, required: true, "Pairs drawn from a trace")]),
  ]
}
