import Multicloud

/// Prompts and output computed by different replicas.
extension ScenarioShape {
  static let disaggregated = [
    Field(
      "decode", .mapping(decodeRole), required: true,
      "The replicas that produce the output: a pool of its own in tables and bills, named after this one with "
        + "-decode; what is not given here is as in this pool"),
    Field("link", .mapping(cacheLink), required: true, "What KV caches travel over"),
    Field(
      "first-token", .word(Disaggregation.FirstToken.allCases.map(\.rawValue)),
      default: Disaggregation.FirstToken.prefill.rawValue,
      "Whose first token the client sees: prefill answers at the end of the prompt, decode computes the last "
        + "prompt token once more when the cache is there, as behind vLLM's proxy"),
  ]

  private static let decodeRole = [
    Field("replicas", .count(1...1_000_000), required: true, "Replicas that decode"),
    Field("accelerator", .text, "Accelerator, from the catalog"),
    Field("tensor-parallel", .count(1...64), "Accelerators one replica is spread over"),
    Field("interconnect", .text, "Interconnect of the node"),
    Field("instance", .text, "Instance type of its machines"),
    Field("machine-price", .hourlyMoney, "Price of one of its machines"),
    Field(
      "routing", .shorthand(key: "policy", replicaRouting), default: "least-outstanding-requests",
      "How a replica is chosen when a prompt is done"),
    Field("engine", .mapping(engineChanges), default: "{}", "What differs in its serving engine"),
  ]

  /// The keys of an engine, none of which has a default: what is not given is not changed.
  private static let engineChanges = engine.map {
    Field($0.key, $0.shape, "As in the pool's engine; default the same")
  }

  private static let cacheLink = [
    Field(
      "bandwidth", .bandwidth, required: true,
      "Of a replica's interface one way, the adapters of all its accelerators together"),
    Field(
      "latency", .duration(allowsZero: true), default: "0s",
      "From the last byte sent until the cache can be used"),
    Field(
      "kv-bytes-per-token", .bytes,
      "A token's keys and values over all ranks that decode; default from model and precision; needed beside "
        + "engine.step-time"),
  ]
}
