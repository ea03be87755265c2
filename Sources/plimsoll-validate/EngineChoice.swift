import ArgumentParser
import Catalog
import ServingEngine

/// The engine a log came from, by names of the catalog.
struct EngineChoice {
  var accelerator: String
  var model: String
  var tensorParallel: Int
  var host: String
  var kvBlocks: Int?
  var maxSequences: Int?
  var maxBatchedTokens: Int?

  /// Resolves the names; throws with what is unknown.
  func resolve(_ catalog: Catalog) throws -> ServingConfiguration {
    guard let accelerator = catalog.accelerator(named: accelerator) else {
      throw ValidationError("unknown accelerator '\(accelerator)'")
    }
    guard let model = catalog.model(named: model) else {
      throw ValidationError("unknown model '\(model)'")
    }
    guard let host = catalog.engine(named: host) else {
      throw ValidationError("unknown host '\(host)'; there is: \(catalog.engineNames)")
    }
    guard let interconnect = catalog.defaultInterconnect(of: accelerator) else {
      throw ValidationError("the catalog has no interconnect for '\(accelerator.name)'")
    }
    var scheduler = SchedulerOverrides()
    scheduler.kvBlocks = kvBlocks
    scheduler.maxSequences = maxSequences
    scheduler.maxBatchedTokens = maxBatchedTokens
    return try EngineDeployment(
      accelerator: accelerator, model: model, tensorParallel: tensorParallel,
      interconnect: interconnect, host: host, scheduler: scheduler
    ).resolve()
  }
}

extension Catalog {
  /// The bundled catalog, with tables of `folder` in place of its own where one is given.
  static func withTables(inFolder folder: String?) throws -> Catalog {
    guard let folder else { return try bundled() }
    var files = CatalogFiles.bundled
    try files.replaceTables(inFolder: folder)
    return try Catalog(files: files)
  }
}
