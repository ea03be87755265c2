/// Names by dense id, escaped for CSV once, so that a row only copies bytes.
///
/// An id may stand for several columns (a pool's cloud, region and name, commas included).
final class EscapedNames {
  /// Length of the longest entry, bytes.
  let longest: Int
  /// Number of entries.
  let count: Int
  /// All entries, one after the other, and `ByteCursor.slack` bytes more.
  private let bytes: UnsafeMutablePointer<UInt8>
  /// Where each entry begins; one more than there are entries.
  private let offsets: UnsafeMutablePointer<Int>

  /// Escapes one name for each id. O(total length).
  convenience init(_ names: [String]) { self.init(fields: names.map { [$0] }) }

  /// Escapes the fields of each id and joins them with commas. O(total length).
  init(fields entries: [[String]]) {
    var text: [UInt8] = []
    var starts = [0]
    var longest = 0
    for entry in entries {
      for (index, field) in entry.enumerated() {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        appendEscaped(field, to: &text)
      }
      longest = max(longest, text.count - starts[starts.count - 1])
      starts.append(text.count)
    }
    count = entries.count
    self.longest = longest
    let padded = text.count + ByteCursor.slack
    bytes = .allocate(capacity: padded)
    bytes.initialize(repeating: 0, count: padded)
    offsets = .allocate(capacity: starts.count)
    offsets.initialize(repeating: 0, count: starts.count)
    UnsafeMutableRawBufferPointer(start: bytes, count: text.count).copyBytes(from: text)
    for (index, start) in starts.enumerated() { offsets[index] = start }
  }

  deinit {
    bytes.deallocate()
    offsets.deallocate()
  }

  /// Copies the entry of `id`. O(length).
  @inline(__always)
  func put(_ id: Int, into cursor: inout ByteCursor) {
    precondition(id >= 0 && id < count, "no name has this id")
    let start = offsets[id]
    cursor.copy(bytes + start, count: offsets[id &+ 1] &- start)
  }

  /// Copies the entry of `id`, or nothing where the id is negative. O(length).
  @inline(__always)
  func putIfAny(_ id: Int, into cursor: inout ByteCursor) {
    if id >= 0 { put(id, into: &cursor) }
  }
}

/// Appends a text field by RFC 4180: quoted where it holds a comma, a quote, a line break or an
/// outer space, quotes doubled; otherwise as it is.
///
/// Text is never changed to suit a spreadsheet, because a name that differs between the scenario and its tables
/// could not be joined. That no cell is a formula for one is seen to where names come in: `PlainText` refuses
/// names that begin as formulas do.
public func appendEscaped(_ field: String, to bytes: inout [UInt8]) {
  let quote = UInt8(ascii: "\"")
  let text = field.utf8
  let special = text.contains { byte in
    byte == quote || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n")
      || byte == UInt8(ascii: "\r")
  }
  let space = UInt8(ascii: " ")
  guard special || text.first == space || text.last == space else {
    bytes.append(contentsOf: text)
    return
  }
  bytes.append(quote)
  for byte in text {
    if byte == quote { bytes.append(quote) }
    bytes.append(byte)
  }
  bytes.append(quote)
}
