import Foundation
import Tables
import Testing

/// The pages of `docs` that the program writes itself.
@Suite("Reference pages")
struct ReferencePagesTests {
  @Test(
    "are what the program prints",
    arguments: [("scenario", "scenario-reference"), ("tables", "tables")])
  func areUpToDate(argument: String, page: String) throws {
    let folder = try TemporaryFolder()
    let printed = try Program.run("schema", argument, in: folder)
    let kept = try String(
      contentsOfFile: Program.root + "/docs/\(page).md", encoding: .utf8)
    #expect(printed.code == 0, "\(printed.errors)")
    #expect(printed.output == kept, "docs/\(page).md is old; 'make reference' renews it")
  }

  @Test("name every table, column and unit once")
  func tablesAreWhole() {
    let page = TableReference.markdown
    for schema in TableSchema.all {
      #expect(schema.row != nil, "TableSchema.row does not say what a row of \(schema.name) is")
      #expect(page.components(separatedBy: "## \(schema.fileName)\n").count == 2)
      for column in schema.columns {
        #expect(page.contains("| `\(column.name)` | \(column.type) | \(column.unit) |"))
        #expect(!column.meaning.isEmpty, "\(schema.name).\(column.name) has no meaning")
      }
    }
  }

  @Test("lead from every link to a section")
  func linksLead() throws {
    let folder = try TemporaryFolder()
    for argument in ["scenario", "tables"] {
      let page = try Program.run("schema", argument, in: folder).output
      let headings = page.split(separator: "\n").filter { $0.hasPrefix("## ") }
      let anchors = headings.map { heading in
        String(
          heading.dropFirst(3).lowercased().replacing(" ", with: "-").filter {
            $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_"
          })
      }
      #expect(Set(anchors).count == anchors.count, "two sections of one name")
      let links = page.components(separatedBy: "](#").dropFirst().map { $0.prefix { $0 != ")" } }
      #expect(links.count > 10)
      for link in links { #expect(anchors.contains(String(link)), "no section #\(link)") }
    }
  }
}
