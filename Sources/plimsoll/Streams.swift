import Glibc
import SimulationKernel
import Tables

/// Writes a line to standard output; ends the process with a message where that cannot be.
func standardOutput(_ text: String) {
  let shown = isatty(1) == 1 ? TerminalText.safe(text) : text
  if let code = put(shown, on: 1) { endWithoutOutput(code) }
}

/// Writes bytes as they are to standard output; ends the process with a message where that cannot be.
func standardOutputRaw(_ bytes: [UInt8]) {
  if let code = put(bytes, on: 1) { endWithoutOutput(code) }
}

/// Writes a line to standard error; what acts on terminals is shown instead of sent.
func standardError(_ text: String) { _ = put(PlainText.visible(text), on: 2) }

/// Writes text as it is to standard error.
func standardErrorRaw(_ text: String) { _ = put(text, on: 2, newline: false) }

/// The three streams every program has.
enum Streams {
  /// Puts something in the place of streams that are closed. Otherwise the next file that is opened would have
  /// their number, and what is meant for a stream would be written into it.
  static func complete() {
    for (descriptor, mode) in [(Int32(0), O_RDONLY), (1, O_RDONLY), (2, O_WRONLY)]
    where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest free number is given: this one. Standard output is opened for reading, so that writing to
      // it is the error it was; messages that nobody can see are dropped.
      _ = open("/dev/null", mode)
    }
  }
}

private func endWithoutOutput(_ code: Int32) -> Never {
  standardError(
    "error: \(TableError.system(code, path: "standard output", action: "write to it"))")
  exit(3)
}

private func put(_ text: String, on descriptor: Int32, newline: Bool = true) -> Int32? {
  var bytes = Array(text.utf8)
  if newline, bytes.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
  return put(bytes, on: descriptor)
}

/// Writes all bytes; the `errno` where that cannot be.
private func put(_ bytes: [UInt8], on descriptor: Int32) -> Int32? {
  var written = 0
  while written < bytes.count {
    let count = bytes.withUnsafeBytes {
      write(descriptor, $0.baseAddress.unsafelyUnwrapped + written, bytes.count - written)
    }
    if count < 0 {
      if errno == EINTR { continue }
      return errno
    }
    written += count
  }
  return nil
}
