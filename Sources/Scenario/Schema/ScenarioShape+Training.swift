import Money

/// Training jobs beside inference.
extension ScenarioShape {
  static let trainingJob = Shape.mapping([
    Field("market", .text, required: true, "Market its machines come from"),
    Field("accelerators", .count(1...1_000_000), required: true, "Accelerators of the gang"),
    Field(
      "work", .duration(allowsZero: false), required: true,
      "Time the whole gang takes where nothing interrupts it, checkpoints not counted"),
    Field("at", .duration(allowsZero: true), default: "0s", "When it is submitted"),
    Field(
      "deadline", .duration(allowsZero: false), "When it shall be done, from the run's start"),
    Field("checkpoint", .mapping(checkpoint), "How it saves its work; default not at all"),
    Field(
      "restart", durationLaw, default: "0s", "From having its machines to working"),
    Field("preemptible", .flag, default: "true", "Whether inference may take its machines"),
    Field(
      "priority", .count(0...1_000_000), default: "0",
      "Lower ones get machines first, and lose them last"),
    Field(
      "mtbf", .duration(allowsZero: false),
      "Mean time between faults of one accelerator at work; default never"),
    Field("tenant", .text, "Who pays: tenant or tenant/project"),
    Field(
      "purchase", .word(PurchaseOption.allCases.map(\.name)), default: "on-demand",
      "How its machines are bought; those of a spot market are spot"),
    Field("instance", .text, "Instance type of its machines; default the cheapest that fits"),
    Field(
      "machine-price", .hourlyMoney, "Price of one of its machines; default the catalog's"),
  ])

  private static let checkpoint = [
    Field("every", .duration(allowsZero: false), required: true, "Work between two checkpoints"),
    Field(
      "takes", .duration(allowsZero: true), default: "0s",
      "Time of a checkpoint, in which nothing else is done"),
  ]

  static let spot = [
    Field(
      "zones", .list(.scalar(.text)), required: true, "Spot markets to place replicas over"),
    Field("fallback", .text, "Market whose machines stand in; default none"),
    Field(
      "base-on-demand", .count(0...1_000_000), default: "0", "Replicas of the fallback always"),
    Field(
      "over-provision", .count(0...1_000_000), default: "0",
      "Spot replicas beyond what is wanted"),
    Field(
      "dynamic-fallback", .flag, default: "true",
      "Whether the fallback stands in for each spot replica that is not ready"),
  ]
}
