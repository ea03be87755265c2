import Scenario
import Tables

/// The manifest beside the results of a sweep: from what they were made, how much of the plan is in
/// them, and the hashes of both files. Equal results have equal manifests; no clock is in it.
struct SweepManifest {
  let sweep: Sweep
  let finished: SweepTable.Finished
  let path: String
  let missing: [SweepCell]

  /// Version of its own shape.
  static let formatVersion = 1

  func json() -> String {
    let plan = sweep.plan
    var json = JSONWriter()
    json.beginObject()
    json.integer(Self.formatVersion, "format_version")
    json.string(sweep.source.toolVersion, "tool_version")
    json.boolean(missing.isEmpty, "complete")
    json.string(fileName(plan.scenarioPath), "scenario")
    json.string(sweep.scenarioHash, "scenario_sha256")
    json.beginArray("overrides")
    for override in sweep.source.overrides { json.string(override) }
    json.end()
    json.beginArray("axes")
    for column in plan.columns { json.string(column) }
    json.end()
    json.integer(plan.combinations.count, "combinations")
    json.integer(plan.seeds.count, "seeds")
    json.integer(sweep.cells.count, "cells")
    json.beginArray("missing")
    for cell in missing { json.string(cell.identity) }
    json.end()
    json.beginArray("tables")
    add(finished.results, path, &json)
    add(finished.schema, SweepTable.schemaPath(path), &json)
    json.end()
    json.end()
    return json.finish()
  }

  private func add(_ table: FinishedTable, _ path: String, _ json: inout JSONWriter) {
    json.beginObject()
    json.string(fileName(path), "name")
    json.integer(table.version, "version")
    json.integer(table.rows, "rows")
    json.integer(table.bytes, "bytes")
    json.string(table.sha256, "sha256")
    json.end()
  }

  /// The folders in front say where a machine keeps a file, not what it is.
  private func fileName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
