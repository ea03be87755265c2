/// A file of any length that is written piece by piece and appears whole or not at all.
///
/// It grows beside its place, under the same name with `.partial` behind it; ``finish()`` brings it to the
/// disk and moves it there. One that is let go before leaves nothing.
public final class StreamedFile {
  /// Its place.
  public let path: String
  /// Bytes given so far.
  public private(set) var bytes = 0
  private let partial: String
  private let file: OutputFile
  private var buffer: [UInt8] = []
  private var isFinished = false
  private static let bufferBytes = 256 << 10

  /// Starts the file. Throws where its place is a directory or cannot be written.
  public init(_ path: String) throws(TableError) {
    self.path = path
    partial = path + RunDirectory.partialSuffix
    try Directory.requireFilePlace(path)
    try Directory.requireFilePlace(partial)
    file = try OutputFile(creating: partial)
    buffer.reserveCapacity(Self.bufferBytes)
  }

  deinit { if !isFinished { try? Directory.remove(partial) } }

  /// Adds bytes. O(bytes); throws where a full buffer cannot be written, and again ever after.
  public func write(_ data: some Collection<UInt8>) throws(TableError) {
    precondition(!isFinished, "the file is closed")
    bytes += data.count
    buffer.append(contentsOf: data)
    if buffer.count >= Self.bufferBytes { try flush() }
  }

  /// Brings the file to the disk and to its place.
  public func finish() throws(TableError) {
    precondition(!isFinished, "a file is closed once")
    try flush()
    try file.finish(as: path)
    isFinished = true
    try Directory.synchronize(Directory.parent(of: path))
  }

  private func flush() throws(TableError) {
    try file.write(bytes: buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}
