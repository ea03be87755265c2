import Glibc

/// A file being written: its descriptor, its length and its digest so far. Cold: one call per
/// quarter of a mebibyte.
final class OutputFile {
  /// Where it is written, for messages.
  let path: String
  /// Bytes written so far.
  private(set) var bytes = 0
  /// The first error; once set, every later call throws it again.
  private(set) var failure: TableError?
  private var descriptor: Int32
  private var hash = SHA256()

  /// Creates the file, or empties it where it exists. Throws where it cannot be opened.
  init(creating path: String) throws(TableError) {
    self.path = path
    descriptor = retryingInterrupts { open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666) }
    guard descriptor >= 0 else {
      throw .system(errno, path: path, action: "create the file")
    }
  }

  deinit { if descriptor >= 0 { _ = Glibc.close(descriptor) } }

  /// Writes bytes and adds them to the digest. O(bytes).
  func write(_ data: UnsafeRawBufferPointer) throws(TableError) {
    if let failure { throw failure }
    guard var next = data.baseAddress else { return }
    var left = data.count
    while left > 0 {
      let written = retryingInterrupts { Glibc.write(descriptor, next, left) }
      guard written >= 0 else { throw fail(errno, "write") }
      next += written
      left -= written
    }
    hash.update(data)
    bytes += data.count
  }

  /// Writes bytes and adds them to the digest. O(bytes).
  func write(bytes: [UInt8]) throws(TableError) {
    try bytes.withUnsafeBufferPointer { (buffer) throws(TableError) in
      try write(UnsafeRawBufferPointer(buffer))
    }
  }

  /// Brings the bytes to the disk, closes the file, and returns the digest.
  func close() throws(TableError) -> String {
    if let failure { throw failure }
    // A terminal, a pipe or a device cannot be synchronised, and need not be.
    if retryingInterrupts({ fsync(descriptor) }) < 0, errno != EINVAL, errno != ENOTSUP {
      throw fail(errno, "write the last bytes")
    }
    let closing = descriptor
    descriptor = -1
    if Glibc.close(closing) < 0, errno != EINTR { throw fail(errno, "close the file") }
    return hash.finishHexDigest()
  }

  private func fail(_ code: Int32, _ action: String) -> TableError {
    let error = TableError.system(code, path: path, action: action)
    failure = error
    return error
  }
}

/// Calls again as long as a signal cuts the call short.
func retryingInterrupts<Result: SignedInteger>(_ call: () -> Result) -> Result {
  while true {
    let result = call()
    if result >= 0 || errno != EINTR { return result }
  }
}
