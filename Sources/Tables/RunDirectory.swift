/// The directory a run writes to, from the first byte to the manifest.
///
/// While the run goes, every file is called `name.partial`. `complete` renames them all and writes
/// the manifest last, by way of a temporary file that is brought to the disk first. So a directory
/// holds a whole run if and only if it holds a `manifest.json`, whatever killed the writer.
///
/// An older run in the same directory stays whole until this one is closed: its files are replaced
/// by `complete`, and also by `closeInterrupted`, because whoever interrupts a run wants to see what
/// it has. A run that fails or is killed leaves the older one alone.
///
/// One run at a time: `.plimsoll.lock` is locked (`flock`) as long as the directory is in use, and
/// removed afterwards; a lock file that a killed run has left does not hinder the next.
public final class RunDirectory {
  /// The directory, as given.
  public let path: String

  /// Name of the companion that holds the scenario with every default written out.
  public static let scenarioFile = "scenario.yaml"

  private static let lockName = ".plimsoll.lock"
  static let partialSuffix = ".partial"

  /// Names of the files that a run may leave, in addition to the tables and the manifest.
  private let companions: [String]
  private var lock: FileLock?
  private var schemas: [TableSchema] = []
  private var companionFiles: [FinishedTable] = []

  /// Creates the directory where it is missing (parents too), locks it, and removes what an earlier
  /// run that was killed has left half done.
  ///
  /// `companions` names other files that runs leave there, such as `scenario.yaml`. Throws where the
  /// path is a file, cannot be written, is in use by another run, or holds anything that no run
  /// writes.
  public init(_ path: String, companions: [String] = [scenarioFile]) throws(TableError) {
    self.path = path
    self.companions = companions
    try Directory.create(path)
    let own = ownNames
    let foreign = try Directory.entries(of: path).filter { !own.contains($0) }
    guard foreign.isEmpty else {
      let shown = foreign.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
      let more = foreign.count > 3 ? " and \(foreign.count - 3) more" : ""
      throw TableError(
        .foreignFiles, path: path,
        problem: "the directory holds what no run writes: \(shown)\(more)",
        advice: "choose an empty directory, or one with an earlier run, with --out")
    }
    lock = try takeLock()
    do {
      for name in try Directory.entries(of: path) where name.hasSuffix(Self.partialSuffix) {
        try Directory.remove(place(name))
      }
    } catch {
      // An initialiser that throws is not deinitialised.
      releaseLock()
      throw error
    }
  }

  deinit { abandon() }

  // MARK: Tables

  /// Starts `requests.csv`.
  public func requests(names: RequestsTable.Names) throws(TableError) -> RequestsTable {
    try RequestsTable(path: start(RequestsTable.schema), names: names)
  }

  /// Starts `pools_minute.csv`; `pools` by id.
  public func poolsMinute(pools: [PoolsMinuteTable.PoolNames]) throws(TableError)
    -> PoolsMinuteTable
  {
    try PoolsMinuteTable(path: start(PoolsMinuteTable.schema), pools: pools)
  }

  /// Starts a table of rows of one type; `names` by set and id.
  public func table<Row: TableRow>(
    of _: Row.Type, names: [[String]]
  ) throws(TableError) -> RowTable<Row> {
    try RowTable(path: start(Row.schema), names: names)
  }

  /// Starts a table of rows of text.
  public func table<Row: TextRow>(of _: Row.Type) throws(TableError) -> TextTableFile<Row> {
    try TextTableFile(path: start(Row.schema))
  }

  /// Starts `summary.csv`.
  public func summary() throws(TableError) -> SummaryTable {
    try SummaryTable(path: start(SummaryTable.schema))
  }

  /// Writes a file that is no table and is in `companions`, such as `scenario.yaml`.
  public func write(_ contents: some Sequence<UInt8>, as name: String) throws(TableError) {
    precondition(companions.contains(name), "a companion file must be declared")
    precondition(!companionFiles.contains { $0.file == name }, "a companion file is written once")
    companionFiles.append(try writePartial(name, Array(contents)))
  }

  // MARK: The end

