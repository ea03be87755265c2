/// How an engine drafts tokens.
extension ScenarioShape {
  static let speculation = [
    Field(
      "draft-tokens", .count(1...16), required: true,
      "Tokens drafted for each sequence in each step (num_speculative_tokens)"),
    Field(
      "acceptance", .share, required: true,
      "Probability that a drafted token is right, given that those before it were"),
    Field(
      "method", .text, default: "eagle",
      "How tokens are drafted: eagle, mtp, draft-model or ngram, from the catalog's drafters"),
    Field("draft-model", .text, "Model that drafts, for method draft-model"),
    Field(
      "draft-step", .duration(allowsZero: true),
      "Time of one drafting pass, of which a step has one for each drafted token; default what the "
        + "method's kernels come to"),
    Field(
      "per-draft-token", .duration(allowsZero: true),
      "Added to a step by each drafted token it checks, where step times are given; default nothing"
    ),
  ]
}
