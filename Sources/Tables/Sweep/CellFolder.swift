import Glibc

/// The folder with the finished cells of a sweep, one file each, named by the cell's identity.
///
/// Any number of processes on any number of machines may write to it at once: each file appears whole
/// by a rename from a name of the writer's own, and equal cells have equal bytes.
public struct CellFolder: Sendable {
  /// Name of the folder inside a sweep's output.
  public static let name = "cells"

  /// The folder.
  public let path: String
  private let host: String

  /// The cells of a sweep whose output is `output`; nothing is created or read.
  public init(of output: String) {
    path = output + "/" + Self.name
    var buffer = [CChar](repeating: 0, count: 256)
    let isKnown = gethostname(&buffer, buffer.count - 1) == 0
    let end = buffer.firstIndex(of: 0) ?? buffer.endIndex
    let name = String(decoding: buffer[..<end].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    host = isKnown ? String(name.filter { $0 != "." && $0 != "/" }) : "unknown"
  }

  /// The file of a cell.
  public func file(of identity: String) -> String { "\(path)/\(identity).csv" }

  /// Creates the folder, and removes what processes of this machine that were killed left half done.
  public func prepare() throws(TableError) {
    try Directory.create(path)
    let prefix = ".\(host)."
    for name in try Directory.entries(of: path)
    where name.hasPrefix(prefix) && name.hasSuffix(RunDirectory.partialSuffix) {
      let parts = name.dropFirst(prefix.count).split(separator: ".")
      // A number that belongs to no process any more; other machines clean up for themselves.
      if let number = parts.first.flatMap({ Int32($0) }), kill(number, 0) != 0, errno == ESRCH {
        try Directory.remove(path + "/" + name)
      }
    }
  }

  /// Identities of the files there are, sorted; empty where there is no folder. O(n log n).
  ///
  /// Throws where the folder holds a file that no sweep writes. Names that begin with a dot are left out.
  public func identities() throws(TableError) -> [String] {
    guard access(path, F_OK) == 0 else { return [] }
    var result: [String] = []
    for name in try Directory.entries(of: path) where !name.hasPrefix(".") {
      let stem = name.dropLast(4)
      guard name.hasSuffix(".csv"), stem.utf8.count == 64,
        stem.utf8.allSatisfy({ 48...57 ~= $0 || 97...102 ~= $0 })
      else {
        throw TableError(
          .foreignFiles, path: path, problem: "the folder holds what no sweep writes: '\(name)'",
          advice: "move it away, or choose another directory")
      }
      result.append(String(stem))
    }
    return result
  }

  /// The cell of an identity; `nil` where there is none. Throws where its file is not whole or not
  /// the cell that its name says. O(bytes).
  public func cell(_ identity: String) throws(TableError) -> CellTable? {
    let place = file(of: identity)
    guard access(place, F_OK) == 0 else { return nil }
    let cell = try CellTable(path: place)
    guard CellTable.identity(of: cell.inputs) == identity else {
      throw TableError(
        .mismatch, path: place, problem: "the file holds another cell than its name says",
        advice: "remove it and run the sweep again")
    }
    return cell
  }

  /// Writes a cell, whole or not at all. Safe from several threads for different cells.
  public func write(_ cell: CellTable) throws(TableError) {
    let identity = CellTable.identity(of: cell.inputs)
    let partial = "\(path)/.\(host).\(getpid()).\(identity.prefix(16))" + RunDirectory.partialSuffix
    try TextFile.write(
      String(decoding: cell.bytes(), as: UTF8.self), to: file(of: identity), through: partial)
  }

  /// Removes a cell; does nothing where there is none.
  public func remove(_ identity: String) throws(TableError) {
    try Directory.remove(file(of: identity))
  }
}
