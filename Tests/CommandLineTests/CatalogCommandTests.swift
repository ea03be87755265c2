import Foundation
import Testing

@Suite("Catalog command")
struct CatalogCommandTests {
  private func objects(_ text: String) throws -> [[String: Any]] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
  }

  @Test("without a table it lists the tables, and each of them can be shown by both names")
  func overview() throws {
    let folder = try TemporaryFolder()
    let list = try Program.run("catalog", "--format", "json", in: folder)
    #expect(list.code == 0 && list.errors.isEmpty, "\(list.errors)")
    let tables = try objects(list.output)
    #expect(tables.count == 33)
    for table in tables {
      for key in ["table", "short_name"] {
        guard let name = table[key] as? String else { continue }
        let shown = try Program.run("catalog", name, "--format", "csv", in: folder)
        #expect(shown.code == 0, "\(shown.errors)")
        // No field of a bundled table breaks a line.
        let rows = shown.output.split(separator: "\n").count - 1
        #expect(rows == table["rows"] as? Int, "\(name)")
      }
    }
    let text = try Program.run("catalog", in: folder).output
    #expect(text.contains("deployment-types") && text.contains("quotas a subscription starts"))
  }

  @Test("words search in any case, all of them in one row")
  func search() throws {
    let folder = try TemporaryFolder()
    let one = try Program.run(
      "catalog", "prices", "AZURE", "gpt-5.2", "standard", "--format", "json", in: folder)
    let rows = try objects(one.output)
    #expect(rows.compactMap { $0["model"] as? String } == ["gpt-5.2", "gpt-5.2-codex"])
    #expect(rows[0]["input_usd_per_million"] as? Double == 1.75)
    #expect(rows[0]["long_context_threshold_tokens"] is NSNull)
    #expect(rows[0]["source"] == nil)
    // A column's type does not change with what was searched for.
    let quota = try Program.run(
      "catalog", "quotas", "gpt-5.2", "data-zone", "--format", "json", in: folder)
    #expect(try objects(quota.output).allSatisfy { $0["tier"] is String })
  }

  @Test("sources and dates are shown when asked for, quoted where they must be")
  func sources() throws {
    let folder = try TemporaryFolder()
    let arguments = ["catalog", "prices", "gpt-5.5"]
    let table = try Program.run(arguments[0], arguments[1], arguments[2], in: folder)
    #expect(table.output.contains("gpt-5.5") && !table.output.contains("LiteLLM"))
    // Empty columns are left out of what people read, never of what programs read.
    #expect(!table.output.contains("cache_write_usd_per_million"))
    let csv = try Program.run(
      "catalog", "prices", "gpt-5.5", "--sources", "--format", "csv", in: folder)
    let lines = csv.output.split(separator: "\n")
    #expect(lines[0].contains(",cache_write_usd_per_million,"))
    #expect(lines[0].hasSuffix(",regional_uplift,source,date"))
    #expect(
      lines[1].contains(",\"LiteLLM price list, copy of") && lines[1].hasSuffix(",2026-07-24"))
  }

  @Test("words that are elsewhere: the note says where, the table is empty")
  func elsewhere() throws {
    let folder = try TemporaryFolder()
    let result = try Program.run("catalog", "models", "gpt-5.2", "--format", "json", in: folder)
    #expect(result.code == 0)
    #expect(try objects(result.output).isEmpty)
    #expect(
      result.errors.contains("models has no row with 'gpt-5.2'")
        && result.errors.contains("managed-models") && result.errors.contains("token-prices"))
  }

  @Test("own tables are shown in place of the bundled ones")
  func ownTables() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.file("own"), withIntermediateDirectories: true)
    let header =
      "name,aliases,per_step_us,per_sequence_us,per_layer_us,prefill_step_us,prefill_layer_us,"
      + "expert_layer_us,expert_token_us,front_end_us,front_end_token_us,largest_graph,mixes_prefill,"
      + "step_error_low,step_error_high,source,date\n"
    try folder.write(
      header + "mine,,1,2,3,0,0,0,0,0,0,512,1,0.9,1.1,me,2026\n", to: "own/engines.csv")
    let shown = try Program.run(
      "catalog", "engines", "--catalog", "own", "--sources", "--format", "csv", in: folder)
    #expect(shown.output == header + "mine,,1,2,3,0,0,0,0,0,0,512,1,0.9,1.1,me,2026\n")
    try folder.write(
      header + "mine,,fast,2,3,0,0,0,0,0,0,512,1,0.9,1.1,me,2026\n", to: "own/engines.csv")
    let refused = try Program.run("catalog", "engines", "--catalog", "own", in: folder)
    #expect(refused.code == 2 && refused.errors.contains("engines.csv:2: per_step_us is 'fast'"))
    #expect(refused.output.isEmpty)
  }

  @Test(
    "a table that does not exist: exit 2 and the nearest name",
    arguments: [("price", "prices"), ("acelerators", "accelerators"), ("quota", "quotas")])
  func unknown(name: String, nearest: String) throws {
    let folder = try TemporaryFolder()
    let result = try Program.run("catalog", name, in: folder)
    #expect(result.code == 2 && result.output.isEmpty)
    #expect(
      result.errors.contains(
        "error: the catalog has no table '\(name)' (did you mean '\(nearest)'?)"))
  }
}
