import Glibc

/// Writes a line to standard output; ends the process where nobody reads it any more.
func standardOutput(_ text: String) {
  guard put(text, on: 1) else { exit(3) }
}

/// Writes bytes as they are to standard output; ends the process where nobody reads it any more.
func standardOutputRaw(_ bytes: [UInt8]) {
  guard put(bytes, on: 1) else { exit(3) }
}

/// Writes a line to standard error.
func standardError(_ text: String) { _ = put(text, on: 2) }

/// Writes text as it is to standard error.
func standardErrorRaw(_ text: String) { _ = put(text, on: 2, newline: false) }

private func put(_ text: String, on descriptor: Int32, newline: Bool = true) -> Bool {
  var bytes = Array(text.utf8)
  if newline, bytes.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
  return put(bytes, on: descriptor)
}

private func put(_ bytes: [UInt8], on descriptor: Int32) -> Bool {
  var written = 0
  while written < bytes.count {
    let count = bytes.withUnsafeBytes {
      write(descriptor, $0.baseAddress.unsafelyUnwrapped + written, bytes.count - written)
    }
    if count < 0 {
      if errno == EINTR { continue }
      return false
    }
    written += count
  }
  return true
}
