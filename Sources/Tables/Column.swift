/// A column of a table: its header, and its row in `schema.csv`.
public struct Column: Hashable, Sendable {
  /// Name in the header, with the unit where there is one, such as `ttft_ms`.
  public var name: String
  /// How its fields are written.
  public var type: ColumnType
  /// Unit of its numbers, such as `ms`; empty where there is none.
  public var unit: String
  /// What it holds, in a sentence.
  public var meaning: String

  /// Creates a column.
  public init(_ name: String, _ type: ColumnType, unit: String = "", _ meaning: String) {
    self.name = name
    self.type = type
    self.unit = unit
    self.meaning = meaning
  }
}

/// How the fields of a column are written. An empty field is a null in every type.
public enum ColumnType: Hashable, Sendable, CustomStringConvertible {
  /// Text, quoted by RFC 4180 where it must be.
  case text
  /// A whole number.
  case integer
  /// `0` or `1`.
  case flag
  /// A number with exactly this many decimals.
  case decimal(Int)
  /// A number in its shortest form that reads back to the same `Double`.
  case real

  /// The name used in `schema.csv`, such as `decimal(6)`.
  public var description: String {
    switch self {
    case .text: "text"
    case .integer: "integer"
    case .flag: "flag"
    case .decimal(let decimals): "decimal(\(decimals))"
    case .real: "real"
    }
  }
}
