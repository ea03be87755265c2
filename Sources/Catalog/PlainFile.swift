import Glibc

/// A file read at once: plain, and of bounded length.
///
/// A pipe may never say anything and a device never end, so neither is read.
public enum PlainFile {
  /// Why a file is not read.
  public enum Problem: Error, Hashable, Sendable {
    /// It is not there, or may not be read.
    case unreadable
    /// It is a directory, a pipe, a socket or a device.
    case notPlain
    /// It has more bytes than are read.
    case tooLarge
  }

  /// All bytes of the file at `path`, at most `maximumBytes`. O(bytes).
  public static func contents(
    of path: String, maximumBytes: Int
  ) throws(Problem) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .unreadable }
    defer { _ = close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notPlain }
    guard status.st_size <= maximumBytes else { throw .tooLarge }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(status.st_size))
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { piece.deallocate() }
    while true {
      let count = read(descriptor, piece.baseAddress, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .unreadable }
      if count == 0 { return bytes }
      // It may grow while it is read.
      guard bytes.count + count <= maximumBytes else { throw .tooLarge }
      bytes.append(contentsOf: piece[..<count])
    }
  }
}
