/// A text file that appears whole or not at all.
///
/// It is written beside its place, brought to the disk and moved there. Where two processes write the same
/// file, one waits for the other. What lies in its place must be a plain file: a device, a pipe or a symbolic
/// link of that name is neither replaced nor written through.
public enum TextFile {
  /// Writes pieces of bytes: memory is a piece's.
  ///
  /// - Parameter pieces: Calls what it is given with each piece, in order.
  public static func write(
    to path: String,
    pieces: (_ write: ([UInt8]) throws(TableError) -> Void) throws(TableError) -> Void
  ) throws(TableError) {
    try write(to: path, through: path + RunDirectory.partialSuffix, pieces)
  }

  /// Writes text.
  ///
  /// - Parameter partial: The file beside it; where several processes may write the same file at once, each
  ///   names its own.
  public static func write(
    _ text: String, to path: String, through partial: String? = nil
  ) throws(TableError) {
    try write(to: path, through: partial ?? path + RunDirectory.partialSuffix) {
      (write: ([UInt8]) throws(TableError) -> Void) throws(TableError) in
      try write(Array(text.utf8))
    }
  }

  private static func write(
    to path: String, through partial: String,
    _ pieces: (_ write: ([UInt8]) throws(TableError) -> Void) throws(TableError) -> Void
  ) throws(TableError) {
    try Directory.requireFilePlace(path)
    try Directory.requireFilePlace(partial)
    let file = try OutputFile(creating: partial, contention: .wait)
    do {
      try pieces { (bytes) throws(TableError) in try file.write(bytes: bytes) }
      try file.finish(as: path)
    } catch {
      // As long as it is locked: who waits for the place would lose what it writes.
      withExtendedLifetime(file) { try? Directory.remove(partial) }
      throw error
    }
    try Directory.synchronize(Directory.parent(of: path))
  }
}
