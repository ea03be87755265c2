extension TraceProfile {
  private static let heading = "# plimsoll trace profile 1"
  private static let secondsPerLine = 60

  /// The profile as text, which ``init(text:name:)`` reads back to the same value.
  ///
  /// Comment lines with the provenance, then lines of comma-separated values: `bits,<bins per
  /// doubling as a power of two>`, `seconds,<first second>,<count>…` and `lengths,<prompt lower
  /// bound>,<output lower bound>:<count>…`.
  public var text: String {
    var text = Self.heading + "\n"
    for line in provenance { text += "# \(line)\n" }
    text += "bits,\(lengths.bits)\n"
    for start in stride(from: 0, to: countsBySecond.count, by: Self.secondsPerLine) {
      text += "seconds,\(start)"
      for count in countsBySecond[start...].prefix(Self.secondsPerLine) { text += ",\(count)" }
      text += "\n"
    }
    var prompt: Int32?
    for cell in lengths.cells {
      if cell.prompt != prompt {
        if prompt != nil { text += "\n" }
        text += "lengths,\(cell.prompt)"
        prompt = cell.prompt
      }
      text += ",\(cell.output):\(cell.count)"
    }
    return text + "\n"
  }

  /// Reads a profile from its text.
  ///
  /// - Throws: ``TraceError`` with line, what was found and what was expected.
  public init(text: String, name: String) throws(TraceError) {
    var reader = ProfileReader(file: name)
    var number = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      try reader.read(line.last == "\r" ? line.dropLast() : line, number)
    }
    self = try reader.profile()
  }
}

/// Reads the lines of a profile.
private struct ProfileReader {
  let file: String
  private var provenance: [String] = []
  private var bits: Int?
  private var counts: [Int32] = []
  private var cells: [JointLengthHistogram.Cell] = []

  init(file: String) { self.file = file }

  mutating func read(_ line: Substring, _ number: Int) throws(TraceError) {
    if number == 1 {
      guard line.hasPrefix("# plimsoll trace profile") else {
        throw TraceError(
          file: file, line: 1,
          problem: "found \"\(line.prefix(40))\", expected \"# plimsoll trace profile 1\"")
      }
      guard line == "# plimsoll trace profile 1" else {
        throw TraceError(
          file: file, line: 1, problem: "this version reads profiles of version 1, found \(line)")
      }
      return
    }
    if line.first == "#" {
      provenance.append(String(line.dropFirst().drop { $0 == " " }))
      return
    }
    if line.isEmpty { return }
    let fields = line.split(separator: ",", omittingEmptySubsequences: false)
    switch fields[0] {
    case "bits" where fields.count == 2:
      // Bins of one width: lengths that were read already would lie between those of another.
      guard bits == nil else {
        throw TraceError(
          file: file, line: number, problem: "found bits a second time, expected them once")
      }
      bits = Int(try whole(fields[1], 0...10, "bins per doubling as a power of two", number))
    case "seconds" where fields.count > 2: try readSeconds(fields, number)
    case "lengths" where fields.count > 2: try readLengths(fields, number)
    default:
      throw TraceError(
        file: file, line: number,
        problem: "found \"\(line.prefix(40))\", expected a line of bits, seconds or lengths")
    }
  }

  private mutating func readSeconds(_ fields: [Substring], _ number: Int) throws(TraceError) {
    let next = Int64(counts.count)
    _ = try whole(fields[1], next...next, "the next second, \(next)", number)
    for field in fields.dropFirst(2) {
      counts.append(Int32(try whole(field, 0...1_000_000_000, "a count of requests", number)))
    }
  }

  private mutating func readLengths(_ fields: [Substring], _ number: Int) throws(TraceError) {
    guard let bits else {
      throw TraceError(
        file: file, line: number, problem: "lengths come before bits, expected them after")
    }
    let prompt = try lowerBound(fields[1], bits, number)
    for field in fields.dropFirst(2) {
      let pair = field.split(separator: ":", omittingEmptySubsequences: false)
      guard pair.count == 2 else {
        throw TraceError(
          file: file, line: number,
          problem: "found \"\(field.prefix(40))\", expected an output length, a colon and a count")
      }
      let cell = JointLengthHistogram.Cell(
        prompt: prompt, output: try lowerBound(pair[0], bits, number),
        count: try whole(pair[1], 1...1_000_000_000_000, "a positive count", number))
      if let last = cells.last, (last.prompt, last.output) >= (cell.prompt, cell.output) {
        throw TraceError(
          file: file, line: number,
          problem: "found lengths \(cell.prompt), \(cell.output) after \(last.prompt), "
            + "\(last.output), expected ascending order")
      }
      cells.append(cell)
    }
  }

  func profile() throws(TraceError) -> TraceProfile {
    guard let bits, !cells.isEmpty, counts.contains(where: { $0 > 0 }) else {
      throw TraceError(
        file: file, problem: "expected lines of bits, seconds (with a request) and lengths")
    }
    guard counts.count <= TraceProfile.secondLimit else {
      throw TraceError(file: file, problem: "found \(counts.count) s, expected at most a year")
    }
    return TraceProfile(
      name: file, provenance: provenance, countsBySecond: counts,
      lengths: JointLengthHistogram(bits: bits, cells: cells))
  }

  private func lowerBound(
    _ field: Substring, _ bits: Int, _ number: Int
  ) throws(TraceError) -> Int32 {
    let length = Int32(try whole(field, 1...1_000_000_000, "a length of 1 or more tokens", number))
    let bound = JointLengthHistogram.lowerBound(length, bits: bits)
    guard bound == length else {
      throw TraceError(
        file: file, line: number,
        problem: "found \(length), expected the lower bound of a bin (nearest \(bound))")
    }
    return length
  }

  private func whole(
    _ field: Substring, _ range: ClosedRange<Int64>, _ expected: String, _ number: Int
  ) throws(TraceError) -> Int64 {
    guard let value = Int64(field), range.contains(value) else {
      throw TraceError(
        file: file, line: number,
        problem: "found \"\(field.prefix(40))\", expected \(expected)")
    }
    return value
  }
}
