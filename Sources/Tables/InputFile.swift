import Glibc

/// A file being read, in pieces.
public final class InputFile {
  /// Where it lies, for messages.
  let path: String
  private let descriptor: Int32

  /// Opens the file.
  ///
  /// Throws where it cannot be opened, or is no plain file: a pipe may never say anything, a device never
  /// end, and many files are read twice.
  init(path: String) throws(TableError) {
    self.path = path
    // Without O_NONBLOCK a pipe that nobody writes to would be waited for.
    descriptor = retryingInterrupts { open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard descriptor >= 0 else { throw .system(errno, path: path, action: "open the file") }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let code = errno
      _ = close(descriptor)
      throw .system(code, path: path, action: "look at the file")
    }
    let noun: String
    switch status.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR: noun = "a directory"
    case S_IFIFO: noun = "a pipe"
    case S_IFSOCK: noun = "a socket"
    default: noun = "a device"
    }
    _ = close(descriptor)
    throw TableError(
      .malformed, path: path, problem: "not a file but \(noun)",
      advice: noun == "a pipe" ? "save what it says to a file first" : "name a file")
  }

  deinit { _ = close(descriptor) }

  /// Reads up to `buffer.count` bytes; 0 means the end. Throws where the read fails.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableError) -> Int {
    let count = retryingInterrupts { Glibc.read(descriptor, buffer.baseAddress, buffer.count) }
    guard count >= 0 else { throw .system(errno, path: path, action: "read the file") }
    return count
  }

  /// The last byte; `nil` where the file is empty. Throws where the read fails.
  func lastByte() throws(TableError) -> UInt8? {
    let length = lseek(descriptor, 0, SEEK_END)
    guard length > 0 else { return nil }
    var byte: UInt8 = 0
    let count = retryingInterrupts { pread(descriptor, &byte, 1, length - 1) }
    guard count == 1 else { throw .system(errno, path: path, action: "read the file") }
    return byte
  }

  /// All bytes of a file of at most `maximumBytes`. O(bytes).
  public static func contents(of path: String, maximumBytes: Int) throws(TableError) -> [UInt8] {
    let file = try InputFile(path: path)
    var bytes: [UInt8] = []
    try file.forEachPiece { (piece) throws(TableError) in
      guard bytes.count + piece.count <= maximumBytes else {
        throw TableError(
          .malformed, path: path, problem: "larger than \(maximumBytes) bytes, so not such a file")
      }
      bytes.append(contentsOf: piece)
    }
    return bytes
  }

  /// Length and SHA-256 of a file. O(bytes), constant memory.
  static func measure(_ path: String) throws(TableError) -> (bytes: Int, sha256: String) {
    let file = try InputFile(path: path)
    var hash = SHA256()
    var bytes = 0
    try file.forEachPiece { (piece) throws(TableError) in
      hash.update(piece)
      bytes += piece.count
    }
    return (bytes, hash.finishHexDigest())
  }

  private func forEachPiece(
    _ body: (UnsafeRawBufferPointer) throws(TableError) -> Void
  ) throws(TableError) {
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 * 1024, alignment: 16)
    defer { piece.deallocate() }
    while true {
      let count = try read(into: piece)
      if count == 0 { return }
      try body(UnsafeRawBufferPointer(rebasing: piece[..<count]))
    }
  }
}
