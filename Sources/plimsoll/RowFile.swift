import Tables

/// A file of rows that somebody else wrote.
enum RowFile {
  /// Its bytes; a last row without an end is reported, for it may be half of one. O(bytes).
  ///
  /// - Throws: ``TableError`` where it cannot be read or is larger than `maximumBytes`.
  static func contents(
    of path: String, maximumBytes: Int = 1 << 30
  ) throws(TableError) -> [UInt8] {
    let bytes = try InputFile.contents(of: path, maximumBytes: maximumBytes)
    if let last = bytes.last, last != UInt8(ascii: "\n") { report(path) }
    return bytes
  }

  /// Reports a last row without an end.
  static func reportOpenEnd(of path: String) throws(TableError) {
    if try !InputFile.endsItsLastLine(path) { report(path) }
  }

  private static func report(_ path: String) {
    standardError(
      "\(path): warning: the last line has no end; if the file was cut off, its last row is wrong")
  }
}
