/// Low-rank adapters: what an engine has room for, and who asks for which.
extension ScenarioShape {
  static let engineAdapters = [
    Field("max", .count(1...1024), required: true, "Different ones in a batch (max_loras)"),
    Field(
      "held", .count(1...65_536),
      "Different ones in the host's memory (max_cpu_loras); default as many as max"),
    Field("rank", .count(1...512), default: "16", "Rank there is room for (max_lora_rank)"),
    Field(
      "load", .duration(allowsZero: true),
      "Time to bring one from the host's memory, for which a step waits; default by its size"),
    Field(
      "fetch", .duration(allowsZero: true),
      "Time to bring one into the host's memory, for which a step waits; default by its size"),
    Field(
      "per-step", .duration(allowsZero: true),
      "Added to a step in which anybody has one; default by the model's layers"),
    Field(
      "per-adapter", .duration(allowsZero: true),
      "Added by each different one of a step; default by its size"),
    Field(
      "per-token", .duration(allowsZero: true),
      "Added by each token computed with one; default by its size"),
  ]

  static let workloadAdapters = [
    Field("count", .count(1...1_000_000), "How many there are; default as many as weights"),
    Field(
      "zipf", .number(0...10), default: "0",
      "Exponent of their popularity: the i-th counts as i to the power of minus this"),
    Field(
      "weights", .list(.scalar(.number(0...1e9))), "Their popularity one by one, in place of zipf"),
    Field("plain", .share, default: "0%", "Share of requests without an adapter"),
  ]
}
