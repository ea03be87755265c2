/// A row of `placements.csv`: a deployment and what is paid to have it there.
public struct PlacementRow: TextRow {
  /// Every field, in the order of the columns.
  public var fields: [TextField]

  /// Creates a row; amounts in picodollars.
  public init(
    deployment: String, account: String, kind: String, model: String, sku: String, units: Int64,
    unit: String, purchase: String, unitHour: Int128?, hour: Int128?, discount: String
  ) {
    fields = [
      .text(deployment), .text(account), .text(kind), .text(model), .text(sku), .integer(units),
      .text(unit), .text(purchase), .dollars(unitHour), .dollars(hour), .text(discount),
    ]
  }

  /// Shape of the table.
  public static let schema = TableSchema(
    name: "placements", version: 1,
    columns: [
      Column("deployment", .text, "Pool or endpoint, cloud/region/name"),
      Column("account", .text, "Account that is invoiced"),
      Column("kind", .text, "pool, or how an endpoint's capacity is sold"),
      Column("model", .text, "Model it serves"),
      Column("sku", .text, "Instance type of a pool, deployment type of an endpoint"),
      Column("units", .integer, "Instances or provisioned units; 0 for pay as you go"),
      Column("unit", .text, "instance, unit or token"),
      Column(
        "purchase", .text, "on-demand, reserved-1y, reserved-3y, spot, capacity-block or tokens"),
      Column("unit_price_usd_h", .decimal(12), unit: "USD/h", "List price of a unit for an hour"),
      Column("capacity_usd_h", .decimal(12), unit: "USD/h", "List price of all units for an hour"),
      Column("discounts", .text, "Reservations and plans that match it"),
    ])
}
