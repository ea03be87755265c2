import Foundation
import Glibc

/// Files of one process for parsers that take a path. They lie in memory where the system has a place for
/// that, so that a million of them cost no disk.
public struct ScratchFolder: Sendable {
  /// Its path.
  public let path: String

  /// The folder of this process, made when it is first asked for and gone when the process exits. One that is
  /// ended by a signal leaves it to whoever started it.
  public static let shared: ScratchFolder = {
    atexit { ScratchFolder.shared.remove() }
    return ScratchFolder(process: getpid())
  }()

  /// The folder of a process, which need not exist any more.
  public init(process: Int32) {
    let memory = "/dev/shm"
    let isThere = access(memory, W_OK) == 0
    let base = isThere ? memory : NSTemporaryDirectory()
    path = "\(base)/plimsoll-fuzz-\(process)"
    if process == getpid() {
      try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
  }

  /// Removes it with all it holds. Whoever started a process calls this when the process is gone.
  public func remove() { try? FileManager.default.removeItem(atPath: path) }

  /// Path of a file in it.
  func path(of name: String) -> String { path + "/" + name }

  /// Puts bytes in a file. Its place is in memory: that it cannot be written is no finding but a machine that
  /// cannot go on.
  @discardableResult
  func write(_ bytes: [UInt8], as name: String = FuzzTarget.fileName) -> String {
    let place = path(of: name)
    let file = open(place, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    precondition(file >= 0, "no scratch file at \(place)")
    defer { _ = close(file) }
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(file, $0.baseAddress! + done, $0.count - done)
      }
      precondition(count > 0, "the scratch file at \(place) cannot be written")
      done += count
    }
    return place
  }

  /// An empty folder in it.
  func emptyFolder(_ name: String) -> String {
    let place = path(of: name)
    try? FileManager.default.removeItem(atPath: place)
    try? FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    return place
  }
}
