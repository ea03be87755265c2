import Catalog
import Scenario
import ServingEngine

/// Tables that a user puts in the place of the catalog's.
enum CatalogTargets {
  static let all = [table, world]

  private static let words = [
    "|", ",,", "\"", "measured", "published", "estimated", "GUESS", "2026-01-01", "bf16", "fp8",
    "nvfp4",
    "w4a16", "azure", "aws", "gcp", "eastus2", "on-demand", "spot", "H100-SXM", "1e21", "65536",
    "4096",
  ]

  /// The bundled tables, each with its name in front.
  private static let bundled: [[UInt8]] = CatalogFiles.bundled.contentsByName.map {
    Array($0.name.utf8) + [10] + Array($0.text.utf8)
  }

  /// The first line names the table, the others are its text.
  private static func files(_ input: [UInt8]) throws -> CatalogFiles {
    let text = try FuzzRefusal.text(input)
    let end = text.utf8.firstIndex(of: 10) ?? text.endIndex
    var files = CatalogFiles.bundled
    let rest = end == text.endIndex ? "" : String(text[text.utf8.index(after: end)...])
    try files.replace(String(text[..<end]), with: rest)
    return files
  }

  private static let table = FuzzTarget(
    "catalog", parses: "a table of a catalog of one's own", weight: 20, dictionary: words,
    seeds: { bundled },
    check: { input in
      let catalog = try Catalog(files: files(input))
      // Whatever a table says, what is asked of it first must come out.
      for model in catalog.models { _ = catalog.model(named: model.name) }
      for (a, b) in zip(catalog.regions, catalog.regions.dropFirst().prefix(20)) {
        _ = catalog.roundTrip(a, b)
      }
      for origin in catalog.origins.prefix(4) {
        for region in catalog.regions.prefix(4) {
          _ = catalog.roundTrip(origin: origin, region: region)
        }
      }
    })

  /// A catalog that is accepted serves a scenario, or the scenario says what it lacks.
  private static let world = FuzzTarget(
    "catalog-run", parses: "a table of a catalog, and a run of a scenario with it", weight: 6,
    dictionary: words, seeds: { bundled },
    check: { input in
      let catalog = try Catalog(files: files(input))
      let document = try ScenarioDocument(
        text: BaseScenario.text, path: FuzzTarget.fileName,
        overrides: ["horizon=20s", "warmup=0s"])
      let loaded = try document.world(catalog: catalog, dataDirectory: nil)
      try ScenarioTargets.play(loaded.world)
    })
}
