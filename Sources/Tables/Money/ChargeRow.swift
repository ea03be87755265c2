/// A row of `charges.csv`: a line of a bill, under the column names of FOCUS 1.2 (FinOps Open Cost and
/// Usage Specification, 2025); what FOCUS has no name for begins with `x_`.
public struct ChargeRow: TextRow {
  /// Every field, in the order of the columns.
  public var fields: [TextField]

  /// Creates a row.
  public init(
    account: String, tenant: String, project: String, workload: String, start: String, end: String,
    category: String, description: String, provider: String, service: String, region: String,
    resource: String, sku: String, pricing: String, quantity: Int64?, unit: String, list: Int128,
    contracted: Int128, billed: Int128, effective: Int128, eligible: Int128,
    discount: (id: String, category: String, status: String)
  ) {
    fields = [
      .text(account), .text(tenant), .text(start), .text(end), .text(category), .text(description),
      .text(provider), .text(service), .text(region), .text(resource), .text(sku), .text(pricing),
      .integer(quantity), .text(unit), .dollars(list), .dollars(contracted), .dollars(billed),
      .dollars(effective), .text("USD"), .text(discount.id), .text(discount.category),
      .text(discount.status), .dollars(eligible), .text(project), .text(workload),
    ]
  }

  /// Shape of the table.
  public static let schema = TableSchema(
    name: "charges", version: 1,
    columns: [
      Column("BillingAccountId", .text, "Account that is invoiced"),
      Column("SubAccountId", .text, "Tenant it is charged to; empty where it stays unattributed"),
      Column("ChargePeriodStart", .text, "Start of the period, UTC"),
      Column("ChargePeriodEnd", .text, "End of the period, UTC"),
      Column("ChargeCategory", .text, "Usage, Purchase, Credit or Adjustment"),
      Column("ChargeDescription", .text, "What it is, in words"),
      Column("ProviderName", .text, "Cloud that sends the invoice"),
      Column("ServiceName", .text, "Service"),
      Column("RegionId", .text, "Region"),
      Column("ResourceId", .text, "Deployment, cloud/region/name; empty where it is for none"),
      Column("SkuId", .text, "What was bought"),
      Column("PricingCategory", .text, "Standard, Dynamic (spot), Committed or Other"),
      Column(
        "ConsumedQuantity", .integer, "Amount, in ConsumedUnit; empty where nothing was consumed"),
      Column("ConsumedUnit", .text, "Unit of the amount"),
      Column("ListCost", .decimal(12), unit: "USD", "By the public list"),
      Column("ContractedCost", .decimal(12), unit: "USD", "After negotiated discounts"),
      Column("BilledCost", .decimal(12), unit: "USD", "On the invoice"),
      Column(
        "EffectiveCost", .decimal(12), unit: "USD",
        "What it really cost: reservations and plans spread over what they cover"),
      Column("BillingCurrency", .text, "Always USD"),
      Column(
        "CommitmentDiscountId", .text,
        "Reservation, savings plan or commitment that had a part in it; or empty"),
      Column("CommitmentDiscountCategory", .text, "Usage (reservation), Spend (plan, commitment)"),
      Column("CommitmentDiscountStatus", .text, "Used or Unused; empty where none had a part"),
      Column("x_EligibleCost", .decimal(12), unit: "USD", "What of it draws commitments down"),
      Column("x_Project", .text, "Project of the tenant, and identity; or empty"),
      Column("x_Workload", .text, "Workload; empty for capacity that several share"),
    ])
}
