/// Mooncake's JSON lines: objects of numbers and one array of numbers, read without building them.
///
/// Source: kvcache-ai/Mooncake, FAST25-release/traces, read 2026-07: `timestamp` in milliseconds,
/// `hash_ids` of blocks of 512 tokens, equal where the prompt is equal up to the block's end.
extension TraceImporter {
  mutating func readMooncake(_ line: Field, _ number: Int) throws(TraceError) {
    var rest = line
    var time: Int64?
    var prompt: Int32?
    var output: Int32?
    var hashes: [UInt64]?
    try expect("{", &rest, number)
    while true {
      let key = try text(&rest, number)
      try expect(":", &rest, number)
      switch key {
      case "timestamp":
        time = try decimalTime(token(&rest), number, power: 6, "milliseconds such as 27482")
      case "input_length": prompt = try length(token(&rest), "prompt", number)
      case "output_length": output = try length(token(&rest), "output", number)
      case "hash_ids": hashes = try ids(&rest, number)
      default: try skipValue(&rest, number)
      }
      skipBlanks(&rest)
      if rest.first == UInt8(ascii: ",") {
        rest = rest.dropFirst()
        continue
      }
      try expect("}", &rest, number)
      break
    }
    skipBlanks(&rest)
    if !rest.isEmpty { throw unexpected(rest, number, "the end of the line behind an object") }
    func missing(_ key: String) -> TraceError {
      problem(number, "no key '\(key)' of a Mooncake trace")
    }
    guard let time else { throw missing("timestamp") }
    guard let prompt else { throw missing("input_length") }
    guard let output else { throw missing("output_length") }
    guard let hashes else { throw missing("hash_ids") }
    // A prompt's last block may be shorter than the others.
    let most = (Int(prompt) + options.blockTokens - 1) / options.blockTokens
    guard hashes.count <= max(1, most) else {
      throw problem(
        number,
        "\(hashes.count) hash_ids of a prompt of \(prompt) tokens, expected at most \(most) blocks of "
          + "\(options.blockTokens) tokens; give the trace's own --block-tokens")
    }
    try add(time, prompt, output, hashes)
  }

  private func skipBlanks(_ rest: inout Field) {
    while let byte = rest.first, byte == 32 || byte == 9 { rest = rest.dropFirst() }
  }

  private func expect(
    _ character: Unicode.Scalar, _ rest: inout Field, _ number: Int
  ) throws(TraceError) {
    skipBlanks(&rest)
    guard rest.first == UInt8(ascii: character) else {
      throw unexpected(rest, number, "'\(character)' of a JSON object on one line")
    }
    rest = rest.dropFirst()
  }

  /// A quoted text without its quotes; escapes are left as they stand.
  private func text(_ rest: inout Field, _ number: Int) throws(TraceError) -> String {
    try expect("\"", &rest, number)
    var end = rest.startIndex
    while end < rest.endIndex, rest[end] != UInt8(ascii: "\"") {
      end += rest[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard end < rest.endIndex else { throw unexpected(rest, number, "a text that ends") }
    let text = String(decoding: rest[rest.startIndex..<end], as: UTF8.self)
    rest = rest[(end + 1)...]
    return text
  }

  /// A number or word up to what ends a value.
  private func token(_ rest: inout Field) -> Field {
    skipBlanks(&rest)
    let ends = Set(",}] \t".utf8)
    let end = rest.firstIndex { ends.contains($0) } ?? rest.endIndex
    let token = rest[rest.startIndex..<end]
    rest = rest[end...]
    return token
  }

  private func ids(_ rest: inout Field, _ number: Int) throws(TraceError) -> [UInt64] {
    try expect("[", &rest, number)
    var ids: [UInt64] = []
    skipBlanks(&rest)
    if rest.first == UInt8(ascii: "]") {
      rest = rest.dropFirst()
      return ids
    }
    while true {
      let field = token(&rest)
      var id: UInt64 = 0
      var isGood = !field.isEmpty
      for byte in field {
        let (tenfold, overflowed) = id.multipliedReportingOverflow(by: 10)
        let (sum, carried) = tenfold.addingReportingOverflow(UInt64(byte &- UInt8(ascii: "0")))
        isGood = isGood && UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte && !overflowed && !carried
        id = sum
      }
      guard isGood else { throw unexpected(field, number, "a whole number in hash_ids") }
      ids.append(id)
      skipBlanks(&rest)
      if rest.first == UInt8(ascii: ",") {
        rest = rest.dropFirst()
        continue
      }
      try expect("]", &rest, number)
      return ids
    }
  }

  /// Passes over a value of a key that is not needed, which may be an array of values.
  private func skipValue(_ rest: inout Field, _ number: Int) throws(TraceError) {
    skipBlanks(&rest)
    if rest.first == UInt8(ascii: "\"") {
      _ = try text(&rest, number)
    } else if rest.first == UInt8(ascii: "[") {
      guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else {
        throw unexpected(rest, number, "an array that ends")
      }
      rest = rest[(end + 1)...]
    } else {
      let word = token(&rest)
      guard !word.isEmpty, word.first != UInt8(ascii: "{") else {
        throw unexpected(word.isEmpty ? rest : word, number, "a plain value")
      }
    }
  }
}
