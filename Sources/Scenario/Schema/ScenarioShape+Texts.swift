/// Prompts that begin alike, and the engine's cache of them.
extension ScenarioShape {
  static let prefixCache = Field(
    "prefix-cache", .flag, default: "false",
    "Use KV blocks again for prompts that begin alike, as vLLM does by default")

  static let offload = Field(
    "offload",
    .mapping([
      Field("blocks", .count(1...1 << 30), required: true, "KV blocks the host's memory holds"),
      Field(
        "load-per-block", .duration(allowsZero: true), required: true,
        "Time to load a block: its bytes over the bandwidth of the link"),
      Field(
        "load-latency", .duration(allowsZero: true), default: "0s",
        "Added for each request that loads"),
    ]),
    "Keep what the prefix cache evicts in the host's memory; default nothing")

  static let prefix = Field(
    "prefix",
    .list(
      .shorthand(
        key: "tokens",
        [
          Field("tokens", .tokens(lengthRange), required: true, "Tokens of each text"),
          Field("count", .count(1...10_000_000), default: "1", "How many texts of this length"),
          Field("weight", .number(1e-9...1e9), default: "1", "Share of the requests that have one"),
        ])),
    "Shared texts that prompts begin with, before what the shape says; default none")

  static let sessions = Field(
    "sessions",
    .mapping([
      Field("turns", length, required: true, "Turns of a session"),
      Field(
        "think", .duration(allowsZero: true), required: true,
        "Mean time between an answer and the next turn, exponential"),
      Field(
        "follow-up", .variant(shape),
        "New words and answers of the turns after the first; default those of shape"),
      Field(
        "context", .tokens(2...1 << 30),
        "Tokens of prompt and answer beyond which a session ends; default no limit"),
    ]),
    "Each arrival begins a conversation whose turns repeat what was said; default single requests")
}
