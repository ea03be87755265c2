/// What differs between versions of an engine.
extension ScenarioShape {
  static let engineVersion = Field(
    "version", .text,
    "vLLM version whose defaults hold for what is not written here, such as 0.15; default the latest "
      + "rules with 90% of memory")

  static let watermark = Field(
    "watermark", .ratio(0...0.5),
    "Share of the blocks that stay free when a request is admitted; default the version's, else none"
  )

  static let prefillFirst = Field(
    "prefill-first", .flag,
    "Compute prompts whole and before anybody decodes, as vLLM V0; default the version's, else false"
  )
}
