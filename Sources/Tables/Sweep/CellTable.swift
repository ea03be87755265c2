/// The file of one cell of a sweep: what it was made from, what it came to, and a closing row that
/// proves it whole.
///
/// It is a table like any other. Rows whose `scope_kind` is `input` come first and say what the cell
/// was made from; their bytes hash to the cell's identity, which is also the file's name. The figures
/// follow as in `summary.csv`. The last row holds the number of rows before it and the SHA-256 of all
/// bytes before it, so that a file that was cut off or changed is never taken for a cell.
public struct CellTable: Hashable, Sendable {
  /// Version of the format; it is one of a cell's inputs.
  public static let formatVersion = 1

  /// A row of the file.
  public struct Row: Hashable, Sendable {
    /// What it is about: `input`, or as in `summary.csv`.
    public var scopeKind: String
    /// Name of what it is about.
    public var scope: String
    /// Name of the metric or the input.
    public var metric: String
    /// Unit of the value.
    public var unit: String
    /// Where the value comes from.
    public var source: String
    /// The value as it is printed; empty where there is none.
    public var value: String

    /// Creates a row.
    public init(
      scopeKind: String, scope: String, metric: String, unit: String, source: String, value: String
    ) {
      self.scopeKind = scopeKind
      self.scope = scope
      self.metric = metric
      self.unit = unit
      self.source = source
      self.value = value
    }

    /// A figure of a run.
    public init(_ row: SummaryTable.Row) {
      self.init(
        scopeKind: row.scopeKind.rawValue, scope: row.scope, metric: row.metric, unit: row.unit,
        source: row.source.rawValue, value: row.value.text ?? "")
    }

    var fields: [String] { [scopeKind, scope, metric, unit, source, value] }
  }

  /// What a cell is made from.
  public struct Input: Hashable, Sendable {
    /// Its kind: `program`, `format`, `scenario`, `file`, `override` or `seed`.
    public var kind: String
    /// Its name; of an override its path.
    public var name: String
    /// Its version, hash or value.
    public var value: String

    /// Creates an input.
    public init(kind: String, name: String = "", value: String) {
      self.kind = kind
      self.name = name
      self.value = value
    }

    var row: Row {
      Row(scopeKind: "input", scope: kind, metric: name, unit: "", source: "", value: value)
    }
  }

  /// Inputs in their order.
  public var inputs: [Input]
  /// Hash of the run's event stream, 16 hexadecimal digits.
  public var fingerprint: String
  /// The figures, as in `summary.csv`.
  public var figures: [Row]

  /// Creates the content of a cell.
  public init(inputs: [Input], fingerprint: UInt64, figures: [Row]) {
    self.inputs = inputs
    let digits = String(fingerprint, radix: 16)
    self.fingerprint = String(repeating: "0", count: 16 - digits.count) + digits
    self.figures = figures
  }

  /// Shape of the file.
  public static let schema = TableSchema(
    name: "cell", version: formatVersion,
    columns: [
      Column("scope_kind", .text, "input, run, a kind of summary.csv, or end"),
      Column("scope", .text, "Kind of input, or name of what the figure is about"),
      Column("metric", .text, "Name of the input or metric"),
      Column("unit", .text, "Unit of the value; 1 for a plain fraction"),
      Column("source", .text, "simulated, estimated or extrapolated"),
      Column("value", .text, "The value; empty where there is none"),
    ])

  // MARK: Identity

  /// The identity of a cell made from these: SHA-256, 64 hexadecimal digits.
  public static func identity(of inputs: [Input]) -> String {
    var bytes: [UInt8] = []
    for input in inputs { append(input.row, to: &bytes) }
    return SHA256.hexDigest(of: bytes)
  }

  // MARK: Writing

  /// The bytes of the file, the closing row included.
  public func bytes() -> [UInt8] {
    var bytes = Array((Self.schema.columns.map(\.name).joined(separator: ",") + "\n").utf8)
    let rows = inputs.map(\.row) + [fingerprintRow] + figures
    for row in rows { Self.append(row, to: &bytes) }
    let closing = Self.closing(
      identity: Self.identity(of: inputs), rows: rows.count, digest: SHA256.hexDigest(of: bytes))
    Self.append(closing, to: &bytes)
    return bytes
  }

