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

  /// What to do where another process writes to the same file.
  enum Contention {
    /// Wait for it to end: for files that take a moment.
    case wait
    /// Throw `busy`.
    case refuse
  }

  /// Creates the file, or empties it where it exists. Symbolic links are not followed.
  ///
  /// A file has one writer at a time, held by a lock (`flock`) on the file itself; where the file system
  /// cannot lock, nobody is held off. Throws where it cannot be opened.
  init(creating path: String, contention: Contention = .refuse) throws(TableError) {
    self.path = path
    descriptor = -1
    while true {
      descriptor = retryingInterrupts {
        open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
      }
      guard descriptor >= 0 else { throw .system(errno, path: path, action: "create the file") }
      guard isPlain else { return }
      let mode = contention == .wait ? LOCK_EX : LOCK_EX | LOCK_NB
      if retryingInterrupts({ flock(descriptor, mode) }) != 0, errno == EWOULDBLOCK {
        leave()
        throw TableError(
          .busy, path: path, problem: "another process is writing to this file",
          advice: "wait for it to end, or name another file")
      }
      // Whoever had it before has moved it to its place, or given it up.
      if FileLock.stands(descriptor, at: path) { break }
      leave()
    }
    guard retryingInterrupts({ ftruncate(descriptor, 0) }) == 0 else {
      let code = errno
      // It is this writer's own: nobody else has its lock.
      _ = unlink(path)
      leave()
      throw .system(code, path: path, action: "empty the file")
    }
  }

  /// Whether it is a file on a disk, and no device or pipe.
  private var isPlain: Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  deinit { leave() }

  /// Closes the file as it is.
  private func leave() {
    if descriptor >= 0 { _ = Glibc.close(descriptor) }
    descriptor = -1
  }

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
    try synchronize()
    let closing = descriptor
    descriptor = -1
    if Glibc.close(closing) < 0, errno != EINTR { throw fail(errno, "close the file") }
    return hash.finishHexDigest()
  }

  /// Brings the bytes to the disk and gives the file its final name.
  ///
  /// The lock is held until it has that name: whoever waited for it finds a file of its own.
  func finish(as name: String) throws(TableError) {
    try synchronize()
    try Directory.rename(path, to: name)
    // Its bytes are on the disk, so closing has nothing left to lose.
    leave()
  }

  private func synchronize() throws(TableError) {
    if let failure { throw failure }
    // A terminal, a pipe or a device cannot be synchronised, and need not be.
    if retryingInterrupts({ fsync(descriptor) }) < 0, errno != EINVAL, errno != ENOTSUP {
      throw fail(errno, "write the last bytes")
    }
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
