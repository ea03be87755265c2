/// Reads a trace from the bytes of a CSV file, in one pass, without a String per field.
struct TraceReader {
  private typealias Field = UnsafeBufferPointer<UInt8>.SubSequence

  /// A column the reader needs and the names it goes by, compared without regard to case.
  private struct Column {
    var names: [String]
    var index = -1

    init(_ names: [String]) { self.names = names }
  }

  private let file: String
  // This project's name, Azure's (2023 and 2024), BurstGPT's.
  private var time = Column(["t_s", "timestamp"])
  private var prompt = Column(["prompt_tokens", "contexttokens", "request tokens"])
  private var output = Column(["output_tokens", "generatedtokens", "response tokens"])
  // What a prompt begins with: ids of its blocks with spaces between, and tokens of a block.
  private var hashes = Column(["hash_ids"])
  private var blockSize = Column(["block_tokens"])
  private var ids: [[UInt64]] = []
  private var blockTokens: Int32?
  private var columnCount = 0
  /// Whether times are dates; fixed by the first row.
  private var hasDates: Bool?
  private var times: [Int64] = []
  private var prompts: [Int32] = []
  private var outputs: [Int32] = []

  static func read(_ bytes: [UInt8], name: String) throws(TraceError) -> TraceRows {
    var reader = TraceReader(file: name)
    do {
      try bytes.withUnsafeBufferPointer { try reader.readLines($0) }
    } catch let error as TraceError {
      throw error
    } catch {
      preconditionFailure("the reader throws trace errors only")
    }
    return try reader.rows()
  }

  private init(file: String) { self.file = file }

  private mutating func readLines(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    var rest = bytes[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    var number = 0
    var fields: [Field] = []
    while !rest.isEmpty {
      number += 1
      let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
      var line = rest[rest.startIndex..<end]
      rest = rest[min(end + 1, rest.endIndex)...]
      if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
      if line.allSatisfy({ $0 == UInt8(ascii: " ") }) { continue }
      try split(line, into: &fields, number)
      if columnCount == 0 { try readHeader(fields, number) } else { try readRow(fields, number) }
    }
    if columnCount == 0 {
      throw TraceError(
        file: file, problem: "the file is empty, expected a header such as \(Self.exampleHeader)")
    }
  }

  private static let exampleHeader = "t_s,prompt_tokens,output_tokens"

  /// Splits at commas outside quotes; what is inside quotes is kept as it stands, quotes removed.
  private func split(_ line: Field, into fields: inout [Field], _ number: Int) throws {
    fields.removeAll(keepingCapacity: true)
    var rest = line
    while true {
      if rest.first == UInt8(ascii: "\"") {
        var close = rest.startIndex + 1
        while close < rest.endIndex {
          if rest[close] == UInt8(ascii: "\"") {
            // A doubled quote stands for a quote.
            guard close + 1 < rest.endIndex, rest[close + 1] == UInt8(ascii: "\"") else { break }
            close += 1
          }
          close += 1
        }
        let next = close + 1
        guard close < rest.endIndex, next == rest.endIndex || rest[next] == UInt8(ascii: ",")
        else { throw problem(number, "a quoted field does not end, expected \" before the comma") }
        fields.append(rest[(rest.startIndex + 1)..<close])
        if next == rest.endIndex { return }
        rest = rest[(next + 1)...]
      } else {
        let comma = rest.firstIndex(of: UInt8(ascii: ",")) ?? rest.endIndex
        fields.append(Self.trimmed(rest[rest.startIndex..<comma]))
        if comma == rest.endIndex { return }
        rest = rest[(comma + 1)...]
      }
    }
  }

  private mutating func readHeader(_ fields: [Field], _ number: Int) throws {
    let names = fields.map { String(decoding: $0, as: UTF8.self) }
    let folded = names.map { $0.lowercased() }
    for path in [\TraceReader.time, \.prompt, \.output] {
      let wanted = self[keyPath: path].names
      guard let index = folded.firstIndex(where: { wanted.contains($0) }) else {
        throw problem(
          number,
          "no column \(wanted[0]) (nor \(wanted.dropFirst().joined(separator: ", "))), found "
            + names.joined(separator: ", ") + "; expected a header such as \(Self.exampleHeader)")
      }
      self[keyPath: path].index = index
    }
    for path in [\TraceReader.hashes, \.blockSize] {
      let wanted = self[keyPath: path].names
      self[keyPath: path].index = folded.firstIndex { wanted.contains($0) } ?? -1
    }
    if (hashes.index < 0) != (blockSize.index < 0) {
      let (here, missing) =
        hashes.index < 0
        ? (blockSize.names[0], hashes.names[0]) : (hashes.names[0], blockSize.names[0])
      throw problem(
        number, "found column \(here) without \(missing); expected both, or neither")
    }
    columnCount = fields.count
  }

  private mutating func readRow(_ fields: [Field], _ number: Int) throws {
    guard fields.count == columnCount else {
      throw problem(
        number, "found \(fields.count) fields, expected \(columnCount) as in the header")
    }
    times.append(try readTime(fields[time.index], number))
    prompts.append(try readLength(fields[prompt.index], prompt.names[0], number))
    outputs.append(try readLength(fields[output.index], output.names[0], number))
    if hashes.index >= 0 {
      ids.append(try readIDs(fields[hashes.index], number))
      let tokens = try readLength(fields[blockSize.index], blockSize.names[0], number)
      guard tokens >= 1, blockTokens == nil || blockTokens == tokens else {
        throw unexpected(
          fields[blockSize.index], number,
          blockTokens.map { "\($0) tokens a block as above" } ?? "1 token or more for block_tokens")
      }
      blockTokens = tokens
    }
  }

  /// Whole numbers with spaces between; none for a prompt that begins like no other.
  private func readIDs(_ field: Field, _ number: Int) throws -> [UInt64] {
    try field.split(separator: UInt8(ascii: " ")).map { word in
      var id: UInt64 = 0
      for digit in word {
        let (tenfold, overflow) = id.multipliedReportingOverflow(by: 10)
        let (sum, carry) = tenfold.addingReportingOverflow(UInt64(digit &- UInt8(ascii: "0")))
        guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9"), !overflow, !carry else {
          throw unexpected(
            field, number, "ids of blocks in hash_ids, whole numbers with spaces between")
        }
        id = sum
      }
      return id
    }
  }

