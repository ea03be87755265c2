/// A text file that appears whole or not at all.
public enum TextFile {
  /// Writes text beside its place, brings it to the disk and moves it there.
  public static func write(_ text: String, to path: String) throws(TableError) {
    let partial = path + RunDirectory.partialSuffix
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