  private var fingerprintRow: Row {
    Row(
      scopeKind: "run", scope: "", metric: "fingerprint", unit: "", source: "simulated",
      value: fingerprint)
  }

  private static func closing(identity: String, rows: Int, digest: String) -> Row {
    Row(
      scopeKind: "end", scope: identity, metric: "sha256", unit: "", source: String(rows),
      value: digest)
  }

  private static func append(_ row: Row, to bytes: inout [UInt8]) {
    for (index, field) in row.fields.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      appendEscaped(field, to: &bytes)
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  // MARK: Reading

  /// Reads a cell's file and proves it whole. O(bytes).
  ///
  /// Throws `incomplete` where the closing row is missing or does not fit what stands before it, and
  /// `malformed` or `mismatch` where a whole file is none of this format.
  public init(path: String) throws(TableError) {
    let bytes = try InputFile.contents(of: path, maximumBytes: 64 << 20)
    let body = try Self.body(of: bytes, path: path)
    var reader = try CSVReader.open(path: path, schema: Self.schema)
    var rows: [Row] = []
    while try reader.nextRow() {
      rows.append(
        Row(
          scopeKind: try reader.text(0), scope: try reader.text(1), metric: try reader.text(2),
          unit: try reader.text(3), source: try reader.text(4), value: try reader.text(5)))
    }
    guard let last = rows.popLast() else { throw Self.halfWritten(path) }
    inputs = rows.prefix { $0.scopeKind == "input" }.map {
      Input(kind: $0.scope, name: $0.metric, value: $0.value)
    }
    let identity = Self.identity(of: inputs)
    let wanted = Self.closing(
      identity: identity, rows: rows.count, digest: SHA256.hexDigest(of: body))
    guard last == wanted else { throw Self.halfWritten(path) }
    rows.removeFirst(inputs.count)
    guard let run = rows.first, run.scopeKind == "run" else {
      throw TableError(
        .malformed, path: path, problem: "the cell does not hold the fingerprint of its run")
    }
    fingerprint = run.value
    figures = Array(rows.dropFirst())
  }

  /// The bytes of a cell with the closing row that fits what stands before it, whatever that is: for whoever
  /// tries what comes behind the seal. What is no table is returned as it is.
  public static func sealed(_ bytes: [UInt8]) -> [UInt8] {
    let lineEnd = UInt8(ascii: "\n")
    guard bytes.last == lineEnd else { return bytes }
    let lines = bytes.split(separator: lineEnd)
    let rows = lines.dropFirst().map { $0.split(separator: 44, omittingEmptySubsequences: false) }
    func text(_ field: ArraySlice<UInt8>) -> String {
      guard field.count > 1, field.first == 34, field.last == 34 else {
        return String(decoding: field, as: UTF8.self)
      }
      return String(decoding: field.dropFirst().dropLast(), as: UTF8.self)
    }
    let inputs = rows.prefix { $0.count == 6 && text($0[0]) == "input" }.map {
      Input(kind: text($0[1]), name: text($0[2]), value: text($0[5]))
    }
    var sealed = bytes
    append(
      closing(
        identity: identity(of: inputs), rows: rows.count, digest: SHA256.hexDigest(of: bytes)),
      to: &sealed)
    return sealed
  }

  /// The bytes before the last row.
  private static func body(of bytes: [UInt8], path: String) throws(TableError) -> ArraySlice<UInt8>
  {
    let lineEnd = UInt8(ascii: "\n")
    guard bytes.last == lineEnd,
      let before = bytes.dropLast().lastIndex(of: lineEnd),
      bytes[(before + 1)...].starts(with: Array("end,".utf8))
    else { throw halfWritten(path) }
    return bytes[...before]
  }

  private static func halfWritten(_ path: String) -> TableError {
    TableError(
      .incomplete, path: path,
      problem: "the cell is half-written or was changed: its closing row "
        + "is missing or does not fit what stands before it",
      advice: "run the sweep again: the cell is computed anew")
  }
}
