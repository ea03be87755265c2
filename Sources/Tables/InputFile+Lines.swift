extension InputFile {
  /// Longest line that is read.
  private static let longestLine = 64 << 20

  /// Whether a file is empty or its last line has an end. One without may have been cut off, in the middle of a
  /// number even. O(1).
  ///
  /// - Throws: ``TableError`` where the file cannot be read.
  public static func endsItsLastLine(_ path: String) throws(TableError) -> Bool {
    let file = try InputFile(path: path)
    guard let last = try file.lastByte() else { return true }
    return last == UInt8(ascii: "\n")
  }

  /// Calls `body` with every line of a file, without its newline, and the line's number from 1.
  ///
  /// Memory is one piece of the file and the longest line. A last line without its end is a line; nothing
  /// after the last newline is none.
  ///
  /// - Throws: ``TableError`` where the file cannot be read or a line is longer than 64 MiB, and what
  ///   `body` throws.
  /// - Complexity: O(bytes).
  public static func forEachLine(
    of path: String, _ body: (UnsafeBufferPointer<UInt8>, Int) throws -> Void
  ) throws {
    let file = try InputFile(path: path)
    let piece = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 18)
    defer { piece.deallocate() }
    var held: [UInt8] = []
    var number = 0
    func line(_ bytes: UnsafeBufferPointer<UInt8>) throws {
      number += 1
      try body(bytes, number)
    }
    func heldLine() throws {
      try held.withUnsafeBufferPointer { try line($0) }
      held.removeAll(keepingCapacity: true)
    }
    while true {
      let count = try file.read(into: UnsafeMutableRawBufferPointer(piece))
      if count == 0 { break }
      var start = 0
      let filled = UnsafeBufferPointer(rebasing: piece[..<count])
      while let end = filled[start...].firstIndex(of: UInt8(ascii: "\n")) {
        if held.isEmpty {
          try line(UnsafeBufferPointer(rebasing: filled[start..<end]))
        } else {
          held += filled[start..<end]
          try heldLine()
        }
        start = end + 1
      }
      held += filled[start...]
      guard held.count <= longestLine else {
        throw TableError(
          .rowTooLong, path: path, line: number + 1,
          problem: "a line of more than \(longestLine) bytes")
      }
    }
    if !held.isEmpty { try heldLine() }
  }
}
