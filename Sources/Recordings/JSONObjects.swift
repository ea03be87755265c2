import Foundation

/// The objects of a text of JSON lines, or of one object over many lines, or of objects appended to
/// each other, each with the line it begins on.
struct JSONObjects {
  /// One object and where it begins.
  struct Found {
    var line: Int
    var fields: [String: Any]
  }

  let found: [Found]

  /// - Throws: where something stands between objects, an object does not end, or one is not JSON.
  /// - Complexity: O(bytes).
  init(_ bytes: [UInt8], file: String) throws(RecordingError) {
    var found: [Found] = []
    var line = 1
    var start: (index: Int, line: Int)?
    var depth = 0
    var inString = false
    var escaped = false
    for (index, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "\n") { line += 1 }
      if inString {
        if escaped {
          escaped = false
        } else if byte == UInt8(ascii: "\\") {
          escaped = true
        } else if byte == UInt8(ascii: "\"") {
          inString = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\"") where depth > 0: inString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if depth == 0 {
          guard byte == UInt8(ascii: "{") else { throw Self.unexpected(byte, file, line) }
          start = (index, line)
        }
        depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        guard depth >= 0, let begun = start else { throw Self.unexpected(byte, file, line) }
        if depth == 0 {
          found.append(try Self.object(bytes[begun.index...index], file, begun.line))
          start = nil
        }
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): break
      default: if depth == 0 { throw Self.unexpected(byte, file, line) }
      }
    }
    if let start {
      throw RecordingError(
        file: file, line: start.line, problem: "the object that begins here does not end")
    }
    guard !found.isEmpty else {
      throw RecordingError(file: file, problem: "the file is empty, expected JSON objects")
    }
    self.found = found
  }

  private static func unexpected(_ byte: UInt8, _ file: String, _ line: Int) -> RecordingError {
    let shown = byte > 32 && byte < 127 ? "'\(Character(Unicode.Scalar(byte)))'" : "byte \(byte)"
    return RecordingError(
      file: file, line: line, problem: "found \(shown), expected a JSON object in braces")
  }

  private static func object(
    _ bytes: ArraySlice<UInt8>, _ file: String, _ line: Int
  ) throws(RecordingError) -> Found {
    // Python writes infinite and undefined numbers as words that JSON does not have.
    let object = try? JSONSerialization.jsonObject(with: Data(Self.plain(bytes)))
    guard let fields = object as? [String: Any] else {
      throw RecordingError(
        file: file, line: line, problem: "the object that begins here is not valid JSON")
    }
    return Found(line: line, fields: fields)
  }

  /// The bytes with Python's `Infinity` and `NaN` outside of strings as null.
  private static func plain(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    var inString = false
    let words = ["-Infinity", "Infinity", "NaN"].map { Array($0.utf8) }
    while index < bytes.endIndex {
      let byte = bytes[index]
      if inString {
        result.append(byte)
        if byte == UInt8(ascii: "\\"), index + 1 < bytes.endIndex {
          index += 1
          result.append(bytes[index])
        } else if byte == UInt8(ascii: "\"") {
          inString = false
        }
        index += 1
        continue
      }
      if byte == UInt8(ascii: "\"") { inString = true }
      let isWord = byte == UInt8(ascii: "I") || byte == UInt8(ascii: "N") || byte == 45
      if isWord, let word = words.first(where: { bytes[index...].starts(with: $0) }) {
        result += Array("null".utf8)
        index += word.count
        continue
      }
      result.append(byte)
      index += 1
    }
    return result
  }
}

/// Reads fields of a JSON object, with errors that say where.
struct JSONFields {
  let file: String
  let line: Int
  let fields: [String: Any]

  init(_ found: JSONObjects.Found, file: String) {
    self.file = file
    line = found.line
    fields = found.fields
  }

  func has(_ key: String) -> Bool { fields[key] != nil }

  /// A number; `nil` where the key is missing, null or text.
  func numberOrNil(_ key: String) -> Double? {
    (fields[key] as? NSNumber)?.doubleValue
  }

  func number(_ key: String, _ expected: String) throws(RecordingError) -> Double {
    guard let value = numberOrNil(key), value.isFinite else { throw wrong(key, expected) }
    return value
  }

  func count(_ key: String, _ range: ClosedRange<Int>) throws(RecordingError) -> Int {
    let value = try number(key, "a whole number of tokens")
    guard value == value.rounded(), value >= Double(range.lowerBound),
      value <= Double(range.upperBound)
    else { throw wrong(key, "a whole number from \(range.lowerBound) to \(range.upperBound)") }
    return Int(value)
  }

  /// An array of numbers; `nil` where the key is missing.
  func numbers(_ key: String) throws(RecordingError) -> [Double]? {
    guard let value = fields[key], !(value is NSNull) else { return nil }
    guard let list = value as? [Any] else { throw wrong(key, "an array of numbers") }
    var numbers: [Double] = []
    numbers.reserveCapacity(list.count)
    for element in list {
      guard let number = element as? NSNumber else { throw wrong(key, "an array of numbers") }
      numbers.append(number.doubleValue)
    }
    return numbers
  }

  /// An array of arrays of numbers; `nil` where the key is missing.
  func lists(_ key: String) throws(RecordingError) -> [[Double]]? {
    guard let value = fields[key], !(value is NSNull) else { return nil }
    guard let outer = value as? [Any] else { throw wrong(key, "an array of arrays of numbers") }
    var lists: [[Double]] = []
    lists.reserveCapacity(outer.count)
    for element in outer {
      guard let inner = element as? [Any] else {
        throw wrong(key, "an array of arrays of numbers")
      }
      let numbers = inner.compactMap { ($0 as? NSNumber)?.doubleValue }
      guard numbers.count == inner.count else { throw wrong(key, "arrays of numbers") }
      lists.append(numbers)
    }
    return lists
  }

  func wrong(_ key: String, _ expected: String) -> RecordingError {
    let found = fields[key].map { "\"\(String("\($0)".prefix(40)))\"" } ?? "no such key"
    return RecordingError(
      file: file, line: line, problem: "\(key): found \(found), expected \(expected)")
  }
}
