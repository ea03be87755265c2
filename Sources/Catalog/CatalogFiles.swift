import Foundation

/// The texts a catalog is made from: the bundled tables, some replaced by a user's own.
public struct CatalogFiles: Sendable {
  /// Ending of a trace profile's file name.
  static let profileSuffix = ".profile.csv"

  /// Files by rising name.
  private(set) var files: [(name: String, text: String)]

  /// The tables that come with the binary.
  public static var bundled: CatalogFiles {
    CatalogFiles(files: BundledTables.files.sorted { $0.name < $1.name })
  }

  private init(files: [(name: String, text: String)]) { self.files = files }

  /// Names of the tables a catalog needs.
  public static var tableNames: [String] { CatalogTable.allCases.map(\.fileName) }

  /// Replaces a table, or adds or replaces a trace profile.
  ///
  /// Throws where `name` is neither a table's nor ends in `.profile.csv`.
  public mutating func replace(_ name: String, with text: String) throws(CatalogError) {
    guard Self.tableNames.contains(name) || name.hasSuffix(Self.profileSuffix) else {
      throw CatalogError(
        file: name,
        problem: "not a catalog table; expected one of "
          + Self.tableNames.joined(separator: ", ") + " or a name ending in "
          + Self.profileSuffix)
    }
    files.removeAll { $0.name == name }
    files.append((name, text))
    files.sort { $0.name < $1.name }
  }

  /// Replaces every table for which `folder` holds a CSV file of the same name.
  ///
  /// Throws where the folder or a file cannot be read as UTF-8, or a CSV file in it is no table.
  public mutating func replaceTables(inFolder folder: String) throws(CatalogError) {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw CatalogError(file: folder, problem: "the folder cannot be read")
    }
    for name in names.sorted() where name.hasSuffix(".csv") {
      let path = folder + "/" + name
      try replace(name, with: try Self.text(ofFile: path))
    }
  }

  /// Longest table that is read, bytes.
  private static let largestTable = 64 << 20

  private static func text(ofFile path: String) throws(CatalogError) -> String {
    let bytes: [UInt8]
    do {
      bytes = try PlainFile.contents(of: path, maximumBytes: largestTable)
    } catch {
      switch error {
      case .unreadable: throw CatalogError(file: path, problem: "the file cannot be read")
      case .notPlain:
        throw CatalogError(file: path, problem: "not a file but a directory, a pipe or a device")
      case .tooLarge:
        throw CatalogError(
          file: path, problem: "larger than \(largestTable) bytes, so not a catalog table")
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CatalogError(file: path, problem: "the file cannot be read as UTF-8")
    }
    // Half a last row might have as many fields as a whole one.
    guard text.isEmpty || text.utf8.last == UInt8(ascii: "\n") else {
      throw CatalogError(
        file: path,
        problem:
          "the last line has no end, so the file may have been cut off; end it if it is whole")
    }
    return text
  }

  /// Every table with its name, by name.
  public var contentsByName: [(name: String, text: String)] { files }

  /// The text of a file, or `nil` where there is none.
  func text(_ name: String) -> String? { files.first { $0.name == name }?.text }

  /// All names and texts, each ended by a zero byte: what two catalogs are told apart by.
  var contents: [UInt8] {
    files.flatMap { Array($0.name.utf8) + [0] + Array($0.text.utf8) + [0] }
  }

  /// 64-bit FNV-1a over names and texts, each ended by a zero byte; 16 hexadecimal digits.
  ///
  /// Source: Fowler, Noll, Vo, `draft-eastlake-fnv`, 2019.
  var contentHash: String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for file in files {
      for part in [file.name, file.text] {
        for byte in part.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        hash = hash &* 0x100_0000_01b3
      }
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
