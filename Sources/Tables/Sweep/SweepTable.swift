import Glibc

/// The results of a sweep in one long table: a row for each figure of each cell.
public struct SweepTable: ~Copyable {
  /// What a row says of its cell.
  public struct Cell: Hashable, Sendable {
    /// First 16 digits of the cell's identity.
    public var identity: String
    /// What stands in each column that varies; `nil` where the scenario's own does.
    public var values: [String?]
    /// Seed of the run.
    public var seed: UInt64

    /// Creates a cell.
    public init(identity: String, values: [String?], seed: UInt64) {
      self.identity = String(identity.prefix(16))
      self.values = values
      self.seed = seed
    }
  }

  /// Shape of the table where `axes` vary.
  public static func schema(axes: [String]) -> TableSchema {
    TableSchema(
      name: "results", version: 1,
      columns: [
        Column("cell", .text, "First 16 digits of the cell's identity: the name of its file")
      ]
        + axes.map {
          Column($0, .text, "What was put there by --set; empty where the scenario's own stands")
        } + [
          Column("seed", .integer, "Seed of the run"),
          Column("scope_kind", .text, "What the figure is about, as in summary.csv"),
          Column("scope", .text, "Name of what it is about; empty for the whole run"),
          Column("metric", .text, "Name of the metric"),
          Column("unit", .text, "Unit of the value; 1 for a plain fraction"),
          Column("source", .text, "simulated, estimated or extrapolated"),
          Column("value", .real, "The value; empty where there is none"),
        ])
  }

  /// What a table and its description came to.
  public struct Finished: Sendable {
    /// The table.
    public var results: FinishedTable
    /// Its description.
    public var schema: FinishedTable
  }

  private var writer: CSVWriter
  private let lock: FileLock?
  private let path: String
  private let shape: TableSchema

  /// Starts the table at `path`; it takes its name in ``finish(manifest:)``.
  public init(path: String, axes: [String]) throws(TableError) {
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try Directory.create(String(path[..<slash]))
    }
    for place in [path, Self.schemaPath(path), Self.manifestPath(path)] {
      try Directory.requireFilePlace(place)
      try Directory.requireFilePlace(place + RunDirectory.partialSuffix)
    }
    let lock = try Self.takeLock(path)
    let schema = Self.schema(axes: axes)
    let writer = try CSVWriter(path: path + RunDirectory.partialSuffix, schema: schema)
    self.writer = writer
    self.lock = lock
    shape = schema
    self.path = path
  }

  /// Appends a figure of a cell.
  public mutating func append(_ cell: Cell, _ figure: CellTable.Row) throws(TableError) {
    try writer.appendText(cell.identity)
    for value in cell.values { try writer.appendText(value ?? "") }
    try writer.appendUnsigned(cell.seed)
    for field in figure.fields { try writer.appendText(field) }
    try writer.endRow()
  }

  /// The description's file beside a table: `results.schema.csv` of `results.csv`.
  public static func schemaPath(_ path: String) -> String { stem(path) + ".schema.csv" }

  /// The manifest's file beside a table: `results.manifest.json` of `results.csv`.
  public static func manifestPath(_ path: String) -> String { stem(path) + ".manifest.json" }

  private static func stem(_ path: String) -> String {
    path.hasSuffix(".csv") ? String(path.dropLast(4)) : path
  }

  /// Brings everything to the disk and gives it its name: table and description, then the manifest, which
  /// is not there as long as they change. On an error what was begun is removed, and nothing looks whole
  /// that is not.
  ///
  /// - Parameter manifest: The manifest's text, made from what the table came to.
  public consuming func finish(
    manifest: (Finished) -> String
  ) throws(TableError) {
    let path = path
    let shape = shape
    let lock = lock
    defer { lock?.release() }
    let places = [path, Self.schemaPath(path), Self.manifestPath(path)]
    let partials = places.map { $0 + RunDirectory.partialSuffix }
    do {
      let results = try writer.finish()
      var description = try SchemaTable(path: partials[1])
      try description.append(shape)
      let finished = Finished(results: results, schema: try description.finish())
      // Whatever can fail for want of space comes first, while older results are still whole.
      let file = try OutputFile(creating: partials[2])
      try file.write(bytes: Array(manifest(finished).utf8))
      _ = try file.close()
      let folder = Directory.parent(of: path)
      try Directory.remove(places[2])
      try Directory.synchronize(folder)
      try Directory.rename(partials[0], to: places[0])
      try Directory.rename(partials[1], to: places[1])
      try Directory.synchronize(folder)
      try Directory.rename(partials[2], to: places[2])
      try Directory.synchronize(folder)
    } catch {
      for partial in partials { try? Directory.remove(partial) }
      throw error
    }
  }

  /// Gives the table up: removes what was begun; an older one stays.
  public consuming func abandon() {
    try? Directory.remove(path + RunDirectory.partialSuffix)
    lock?.release()
  }

  /// Two merges into one place would mix their files. Where a file system cannot lock, as that of a cluster
  /// may not, nobody is held off.
  private static func takeLock(_ path: String) throws(TableError) -> FileLock? {
    let name = path.split(separator: "/").last ?? "results"
    do throws(TableError) {
      guard let lock = try FileLock("\(Directory.parent(of: path))/.\(name).lock") else {
        throw TableError(
          .busy, path: path, problem: "another merge is writing to this file",
          advice: "wait for it to end, or name another file")
      }
      return lock
    } catch {
      switch error.kind {
      case .system(ENOLCK), .system(ENOTSUP), .system(ENOSYS): return nil
      default: throw error
      }
    }
  }
}
