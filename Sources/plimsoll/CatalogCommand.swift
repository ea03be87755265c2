import ArgumentParser
import Catalog
import Report
import Scenario

struct CatalogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalog",
    abstract: "Look at the facts simulations are made from.",
    discussion: """
      Without a table, lists the tables. With words to search for, prints the rows in which each of \
      them occurs, whatever its case.

      Examples:
        plimsoll catalog                                 the tables
        plimsoll catalog managed gpt-5                   models sold by the token
        plimsoll catalog prices azure gpt-5.2 --sources  with where each price comes from
        plimsoll catalog provisioned --format csv
        plimsoll catalog regions europe --format json
        plimsoll catalog quotas --catalog my-tables      with own tables
      """)

  @Argument(help: "Table, such as accelerators, prices or deployment-types.")
  var table: String?

  @Argument(help: "Words that must occur in a row.")
  var search: [String] = []

  @Option(help: "How to print rows: table, csv or json.")
  var format: OutputFormat = .table

  @Option(
    name: .customLong("catalog"),
    help: ArgumentHelp(
      "Folder with CSV tables that replace the bundled ones of the same name.",
      valueName: "folder"))
  var catalogDirectory: String?

  @Flag(help: "Show source and date of every row.")
  var sources = false

  func run() throws {
    let catalog = try Catalog.withTables(ofFolder: catalogDirectory)
    guard let table else {
      standardOutput(print(Self.overview(catalog)))
      return
    }
    guard let listing = catalog.listing(named: table) else {
      let hint = NearestName.hint(for: table, among: Catalog.listingNames)
      throw Failure.input("error: the catalog has no table '\(table)'\(hint)")
    }
    let text = CatalogText(listing, matching: search, withSources: sources)
    if text.rows.isEmpty && !search.isEmpty { standardError(noRow(listing.heading.name, catalog)) }
    standardOutput(print(text))
  }

  private func print(_ text: CatalogText) -> String {
    switch format {
    case .table: text.table
    case .csv: text.csv
    case .json: text.json
    }
  }

  /// The tables of a catalog as a table.
  private static func overview(_ catalog: Catalog) -> CatalogText {
    CatalogText(
      columns: ["table", "short_name", "rows", "holds"],
      rows: Catalog.listings.map { heading in
        let rows = catalog.listing(named: heading.name)?.rows.count ?? 0
        return [heading.name, heading.shortName ?? "", "\(rows)", heading.summary]
      })
  }

  /// Says which other tables hold the words, for those who look in the wrong one.
  private func noRow(_ name: String, _ catalog: Catalog) -> String {
    let others = Catalog.listings.map(\.name).filter { other in
      guard other != name, let listing = catalog.listing(named: other) else { return false }
      return !CatalogText(listing, matching: search, withSources: sources).rows.isEmpty
    }
    let words = search.joined(separator: " ")
    let hint = others.isEmpty ? "" : "; these tables have some: " + others.joined(separator: ", ")
    return "note: \(name) has no row with '\(words)'\(hint)"
  }
}

extension Catalog {
  /// The bundled catalog with the tables of a folder in place of those of the same name.
  static func withTables(ofFolder folder: String?) throws -> Catalog {
    do {
      var files = CatalogFiles.bundled
      if let folder { try files.replaceTables(inFolder: folder) }
      return try Catalog(files: files)
    } catch {
      throw Failure.input("error: \(error)")
    }
  }
}
