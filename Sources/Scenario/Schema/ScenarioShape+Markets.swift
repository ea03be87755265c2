/// Where machines come from: stocks, quotas, spot zones, and the shortages that zones share.
extension ScenarioShape {
  static let market = Shape.mapping([
    Field("region", .text, required: true, "Where it is: cloud/region"),
    Field("accelerator", .text, "Accelerator, from the catalog; default whatever its pools run on"),
    Field("instance", .text, "spot: instance type; default the first the catalog has figures of"),
    Field(
      "kind", .word(["on-demand", "spot"]), default: "on-demand",
      "Whether machines are kept as long as wanted, or taken back when supply falls"),
    Field(
      "available", .shorthand(key: "always", supply), required: true,
      "Accelerators it has to give: a number, recorded or spells"),
    Field(
      "quota", .count(0...1_000_000), "Most accelerators the account may hold; default no quota"),
    Field(
      "notice", .duration(allowsZero: true),
      "spot: time between the notice and the end of a machine; default the cloud's"),
    Field(
      "price", .share, "Price as a share of the list price; default 100%, for spot the catalog's"),
    Field("price-process", .mapping(priceProcess), "spot: how the price moves; default not at all"),
    Field(
      "limit", .share,
      "spot: highest price that is paid; above it there is no supply; needs price-process"),
    Field(
      "interruptions", .share,
      "spot: machines taken back in a month, shortages apart; default the catalog's where available is "
        + "a number, else none"),
  ])

  private static let supply = [
    Field("always", .count(0...1_000_000), "Always this many"),
    Field("recorded", .mapping(recorded), "As it was recorded, or is planned"),
    Field("spells", .mapping(spells), "Comes and goes in spells"),
  ]

  private static let recorded = [
    Field(
      "file", .text,
      "CSV file of intervals beside the scenario or in the data folder; or give steps"),
    Field("zone", .text, "file: zone; default the only one"),
    Field("instance", .text, "file: instance; default the only one"),
    Field(
      "start", .text, "file: start of the recording, as the file writes it; default the only one"),
    Field(
      "accelerators", .count(1...1_000_000), default: "1", "file: accelerators of a recorded node"),
    Field(
      "steps",
      .list(
        .mapping([
          Field("at", .duration(allowsZero: true), required: true, "From when on; the first 0s"),
          Field("level", .count(0...1_000_000), required: true, "Accelerators"),
        ])), "Levels in order of time; or give file"),
    Field("length", .duration(allowsZero: false), "steps: when they begin again; default never"),
  ]

  private static let spells =
    [
      Field("level", .count(1...1_000_000), required: true, "Accelerators while there are some"),
      Field("low", .count(0...1_000_000), default: "0", "Accelerators in a shortage"),
    ] + spellPair + [
      Field("common", .text, "Shortages it shares, by name in common-spells; default none"),
      Field("exposure", .share, default: "100%", "Part of the shared shortages that reach it"),
    ]

  static let commonSpells = Shape.mapping(spellPair)

  private static let spellPair = [
    Field("up", spell, required: true, "How long there are some"),
    Field("down", spell, required: true, "How long there are none"),
  ]

  /// The law of a spell: `43m`, or a mean with a coefficient of variation.
  private static let spell = Shape.shorthand(
    key: "mean",
    [
      Field("mean", .duration(allowsZero: false), required: true, "Mean length"),
      Field(
        "cv", .ratio(0...20),
        "Coefficient of variation: a lognormal law, of 0 a fixed length; default an exponential law"
      ),
    ])

  private static let priceProcess = [
    Field(
      "deviation", .ratio(0...10), required: true,
      "Standard deviation of the price's logarithm in the long run"),
    Field(
      "reversion", .duration(allowsZero: false), required: true,
      "Time in which a deviation falls to 1/e"),
    Field("floor", .share, required: true, "Lowest price as a share of the list price"),
    Field("step", .duration(allowsZero: false), default: "1h", "Time between two prices"),
  ]
}