  private mutating func readTime(_ field: Field, _ number: Int) throws -> Int64 {
    let isDate = hasDates ?? (CalendarTime.nanoseconds(field) != nil)
    hasDates = isDate
    if isDate {
      guard let nanoseconds = CalendarTime.nanoseconds(field) else {
        throw unexpected(field, number, "a time such as 2023-11-16 18:17:03.9799600, as above")
      }
      return nanoseconds
    }
    guard let decimal = DecimalNumber(field) else {
      throw unexpected(field, number, "a time in seconds such as 12.5")
    }
    guard !decimal.isNegative || decimal.digits == 0 else {
      throw unexpected(field, number, "a time of zero or more seconds")
    }
    guard let time = decimal.scaled(byPowerOfTen: 9), time <= TraceRows.longestTime else {
      throw unexpected(field, number, "a time below 73 years in seconds")
    }
    return time
  }

  private func readLength(_ field: Field, _ column: String, _ number: Int) throws -> Int32 {
    guard let decimal = DecimalNumber(field), decimal.isWhole else {
      throw unexpected(field, number, "a whole number of tokens for \(column)")
    }
    guard let length = decimal.scaled(byPowerOfTen: 0), length >= 0,
      length <= TraceRows.longestLength
    else { throw unexpected(field, number, "0 to \(TraceRows.longestLength) tokens for \(column)") }
    return Int32(length)
  }

  private mutating func rows() throws(TraceError) -> TraceRows {
    if hasDates == true, let first = times.min() {
      for row in times.indices { times[row] -= first }
    }
    return try TraceRows(
      name: file, checkedTimes: times, promptTokens: prompts, outputTokens: outputs,
      texts: blockTokens.map { TraceTexts(rows: ids, blockTokens: Int($0)) })
  }

  private func problem(_ number: Int, _ text: String) -> TraceError {
    TraceError(file: file, line: number, problem: text)
  }

  private func unexpected(_ field: Field, _ number: Int, _ expected: String) -> TraceError {
    let found =
      field.isEmpty ? "nothing" : "\"\(String(decoding: field.prefix(40), as: UTF8.self))\""
    return problem(number, "found \(found), expected \(expected)")
  }

  private static func trimmed(_ field: Field) -> Field {
    var field = field
    while field.first == UInt8(ascii: " ") { field = field.dropFirst() }
    while field.last == UInt8(ascii: " ") { field = field.dropLast() }
    return field
  }
}

extension TraceRows {
  /// Reads a trace from the bytes of a CSV file.
  ///
  /// The first line names the columns, in any order and with others among them: `t_s` (seconds since
  /// the start of the trace), `prompt_tokens`, `output_tokens`, or Azure's `TIMESTAMP`,
  /// `ContextTokens`, `GeneratedTokens`, or BurstGPT's `Timestamp`, `Request tokens`,
  /// `Response tokens`. Times are decimals, read exactly to the nanosecond, or dates such as
  /// `2023-11-16 18:17:03.9799600`, counted from the earliest row. Rows may be out of order; they are
  /// sorted by time, those of one instant keep their order. Lengths of zero become 1 and are counted
  /// in ``raisedLengths``. Where `hash_ids` and `block_tokens` are among the columns they say what
  /// prompts begin with (``TraceTexts``): ids of blocks with spaces between, and the tokens of a block,
  /// the same in all rows. A byte-order mark, CRLF line ends, blank lines and a last line without
  /// its end are accepted.
  ///
  /// - Throws: ``TraceError`` with file, line, what was found and what was expected.
  /// - Complexity: O(bytes), plus O(n log n) where rows are out of order.
  public init(csv bytes: [UInt8], name: String) throws(TraceError) {
    self = try TraceReader.read(bytes, name: name)
  }
}
