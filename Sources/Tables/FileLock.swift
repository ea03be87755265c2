import Glibc

/// A lock file that one process at a time holds (`flock`), removed when it is given back.
///
/// Given back at the latest when nobody refers to it any more. A lock file that a killed process has left hinders nobody: the kernel gives its lock back.
final class FileLock {
  private let path: String
  private var descriptor: Int32 = -1

  /// Takes the lock; `nil` where another process has it.
  ///
  /// - Throws: ``TableError`` where the file cannot be created, or the file system cannot lock.
  init?(_ path: String) throws(TableError) {
    self.path = path
    while true {
      // A link in its place would have the file made wherever it points.
      let opened = retryingInterrupts {
        open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
      }
      guard opened >= 0 else { throw .system(errno, path: path, action: "create the lock file") }
      guard retryingInterrupts({ flock(opened, LOCK_EX | LOCK_NB) }) == 0 else {
        let code = errno
        if code != EWOULDBLOCK { _ = unlink(path) }
        _ = close(opened)
        if code == EWOULDBLOCK { return nil }
        throw .system(code, path: path, action: "lock the directory")
      }
      // The holder before may have removed the file between the opening and the locking; a lock on a
      // file that is gone locks nobody out.
      if FileLock.stands(opened, at: path) {
        descriptor = opened
        return
      }
      _ = close(opened)
    }
  }

  deinit { release() }

  /// Gives the lock back; does nothing the second time.
  func release() {
    guard descriptor >= 0 else { return }
    _ = unlink(path)
    _ = close(descriptor)
    descriptor = -1
  }

  /// Whether the open file is the one that now has this name.
  static func stands(_ descriptor: Int32, at path: String) -> Bool {
    var held = stat()
    var present = stat()
    return fstat(descriptor, &held) == 0 && lstat(path, &present) == 0
      && held.st_ino == present.st_ino && held.st_dev == present.st_dev
  }
}
