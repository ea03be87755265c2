/// What rows about managed models may refer to.
struct ManagedReferences {
  let models: [ManagedModelFacts]
  let types: [DeploymentTypeFacts]

  /// The row's model by its own name, not an alias: one spelling keeps rows comparable.
  func model(_ row: TableText.Row) throws(CatalogError) -> String {
    try known(row, "model", among: models.map(\.name), of: "managed_models.csv")
  }

  /// The row's cloud, which must have a deployment type.
  func cloud(_ row: TableText.Row) throws(CatalogError) -> String {
    var clouds: [String] = []
    for type in types where !clouds.contains(type.cloud) { clouds.append(type.cloud) }
    return try known(row, "cloud", among: clouds, of: "deployment_types.csv")
  }

  /// The row's deployment type, which its cloud must have.
  func deploymentType(_ row: TableText.Row, cloud: String) throws(CatalogError) -> String {
    try known(
      row, "deployment_type", among: types.filter { $0.cloud == cloud }.map(\.name),
      of: "deployment_types.csv")
  }

  private func known(
    _ row: TableText.Row, _ column: String, among names: [String], of table: String
  ) throws(CatalogError) -> String {
    let name = try row.required(column)
    guard names.contains(name) else {
      throw row.error(
        "\(column) is '\(name)'; expected one of \(table): " + names.joined(separator: ", "))
    }
    return name
  }
}
