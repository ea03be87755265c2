import SimulationKernel

/// A run that was left in a directory, to be compared, checked, reported or explained.
public struct StoredRun: Sendable {
  /// The directory, as given.
  public let path: String
  /// Its manifest.
  public let manifest: Manifest

  /// Opens the run in `path`.
  ///
  /// Throws where there is no manifest, and, unless `allowsIncomplete`, where the run was
  /// interrupted.
  public init(path: String, allowsIncomplete: Bool = false) throws(TableError) {
    self.path = path
    manifest = try Manifest(directory: path)
    guard manifest.isComplete || allowsIncomplete else {
      let reached = FixedDecimal.text(manifest.simulated.nanoseconds, decimals: 9)
      throw TableError(
        .incomplete, path: path,
        problem: "the run was interrupted after \(reached) simulated seconds",
        advice: "run the scenario again and let it end")
    }
  }

  /// Checks that every file has the length and the digest that the manifest says. O(bytes).
  ///
  /// Throws where one is missing or another.
  public func verify() throws(TableError) {
    for table in manifest.tables { try verify(table) }
  }

  private func verify(_ table: FinishedTable) throws(TableError) {
    let place = place(table.file)
    let found = try InputFile.measure(place)
    guard found.bytes == table.bytes, found.sha256 == table.sha256 else {
      throw TableError(
        .mismatch, path: place,
        problem: "not the file that \(Manifest.fileName) describes: \(found.bytes) bytes, "
          + "SHA-256 \(found.sha256.prefix(12))…, expected \(table.bytes) bytes, "
          + "SHA-256 \(table.sha256.prefix(12))…",
        advice: "it was changed after the run: run the scenario again")
    }
  }

  /// Opens one of the run's tables as typed records, such as `RequestsTable.Record`. O(bytes): a table that
  /// was cut off at the end of a row is told from a whole one by its digest alone.
  ///
  /// Throws where the run has no such table, where another version wrote it, where it is not the one that was
  /// written, or where its header is another's.
  public func table<Record: TableRecord>(
    of _: Record.Type
  ) throws(TableError) -> TableReader<Record> {
    let schema = Record.schema
    guard try has(schema) else {
      throw TableError(
        .mismatch, path: place(schema.fileName), problem: "the run has no such table",
        advice: "run the scenario again with this table switched on")
    }
    return try TableReader(path: place(schema.fileName))
  }

  /// Opens one of the run's tables to be read row by row; `nil` where the run has no such table. O(bytes).
  ///
  /// Throws where another version wrote it, where it is not the one that was written, or where its header is
  /// another's.
  public func rows(of schema: TableSchema) throws(TableError) -> CSVReader? {
    guard try has(schema) else { return nil }
    return try CSVReader.open(path: place(schema.fileName), schema: schema)
  }

  /// The text of a file that is no table, such as `scenario.yaml`; `nil` where the run has none.
  ///
  /// Throws where it cannot be read as UTF-8 of at most `maximumBytes`, or is not the one that was written.
  public func text(
    of companion: String, maximumBytes: Int = 8 << 20
  ) throws(TableError) -> String? {
    let known = manifest.tables.first { $0.file == companion && $0.version == nil }
    guard let known else { return nil }
    guard known.bytes <= maximumBytes else {
      throw TableError(
        .malformed, path: place(companion), problem: "larger than \(maximumBytes) bytes")
    }
    try verify(known)
    let bytes = try InputFile.contents(of: place(companion), maximumBytes: maximumBytes)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw TableError(.malformed, path: place(companion), problem: "not UTF-8 text")
    }
    return text
  }

  private func place(_ file: String) -> String { path + "/" + file }

  /// Whether the run has a table. Throws where it has one of another version, or another than was written.
  private func has(_ schema: TableSchema) throws(TableError) -> Bool {
    guard let entry = manifest.tables.first(where: { $0.file == schema.fileName }) else {
      return false
    }
    guard entry.version == schema.version else {
      throw TableError(
        .version, path: place(schema.fileName),
        problem: "version \(entry.version ?? 0) of the table, this program reads version "
          + "\(schema.version)",
        advice:
          "run the scenario again, or read the run with plimsoll \(manifest.toolVersion), which wrote it"
      )
    }
    try verify(entry)
    return true
  }
}
