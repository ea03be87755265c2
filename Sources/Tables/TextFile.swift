/// A text file that appears whole or not at all.
public enum TextFile {
  /// Writes pieces of bytes beside its place, brings them to the disk and moves them there: memory is
  /// a piece's.
  ///
  /// - Parameter pieces: Calls what it is given with each piece, in order.
  public static func write(
    to path: String,
    pieces: (_ write: ([UInt8]) throws(TableError) -> Void) throws(TableError) -> Void
  ) throws(TableError) {
    let partial = path + RunDirectory.partialSuffix
    do {
      let file = try OutputFile(creating: partial)
      try pieces { (bytes) throws(TableError) in try file.write(bytes: bytes) }
      _ = try file.close()
      try Directory.rename(partial, to: path)
    } catch {
      try? Directory.remove(partial)
      throw error
    }
  }

  /// Writes text beside its place, brings it to the disk and moves it there.
  ///
  /// - Parameter partial: The file beside it; where several processes may write the same file at once, each
  ///   names its own.
  public static func write(
    _ text: String, to path: String, through partial: String? = nil
  ) throws(TableError) {
    let partial = partial ?? path + RunDirectory.partialSuffix
    do {
      let file = try OutputFile(creating: partial)
      try file.write(bytes: Array(text.utf8))
      _ = try file.close()
      try Directory.rename(partial, to: path)
    } catch {
      try? Directory.remove(partial)
      throw error
    }
  }
}
