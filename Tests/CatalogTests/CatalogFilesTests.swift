import Catalog
import Foundation
import ServingEngine
import Testing

/// What a user's own tables may look like, and what is said of the wrong ones.
@Suite struct CatalogFilesTests {
  static let engines =
    "name,aliases,per_step_us,per_sequence_us,per_layer_us,prefill_step_us,prefill_layer_us,"
    + "expert_layer_us,expert_token_us,front_end_us,front_end_token_us,largest_graph,mixes_prefill,"
    + "step_error_low,step_error_high,source,date\n"

  private func problem(_ file: String, _ text: String) -> String? {
    do {
      var files = CatalogFiles.bundled
      try files.replace(file, with: text)
      _ = try Catalog(files: files)
      return nil
    } catch {
      return error.description
    }
  }

  @Test func `a table of the same name replaces the bundled one`() throws {
    var files = CatalogFiles.bundled
    try files.replace(
      "engines.csv",
      with: Self.engines
        + "mine,\"own|my \"\"own\"\"\",1,2,3,0,0,0,0,0,0,512,1,0.9,1.1,\"a, b\nc\",2026\r\n\r\n")
    let catalog = try Catalog(files: files)
    #expect(catalog.engineNames == ["mine", "own", "my \"own\""])
    #expect(catalog.engine(named: "OWN")?.perLayerMicroseconds == 3)
    #expect(catalog.engine(named: "vllm") == nil)
    #expect(catalog.models.count == (try Catalog.bundled()).models.count)
  }

  @Test func `a shorter regions table needs no round trips of its own`() throws {
    var files = CatalogFiles.bundled
    try files.replace(
      "regions.csv",
      with: "cloud,name,city,country,latitude,longitude,geography,data_zone,source,date\n"
        + "mine,here,Oslo,NO,59.9,10.8,europe,,me,2026-01\n")
    #expect(try Catalog(files: files).cloudNames == ["mine"])
  }

  @Test(arguments: [
    ("engines.csv", "", "engines.csv: the file is empty; expected a header"),
    ("engines.csv", engines, "engines.csv: no engine; expected one"),
    (
      "engines.csv", engines + "a,,1,2\n",
      "engines.csv:2: 4 fields; expected 17, as in the header"
    ),
    (
      "engines.csv",
      engines
        + "a,,1,2,3,0,0,0,0,0,0,512,1,0.9,1.1,s,2026\na,,1,2,3,0,0,0,0,0,0,512,1,0.9,1.1,s,2026\n",
      "engines.csv:3: 'a' is already the name or alias of another row"
    ),
    (
      "engines.csv", engines + "a,,1,2,3,0,0,0,0,0,0,512,1,0.9,1.1,,2026\n",
      "engines.csv:2: source is empty"
    ),
    (
      "engines.csv", engines + "a,,1,2,3,0,0,0,0,0,0,512,1,0.9,1.1,s,May\n",
      "engines.csv:2: date is 'May'; expected YYYY, YYYY-MM or YYYY-MM-DD"
    ),
    (
      "engines.csv",
      engines
        + "\"a\nb\",,1,2,3,0,0,0,0,0,0,512,1,0.9,1.1,s,2026\nc,,fast,2,3,0,0,0,0,0,0,512,1,0.9,1.1,s,2026\n",
      "engines.csv:4: per_step_us is 'fast'; expected a number from 0.0 to 1000000.0"
    ),
    (
      "engines.csv", engines + "a,,nan,2,3,0,0,0,0,0,0,512,1,0.9,1.1,s,2026\n",
      "engines.csv:2: per_step_us is 'nan'; expected a number from 0.0 to 1000000.0"
    ),
    (
      "engines.csv", engines + "\"a,,1,2,3,0,0,0,0,0,0,512,1,0.9,1.1,s,2026\n",
      "engines.csv:2: a quoted field is never closed"
    ),
    (
      "engines.csv", engines + "a\"b,,1,2,3,0,0,0,0,0,0,512,1,0.9,1.1,s,2026\n",
      "engines.csv:2: a quote inside a field that does not start with one"
    ),
    (
      "engines.csv", engines + "\"a\"b,,1,2,3,0,0,0,0,0,0,512,1,0.9,1.1,s,2026\n",
      "engines.csv:2: text after a closing quote; expected a comma"
    ),
    (
      "round_trip_model.csv", "parameter,value,source,date\nfibre_km_per_s,200000,s,2026\n",
      "round_trip_model.csv: parameter earth_radius_km is missing"
    ),
    (
      "mixed_penalties.csv",
      "accelerator,group_size,decodes,factor,source,date\nl40s,4,8,1.2,s,2026\nl40s,4,8,1.3,s,2026\n",
      "mixed_penalties.csv:3: decodes must rise within an accelerator and group size"
    ),
  ])
  func `a wrong table is refused with file, line and what was expected`(
    file: String, text: String, expected: String
  ) {
    #expect(problem(file, text) == expected)
  }

  @Test func `names that refer to nothing are refused with those that exist`() throws {
    let header = "accelerator,group_size,decodes,factor,source,date\n"
    let text = try #require(problem("mixed_penalties.csv", header + "h10,4,8,1.2,s,2026\n"))
    #expect(text.hasPrefix("mixed_penalties.csv:2: accelerator is 'h10'; expected one of t4, l4,"))
    let unknown = try #require(problem("modles.csv", ""))
    #expect(unknown.hasPrefix("modles.csv: not a catalog table; expected one of accelerators.csv"))
    let columns = try #require(problem("engines.csv", "name,alias\n"))
    #expect(columns.hasPrefix("engines.csv:1: the header is 'name,alias'; expected 'name,aliases,"))
  }

  @Test func `a folder's tables replace the bundled ones, whatever else lies there`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("catalog-\(ProcessInfo.processInfo.globallyUniqueString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data((Self.engines + "mine,,1,2,3,0,0,0,0,0,0,512,1,0.9,1.1,s,2026\n").utf8)
      .write(to: folder.appendingPathComponent("engines.csv"))
    try Data("notes".utf8).write(to: folder.appendingPathComponent("README.md"))
    var files = CatalogFiles.bundled
    try files.replaceTables(inFolder: folder.path)
    #expect(try Catalog(files: files).engineNames == ["mine"])
    try Data([0xff, 0xfe]).write(to: folder.appendingPathComponent("models.csv"))
    #expect(throws: CatalogError.self) { try files.replaceTables(inFolder: folder.path) }
    #expect(throws: CatalogError.self) {
      try files.replaceTables(inFolder: folder.path + "/missing")
    }
  }
}
