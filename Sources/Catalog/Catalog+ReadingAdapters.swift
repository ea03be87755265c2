import ServingEngine

extension Catalog {
  /// Reads what adapters cost; every parameter must be there.
  static func readAdapterCosts(_ files: CatalogFiles) throws(CatalogError) -> AdapterCosts {
    let rows = try CatalogTable.adapterCosts.rows(in: files)
    var values: [String: Double] = [:]
    var evidence = Evidence.measured
    let names = [
      "launch_us", "memory_efficiency", "compute_efficiency", "load_bytes_per_second",
      "fetch_bytes_per_second",
    ]
    for row in rows {
      let name = try row.required("parameter")
      guard names.contains(name) else {
        throw row.error(
          "parameter is '\(name)'; expected one of \(names.joined(separator: ", "))")
      }
      if values[name] != nil { throw row.error("'\(name)' is there twice") }
      values[name] = try row.number("value", in: 1e-3...1e15)
      let rests: Evidence = try row.choice("evidence")
      if rests == .guess { evidence = .guess }
    }
    func value(_ name: String) throws(CatalogError) -> Double {
      guard let value = values[name] else {
        throw CatalogError(
          file: CatalogTable.adapterCosts.fileName, problem: "parameter \(name) is missing")
      }
      return value
    }
    return AdapterCosts(
      launchMicroseconds: try value("launch_us"), memoryEfficiency: try value("memory_efficiency"),
      computeEfficiency: try value("compute_efficiency"),
      loadBytesPerSecond: try value("load_bytes_per_second"),
      fetchBytesPerSecond: try value("fetch_bytes_per_second"), evidence: evidence)
  }
}
