import Money

/// What was signed with a cloud, and how the bill is made.
extension ScenarioShape {
  static let contract = [
    Field(
      "discount", .shorthand(key: "all", discount), default: "0%",
      "Off list prices; one share, or one for each kind of charge"),
    Field("credits", .contractMoney, "Money of the cloud's that pays invoices first"),
    Field("utc-offset", .offset, default: "0h", "Clock of its calendar days and months"),
    Field(
      "commitments", .table(noun: "commitment", commitment), default: "{}",
      "Promises to spend, by name"),
    Field(
      "reservations", .table(noun: "reservation", reservedCapacity), default: "{}",
      "Reserved capacity, by name"),
    Field(
      "savings-plans", .table(noun: "savings plan", plan), default: "{}",
      "Promises of an hour, by name"),
  ]

  private static let discount =
    [Field("all", .share, default: "0%", "Off everything not named")]
    + ChargeKind.allCases.map { Field($0.name, .share, "Off \($0.name); default that of all") }

  private static let starts = Field("starts", .date, required: true, "First day")

  private static let commitment = Shape.mapping([
    Field("amount", .contractMoney, "Promised over the term; not with floors"),
    Field("floors", .list(.scalar(.contractMoney)), "Promised in each contract year"),
    Field("term", .term, "Length; default a year for each floor"),
    starts,
    Field("drawn", .contractMoney, "Eligible spending before the run; default nothing"),
    Field(
      "counts", .list(.scalar(.word(ChargeKind.allCases.map(\.name)))),
      "Kinds of charge that count; default all"),
    Field("third-party", .share, default: "100%", "Part of a marketplace's charges that counts"),
    Field(
      "third-party-cap", .share, default: "100%",
      "Most of the amount that a marketplace's charges may make up"),
    Field(
      "shortfall", .word(["billed", "lapses"]), default: "billed",
      "What becomes of what is missing"),
    Field(
      "milestones", .table(noun: "day", .scalar(.contractMoney)), default: "{}",
      "Cumulative amounts due at ends of months, by day"),
    Field("contributors", .list(.scalar(.text)), "Accounts that draw it down; default all"),
  ])

  private static let reservedCapacity = Shape.mapping([
    Field("provisioned", .text, "Deployment type of units; or give instance"),
    Field("instance", .text, "Instance type; or give provisioned"),
    Field("region", .text, required: true, "Region in the cloud"),
    Field("units", .units, "Units; with provisioned"),
    Field("count", .count(1...1_000_000), "Instances; with instance"),
    Field("term", .term, required: true, "Length"),
    starts,
    Field("price", .unitMonthMoney, "Price of a unit; default the catalog's"),
    Field("hourly", .hourlyMoney, "Price of an instance; default the catalog's"),
    Field("account", .text, "Account that owns it; default the cloud's"),
    Field("shared", .flag, default: "true", "Whether other accounts may use it"),
  ])

  private static let plan = Shape.mapping([
    Field("hourly", .hourlyMoney, required: true, "Promise of an hour"),
    Field("term", .term, required: true, "Length"),
    starts,
    Field("family", .text, "Instance family it is bound to; default any compute"),
    Field("region", .text, "Region of the family"),
    Field("discount", .share, "Off the on-demand price of every instance type; or give rates"),
    Field(
      "rates", .table(noun: "instance type", .scalar(.share)),
      "Price under the plan as a share of that on demand, by instance type"),
    Field("account", .text, "Account that owns it; default the cloud's"),
    Field("shared", .flag, default: "true", "Whether other accounts may use it"),
  ])

  static let billing = [
    Field("prices-as-of", .date, "Newest price list that counts; default the newest there is"),
    Field(
      "unused", .wordOr(["usage", "account"], unused), default: "usage",
      "To whom the unused is attributed"),
    Field("outlook", .mapping(outlook), default: "{}", "How the run stands for the time to come"),
  ]

  private static let unused = [
    Shape.Variant(
      key: "tenant",
      fields: [Field("tenant", .text, required: true, "All of it to one tenant")]),
    Shape.Variant(
      key: "shares",
      fields: [
        Field(
          "shares", .table(noun: "tenant", .scalar(.share)), required: true,
          "By fixed shares, such as those of a quota")
      ]),
  ]

  private static let outlook = [
    Field(
      "load", .ratio(0...1000), default: "100%",
      "Average demand over that of the simulated window"),
    Field("growth", .ratio(0...10), default: "0%", "Growth of demand a month"),
    Field(
      "uncertainty", .ratio(0...10), default: "20%",
      "Relative standard deviation of all spending to come"),
  ]
}