  /// Ends a run that reached its end: every table under its name, `schema.csv`, then the manifest
  /// with `"complete": true`.
  ///
  /// `tables` holds what `finish()` returned for every table started here. On an error nothing looks
  /// whole, what is half done is removed, and the directory is unlocked.
  public func complete(
    _ manifest: Manifest, tables: [FinishedTable]
  ) throws(TableError) {
    do {
      try close(manifest, tables: tables, isComplete: true)
    } catch {
      abandon()
      throw error
    }
  }

  /// Ends a run that was interrupted: the same, with `"complete": false`; the manifest's simulated
  /// time says how far it got.
  public func closeInterrupted(
    _ manifest: Manifest, tables: [FinishedTable]
  ) throws(TableError) {
    do {
      try close(manifest, tables: tables, isComplete: false)
    } catch {
      abandon()
      throw error
    }
  }

  /// Gives a failed run up: removes its partial files and unlocks the directory. What an older run
  /// left stays. Also happens when the directory is let go before it was closed.
  public func abandon() {
    guard lock != nil else { return }
    for name in (try? Directory.entries(of: path)) ?? [] where name.hasSuffix(Self.partialSuffix) {
      try? Directory.remove(place(name))
    }
    releaseLock()
  }

  private func close(
    _ manifest: Manifest, tables: [FinishedTable], isComplete: Bool
  ) throws(TableError) {
    precondition(lock != nil, "a run directory is closed once")
    precondition(
      tables.map(\.file).sorted() == schemas.map(\.fileName).sorted(),
      "every table that was started must be finished, and no other")
    var schemaTable = try SchemaTable(path: start(SchemaTable.schema))
    // In the order of the schema list, whatever the order in which tables were started.
    for schema in TableSchema.all where schemas.contains(schema) { try schemaTable.append(schema) }
    let order = TableSchema.all.map(\.fileName)
    let finished =
      (tables + [try schemaTable.finish()])
      .sorted { order.firstIndex(of: $0.file)! < order.firstIndex(of: $1.file)! }
      + companionFiles

    var closed = manifest
    closed.isComplete = isComplete
    closed.tables = finished
    // Whatever can fail for want of space comes first, while an older run is still whole.
    _ = try writePartial(Manifest.fileName, Array(closed.json().utf8))

    try Directory.remove(place(Manifest.fileName))
    try Directory.synchronize(path)
    let names = finished.map(\.file)
    for name in names { try Directory.rename(place(name + Self.partialSuffix), to: place(name)) }
    for name in finalNames where !names.contains(name) { try Directory.remove(place(name)) }
    try Directory.synchronize(path)
    try Directory.rename(
      place(Manifest.fileName + Self.partialSuffix), to: place(Manifest.fileName))
    try Directory.synchronize(path)
    releaseLock()
  }

  // MARK: Names

  /// Files that a closed run may hold, the manifest apart.
  private var finalNames: [String] { TableSchema.all.map(\.fileName) + companions }

  private var ownNames: [String] {
    let names = finalNames + [Manifest.fileName]
    return names + names.map { $0 + Self.partialSuffix } + [Self.lockName]
  }

  private func place(_ name: String) -> String { path + "/" + name }

  private func start(_ schema: TableSchema) -> String {
    precondition(lock != nil, "the run directory is closed")
    precondition(!schemas.contains(schema), "a table is started once in a run")
    schemas.append(schema)
    return place(schema.fileName + Self.partialSuffix)
  }

  private func writePartial(_ name: String, _ contents: [UInt8]) throws(TableError) -> FinishedTable
  {
    let file = try OutputFile(creating: place(name + Self.partialSuffix))
    try file.write(bytes: contents)
    let digest = try file.close()
    return FinishedTable(
      file: name, version: nil, rows: nil, bytes: file.bytes, sha256: digest)
  }

  // MARK: Lock

  private func takeLock() throws(TableError) -> FileLock {
    guard let lock = try FileLock(place(Self.lockName)) else {
      throw TableError(
        .busy, path: path, problem: "another run is writing to this directory",
        advice: "wait for it to end, or choose another directory with --out")
    }
    return lock
  }

  private func releaseLock() {
    lock?.release()
    lock = nil
  }
}
