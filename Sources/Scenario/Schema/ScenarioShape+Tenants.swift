/// Who asks, what they are limited to and what they may spend.
extension ScenarioShape {
  static let tenant = Shape.mapping(
    level + [
      Field(
        "weight", .number(0.001...1e6), default: "1",
        "Share of the gateway's fair service against other tenants"),
      Field(
        "projects", .table(noun: "project", project), default: "{}",
        "Projects of the tenant, by name"),
    ])

  private static let project = Shape.mapping(
    level + [
      Field(
        "identities", .table(noun: "identity", .mapping(level)), default: "{}",
        "Identities of the project, by name")
    ])

  private static let level = [
    Field("limits", .mapping(limits), default: "{}", "Limits at the gateway"),
    Field("budget", .mapping(budget), "Money it may spend; default no limit"),
  ]

  private static let limits = [
    Field("tokens", .limit(noun: "tokens"), "Tokens, prompt and output together"),
    Field("requests", .limit(noun: "requests"), "Requests"),
    Field("total", .mapping(total), "Tokens in a longer period"),
  ]

  private static let total = [
    Field("tokens", .tokens(1...1_000_000_000_000_000), required: true, "Tokens in a period"),
    period,
  ]

  private static let budget = [
    Field("amount", .money, required: true, "Money in a period"),
    period,
    Field(
      "action", .word(["block", "alert"]), default: "block",
      "Whether requests are refused once it is spent, or it is only reported"),
  ]

  private static let period = Field(
    "per", .word(["hour", "day", "week", "month", "year", "run"]), default: "run",
    "Period, counted from the run's start; a month has 30 days, a year 365")
}
