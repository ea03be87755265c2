/// Brings in a recording line by line: what a format means is decided here, files are the caller's.
public struct TraceImporter {
  typealias Field = UnsafeBufferPointer<UInt8>.SubSequence

  /// What to do with what a recording has.
  public struct Options: Hashable, Sendable {
    /// Whether requests that failed, which have no output, are kept with an output of 0: a replay takes
    /// that for one token, because a request that fails still loads the system.
    public var keepsFailed = false
    /// The one model whose requests are taken, where a recording names models; `nil` takes all.
    public var model: String?
    /// Tokens of a block that Mooncake hashes.
    public var blockTokens = 512

    /// Options that leave failed requests out.
    public init() {}
  }

  let format: TraceFormat
  let file: String
  let options: Options
  var trace = ImportedTrace()
  /// Columns of a table by their place, once the header was read.
  private var columns: Columns?
  private var otherModels = 0

  private struct Columns {
    var time: Int
    var prompt: Int
    var output: Int
    var model: Int?
    var hashes: Int?
    var blockTokens: Int?
    var count: Int
  }

  /// Creates an importer of a format whose rows stand for themselves.
  ///
  /// - Precondition: the format is one of lines: not ServeGen's, not vLLM's.
  public init(format: TraceFormat, file: String, options: Options = Options()) {
    precondition(format != .serveGen && format != .vLLMBench)
    self.format = format
    self.file = file
    self.options = options
    if format == .mooncake { trace.blockTokens = options.blockTokens }
  }

