import Experiment
import Report
import SimulationKernel
import Tables

/// Tables and files of runs that are read back, one at a time.
enum TableTargets {
  static let all = [table, requests, pools, summary, replications, manifest, cell, baseline]

  private static let words = [
    "\"", "\"\"", ",,", "completed", "rejected", "in_flight", "simulated", "estimated", "all",
    "workload", "pool", "9223372036854775807", "9223372036.854775807", "0.000001", "1e308", "true",
  ]

  // MARK: Tables

  /// The table whose header comes nearest to that of the input, as a whole line if it can be.
  private static func schema(_ input: [UInt8]) -> TableSchema {
    let header = input.prefix { $0 != 10 && $0 != 13 }
    var best = (schema: RequestsTable.schema, common: -1)
    for schema in TableSchema.all {
      let own = Array(schema.columns.map(\.name).joined(separator: ",").utf8)
      let common = zip(own, header).prefix { $0 == $1 }.count
      let score = own.elementsEqual(header) ? Int.max : common
      if score > best.common { best = (schema, score) }
    }
    return best.schema
  }

  private static let table = FuzzTarget(
    "table", parses: "any table that a run leaves, column by column", weight: 100,
    dictionary: words,
    namesFile: true
  ) { input in
    let schema = schema(input)
    let place = ScratchFolder.shared.write(input)
    var reader = try CSVReader.open(path: place, schema: schema)
    var written = Array((schema.columns.map(\.name).joined(separator: ",") + "\n").utf8)
    var rows: [[String]] = []
    while try reader.nextRow() {
      var fields: [String] = []
      for (index, column) in schema.columns.enumerated() {
        fields.append(try reader.text(index))
        switch column.type {
        case .text: break
        case .integer: _ = try reader.integer(index)
        case .flag: _ = try reader.flag(index)
        case .decimal(12): _ = try reader.picodollars(index)
        case .decimal(let decimals): _ = try reader.fixed(index, decimals: decimals)
        case .real: _ = try reader.real(index)
        }
      }
      for (index, field) in fields.enumerated() {
        if index > 0 { written.append(UInt8(ascii: ",")) }
        appendEscaped(field, to: &written)
      }
      written.append(UInt8(ascii: "\n"))
      rows.append(fields)
    }
    do {
      var again = try CSVReader.open(path: ScratchFolder.shared.write(written), schema: schema)
      var row = 0
      while try again.nextRow() {
        for index in schema.columns.indices {
          try FuzzViolation.unless(
            row < rows.count && again.text(index) == rows[row][index], "a row reads back to another"
          )
        }
        row += 1
      }
      try FuzzViolation.unless(row == rows.count, "\(rows.count) rows read back to \(row)")
    } catch let error as TableError {
      throw FuzzViolation("a table that was written is refused: \(error)")
    }
  }

  private static func records<Record: TableRecord>(
    _ name: String, _ what: String, _: Record.Type
  ) -> FuzzTarget where Record: SendableMetatype {
    FuzzTarget(name, parses: what, weight: 50, dictionary: words, namesFile: true) { input in
      _ = try TableReader<Record>.all(path: ScratchFolder.shared.write(input))
    }
  }

  private static let requests = records(
    "table-requests", "requests.csv", RequestsTable.Record.self)
  private static let pools = records(
    "table-pools", "pools_minute.csv", PoolsMinuteTable.Record.self)
  private static let summary = records("table-summary", "summary.csv", SummaryTable.Record.self)
  private static let replications = records(
    "table-replications", "replications.csv", ReplicationRow.Record.self)

  // MARK: Files

  private static let manifest = FuzzTarget(
    "manifest", parses: "manifest.json of a run", weight: 60,
    dictionary: [
      "format_version", "tool_version", "complete", "scenario", "inputs", "seed", "overrides",
      "started_utc", "wall_seconds", "simulated_seconds", "fingerprint", "tables", "null", "true",
      "[[", "{",
      "\"2026-02-29T00:00:00Z\"", "\"9999-12-31T23:59:59Z\"", "\\u0000", "\\ud800",
      "18446744073709551615",
      "9223372036.854775808",
    ], namesFile: true
  ) { input in
    let manifest = try Manifest(json: input, path: FuzzTarget.fileName)
    let text = manifest.json()
    let again: Manifest
    do {
      again = try Manifest(json: text.utf8, path: FuzzTarget.fileName)
    } catch {
      throw FuzzViolation("a manifest that was written is refused: \(error)\n\(text.prefix(2000))")
    }
    try FuzzViolation.unless(again == manifest, "a manifest reads back to another one")
  }

  /// A cell's last row seals it: nearly every change of a byte is refused by that alone. So the input comes
  /// without its seal, and gets one that fits.
  private static let cell = FuzzTarget(
    "cell", parses: "a finished cell of a sweep", weight: 50,
    dictionary: words + [
      "input", "run", "end", "fingerprint", "sha256", "override", "program", "format",
    ],
    namesFile: true
  ) { input in
    let scratch = ScratchFolder.shared
    let sealed = CellTable.sealed(input)
    let cell = try CellTable(path: scratch.write(sealed))
    let again: CellTable
    do {
      again = try CellTable(path: scratch.write(cell.bytes()))
    } catch {
      throw FuzzViolation("a cell that was written is refused: \(error)")
    }
    try FuzzViolation.unless(again == cell, "a cell reads back to another one")
  }

  private static let baseline = FuzzTarget(
    "baseline", parses: "a baseline of check, and its comparison with itself and with no change",
    weight: 40,
    dictionary: [
      "plimsoll_baseline", "program", "scenario_sha256", "seeds", "inputs", "fingerprints",
      "figures",
      "kind", "scope", "metric", "unit", "source", "values", "parts", "checkpoints", "at_s",
      "events",
      "arrived", "completed", "lost", "null", "1e308", "-1e308", "5e-324", "ffffffffffffffff",
      "requests_arrived", "simulated",
    ], namesFile: true
  ) { input in
    let baseline = try Baseline(text: input, path: FuzzTarget.fileName)
    let text = baseline.text
    let again: Baseline
    do {
      again = try Baseline(text: Array(text.utf8), path: FuzzTarget.fileName)
    } catch {
      throw FuzzViolation("a baseline that was written is refused: \(error)\n\(text.prefix(2000))")
    }
    try FuzzViolation.unless(again.text == text, "a baseline reads back to another one")
    var moved = baseline
    moved.figures = moved.figures.map { figure in
      var figure = figure
      figure.values = figure.values.map { $0.map { $0 * 1.5 + 1 } }
      return figure
    }
    for current in [baseline, moved] {
      let comparison = BaselineComparison(
        baseline, current,
        rules: CheckRules(alpha: 0.05, relevance: 0.01, tolerances: [], isExact: false))
      for figure in comparison.figures { _ = FigureText.change(figure) }
    }
  }
}
