/// What a request does beside one call, and what of its prompt is cached.
extension ScenarioShape {
  static let promptCache = [
    Field("share", .share, required: true, "Share of a prompt an earlier request had too"),
    Field("conversations", .count(1...1 << 30), required: true, "Conversations under way"),
    Field("lifetime", .duration(allowsZero: false), default: "5m", "How long a provider keeps it"),
  ]

  static let stage = Shape.variant(
    ["retrieval", "storage", "app"].map { stage($0, timed) }
      + [
        stage(
          "call",
          [
            Field(
              "model", .oneOrMore(.scalar(.text)), "Model called; default the workload's"),
            Field("shape", .variant(shape), "Lengths of the call; default the workload's"),
            Field(
              "max-tokens", .tokens(lengthRange),
              "Most output tokens of the call; default the workload's"),
          ])
      ])

  private static func stage(_ key: String, _ fields: [Field]) -> Shape.Variant {
    Shape.Variant(
      key: key,
      fields: [
        Field(key, .mapping(fields), required: true, "What the stage does"),
        Field("bytes", .bytes, default: "0 B", "Data handed to each stage after it"),
        Field(
          "after", .oneOrMore(.scalar(.text)),
          "Earlier stages it waits for, or nothing; default the one before"),
      ])
  }

  private static let timed = [
    Field("region", .text, required: true, "Region it runs in, cloud/region"),
    Field("time", .duration(allowsZero: true), required: true, "Mean time"),
    Field("variation", .ratio(0...10), default: "0%", "Coefficient of variation of the time"),
    Field("cost", .money, "What a run costs; default nothing"),
    Field("fails", .share, default: "0%", "Share of runs that fail"),
  ]
}