  /// Reads a line without its end; blank ones are passed over.
  ///
  /// - Throws: ``TraceError`` with the line, what was found and what was expected.
  public mutating func read(
    _ line: UnsafeBufferPointer<UInt8>, number: Int
  ) throws(TraceError) {
    var line = line[...]
    if number == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
    if number == 1, line.starts(with: [0x1F, 0x8B]) {
      throw TraceError(file: file, problem: "is compressed; unpack it first: gunzip -k \(file)")
    }
    if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
    if line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) { return }
    guard trace.count < Int(Int32.max) - 1 else {
      throw problem(number, "more than 2^31 requests, which no replay takes")
    }
    if format == .mooncake { return try readMooncake(line, number) }
    let fields = Self.split(line)
    guard let columns else { return try readHeader(fields, number) }
    guard fields.count == columns.count else {
      throw problem(
        number, "found \(fields.count) fields, expected \(columns.count) as in the header")
    }
    if let wanted = options.model, let place = columns.model,
      !fields[place].elementsEqual(wanted.utf8)
    {
      otherModels += 1
      return
    }
    let time = try time(fields[columns.time], number)
    let prompt = try length(fields[columns.prompt], "prompt", number)
    let output = try length(fields[columns.output], "output", number)
    try add(time, prompt, output, try hashes(fields, columns, number))
  }

  /// The hashes of a row's blocks, blanks between them; `nil` where the trace has none.
  private mutating func hashes(
    _ fields: [Field], _ columns: Columns, _ number: Int
  ) throws(TraceError) -> [UInt64]? {
    guard let place = columns.hashes else { return nil }
    if let place = columns.blockTokens {
      let tokens = Int(try length(fields[place], "block", number))
      guard tokens > 0, trace.blockTokens ?? tokens == tokens else {
        throw unexpected(
          fields[place], number, "as many block tokens as above, \(trace.blockTokens ?? 1) or more")
      }
      trace.blockTokens = tokens
    } else {
      trace.blockTokens = options.blockTokens
    }
    var hashes: [UInt64] = []
    for id in fields[place].split(separator: UInt8(ascii: " ")) {
      guard let hash = UInt64(String(decoding: id, as: UTF8.self)) else {
        throw unexpected(id, number, "whole numbers with blanks between as hash_ids")
      }
      hashes.append(hash)
    }
    return hashes
  }

  /// The trace, in order of time. Times that are dates are counted from the earliest.
  ///
  /// - Throws: where there is no request, or where they lie further apart than a replay takes.
  public consuming func finish() throws(TraceError) -> ImportedTrace {
    if otherModels > 0 {
      trace.notes.append("\(otherModels) requests of other models were left out")
    }
    guard trace.count > 0 else {
      throw TraceError(
        file: file,
        problem: otherModels + trace.leftOut > 0
          ? "found no request to keep: \(trace.leftOut) failed, \(otherModels) of other models"
          : "found no requests, expected at least one")
    }
    trace.finish(rebased: format == .azure2023 || format == .azure2024)
    if let last = trace.times.last, last > TraceRows.longestTime {
      throw TraceError(
        file: file,
        problem:
          "the last request comes more than 73 years after the first, which no replay takes; a date is wrong"
      )
    }
    return trace
  }

  mutating func add(
    _ time: Int64, _ prompt: Int32, _ output: Int32, _ hashes: [UInt64]?
  ) throws(TraceError) {
    if output == 0, !options.keepsFailed {
      trace.leftOut += 1
      return
    }
    trace.append(time: time, prompt: prompt, output: output, hashes: hashes)
  }

  // MARK: Tables

  private mutating func readHeader(_ fields: [Field], _ number: Int) throws(TraceError) {
    let names = fields.map { String(decoding: $0, as: UTF8.self).lowercased() }
    let wanted =
      switch format {
      case .burstGPT: ["timestamp", "request tokens", "response tokens"]
      case .plimsoll: ["t_s", "prompt_tokens", "output_tokens"]
      default: ["timestamp", "contexttokens", "generatedtokens"]
      }
    let places = wanted.map { names.firstIndex(of: $0) }
    guard let time = places[0], let prompt = places[1], let output = places[2] else {
      let missing = wanted.indices.first { places[$0] == nil } ?? 0
      throw problem(
        number,
        "no column '\(wanted[missing])' of a \(format.rawValue) trace, found "
          + names.joined(separator: ", "))
    }
    let model = names.firstIndex(of: "model")
    if options.model != nil, model == nil {
      throw problem(number, "no column 'model', so its requests cannot be chosen by one")
    }
    columns = Columns(
      time: time, prompt: prompt, output: output, model: model,
      hashes: names.firstIndex(of: "hash_ids"), blockTokens: names.firstIndex(of: "block_tokens"),
      count: fields.count)
  }

  private func time(_ field: Field, _ number: Int) throws(TraceError) -> Int64 {
    if format == .azure2023 || format == .azure2024 {
      guard let nanoseconds = CalendarTime.nanoseconds(field) else {
        throw unexpected(
          field, number,
          "a time such as 2023-11-16 18:17:03.9799600 or 2024-05-10 00:00:00.01+00:00")
      }
      return nanoseconds
    }
    return try decimalTime(field, number, power: 9, "seconds such as 12.5")
  }

  /// A time without calendar, in units of 10^`power` nanoseconds.
  func decimalTime(
    _ field: Field, _ number: Int, power: Int, _ expected: String
  ) throws(TraceError) -> Int64 {
    guard let decimal = DecimalNumber(field), !decimal.isNegative || decimal.digits == 0 else {
      throw unexpected(field, number, "\(expected), of zero or more")
    }
    guard let time = decimal.scaled(byPowerOfTen: power), time <= TraceRows.longestTime else {
      throw unexpected(field, number, "a time below 73 years")
    }
    return time
  }

  func length(_ field: Field, _ what: String, _ number: Int) throws(TraceError) -> Int32 {
    guard let decimal = DecimalNumber(field), decimal.isWhole,
      let length = decimal.scaled(byPowerOfTen: 0), length >= 0,
      length <= TraceRows.longestLength
    else {
      throw unexpected(
        field, number, "a whole number of \(what) tokens from 0 to \(TraceRows.longestLength)")
    }
    return Int32(length)
  }

  func problem(_ number: Int, _ text: String) -> TraceError {
    TraceError(file: file, line: number, problem: text)
  }

  func unexpected(_ field: Field, _ number: Int, _ expected: String) -> TraceError {
    let found =
      field.isEmpty ? "nothing" : "\"\(String(decoding: field.prefix(40), as: UTF8.self))\""
    return problem(number, "found \(found), expected \(expected)")
  }

  /// Splits at commas; blanks and quotes around a field are no part of it. None of the formats has a
  /// comma inside a field.
  private static func split(_ line: Field) -> [Field] {
    line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { field in
      var field = field
      let around = Set(" \"".utf8)
      while let byte = field.first, around.contains(byte) { field = field.dropFirst() }
      while let byte = field.last, around.contains(byte) { field = field.dropLast() }
      return field
    }
  }
}
