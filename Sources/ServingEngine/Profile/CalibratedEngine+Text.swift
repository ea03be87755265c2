extension CalibratedEngine {
  /// First line of a profile.
  public static let heading = "# plimsoll engine profile 1"
  static let header = "key,value,unit,standard_error"

  /// A key, its value and the line they stand on.
  public struct Entry: Hashable, Sendable {
    /// Key.
    public var key: String
    /// Value as written.
    public var value: String
    /// Standard error as written; empty where there is none.
    public var standardError: String
    /// Line from 1; 0 where none is known.
    public var line: Int

    /// Creates an entry.
    public init(key: String, value: String, standardError: String = "", line: Int = 0) {
      self.key = key
      self.value = value
      self.standardError = standardError
      self.line = line
    }
  }

  /// The rows of the profile in the order of its text: key, value, unit and standard error. What is
  /// zero is left out.
  public var rows: [(key: String, value: String, unit: String, standardError: String)] {
    var rows: [(key: String, value: String, unit: String, standardError: String)] = [
      ("model", model, "", ""), ("accelerator", accelerator, "", ""),
    ]
    for count in Self.counts {
      if let value = count.read(self) { rows.append((count.name, "\(value)", count.unit, "")) }
    }
    for time in Self.times {
      let value = self[keyPath: time.path] / Self.picosecondsPerMicrosecond
      let error = standardErrors.first { $0.key == time.name }
      guard value != 0 || error != nil else { continue }
      rows.append((time.name, "\(value)", time.unit, error.map { "\($0.value)" } ?? ""))
    }
    for point in coefficients.mixedPenalty {
      rows.append((Self.penaltyPrefix + "\(point.decodes)", "\(point.factor)", "1", ""))
    }
    for band in Self.bands {
      guard let value = self[keyPath: band.path] else { continue }
      rows.append((band.name + "_error_low", "\(value.low)", "1", ""))
      rows.append((band.name + "_error_high", "\(value.high)", "1", ""))
    }
    return rows
  }

  /// The profile as CSV, which ``init(text:name:)`` reads back: comment lines with the provenance, a
  /// header, and a row for every key. Times are in microseconds, written so that they read back to the
  /// same number of microseconds.
  public var text: String {
    var text = Self.heading + "\n"
    for line in provenance { text += "# \(line)\n" }
    text += Self.header + "\n"
    for row in rows { text += "\(row.key),\(row.value),\(row.unit),\(row.standardError)\n" }
    return text
  }

  /// The same as YAML: a mapping of keys to values.
  public var yaml: String {
    var text = Self.heading + "\n"
    for line in provenance { text += "# \(line)\n" }
    for row in rows {
      let error = row.standardError.isEmpty ? "" : ", standard error \(row.standardError)"
      let note = row.unit.isEmpty ? "" : "  # \(row.unit)\(error)"
      text += "\(row.key): \(row.value)\(note)\n"
    }
    return text
  }

  /// Reads a profile from its CSV text.
  ///
  /// - Throws: ``CalibratedEngineError`` with line, what was found and what was expected.
  public init(text: String, name: String) throws(CalibratedEngineError) {
    var entries: [Entry] = []
    var provenance: [String] = []
    var hasHeader = false
    var number = 0
    // A pair of return and newline is one character to Swift.
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      if number == 1 {
        let words = Self.heading.dropLast()
        if line.hasPrefix(words), let version = Int(line.dropFirst(words.count)), version != 1 {
          throw CalibratedEngineError(
            file: name, line: 1,
            problem: "version \(version) of an engine profile, this program reads version 1: "
              + "write it anew with plimsoll calibrate")
        }
        guard line == Self.heading else {
          throw CalibratedEngineError(
            file: name, line: 1,
            problem: "found \"\(line.prefix(40))\", expected \"\(Self.heading)\" as plimsoll "
              + "calibrate writes it")
        }
      } else if line.first == "#" {
        provenance.append(String(line.dropFirst().drop { $0 == " " }))
      } else if line.isEmpty {
        continue
      } else if !hasHeader {
        guard line == Self.header else {
          throw CalibratedEngineError(
            file: name, line: number,
            problem: "found \"\(line.prefix(40))\", expected the header \"\(Self.header)\"")
        }
        hasHeader = true
      } else {
        let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 4 else {
          throw CalibratedEngineError(
            file: name, line: number,
            problem: "found \(fields.count) fields, expected 4: \(Self.header)")
        }
        entries.append(
          Entry(key: fields[0], value: fields[1], standardError: fields[3], line: number))
      }
    }
    try self.init(entries: entries, provenance: provenance, name: name)
  }

  /// Reads a profile from its keys and values.
  ///
  /// - Throws: ``CalibratedEngineError`` for a key that is unknown, missing or there twice, and for a
  ///   value that is no such thing.
  public init(
    entries: [Entry], provenance: [String] = [], name: String
  ) throws(CalibratedEngineError) {
    self.init(
      model: "", accelerator: "", coefficients: StepCoefficients(), provenance: provenance)
    var seen: Set<String> = []
    var ends: [String: Double] = [:]
    for entry in entries {
      let line = entry.line > 0 ? entry.line : nil
      guard seen.insert(entry.key).inserted else {
        throw CalibratedEngineError(
          file: name, line: line, problem: "the key '\(entry.key)' is there twice")
      }
      try read(entry, &ends, name)
    }
    func missing(_ key: String) -> CalibratedEngineError {
      CalibratedEngineError(file: name, problem: "the key '\(key)' is missing")
    }
    if model.isEmpty { throw missing("model") }
    if accelerator.isEmpty { throw missing("accelerator") }
    if !seen.contains("decode_base") { throw missing("decode_base") }
    coefficients.mixedPenalty.sort { $0.decodes < $1.decodes }
    for band in Self.bands {
      let (low, high) = (ends[band.name + "_error_low"], ends[band.name + "_error_high"])
      guard let low, let high else {
        if low != nil || high != nil {
          throw missing(band.name + (low == nil ? "_error_low" : "_error_high"))
        }
        continue
      }
      guard low <= high else {
        throw CalibratedEngineError(
          file: name, problem: "\(band.name)_error_low is above \(band.name)_error_high")
      }
      self[keyPath: band.path] = Band(low: low, high: high)
    }
    let mixed = coefficients.mixed
    guard mixed.expertsPerToken <= mixed.experts, mixed.experts == 0 || mixed.expertsPerToken > 0
    else {
      throw CalibratedEngineError(
        file: name, problem: "experts_per_token is not between 1 and experts")
    }
  }

  private mutating func read(
    _ entry: Entry, _ ends: inout [String: Double], _ name: String
  ) throws(CalibratedEngineError) {
    func wrong(_ expected: String) -> CalibratedEngineError {
      CalibratedEngineError(
        file: name, line: entry.line > 0 ? entry.line : nil,
        problem: "\(entry.key): found \"\(entry.value.prefix(40))\", expected \(expected)")
    }
    if entry.key == "model" || entry.key == "accelerator" {
      if entry.value.isEmpty { throw wrong("a name") }
      if entry.key == "model" { model = entry.value } else { accelerator = entry.value }
      return
    }
    if let count = Self.counts.first(where: { $0.name == entry.key }) {
      guard let value = Int(entry.value), count.range.contains(value) else {
        throw wrong(
          "a whole number from \(count.range.lowerBound) to \(count.range.upperBound)")
      }
      count.write(&self, value)
      return
    }
    let number = Double(entry.value).flatMap { $0.isFinite ? $0 : nil }
    if let time = Self.times.first(where: { $0.name == entry.key }) {
      guard let number, number >= 0, number <= 1e12 else {
        throw wrong("a time of 0 to 1e12 microseconds")
      }
      self[keyPath: time.path] = number * Self.picosecondsPerMicrosecond
      if !entry.standardError.isEmpty {
        guard let error = Double(entry.standardError), error >= 0, error.isFinite else {
          throw wrong("a standard error of 0 or more, found \"\(entry.standardError.prefix(40))\"")
        }
        standardErrors.append(StandardError(key: entry.key, value: error))
      }
      return
    }
    if entry.key.hasPrefix(Self.penaltyPrefix) {
      guard let decodes = Int(entry.key.dropFirst(Self.penaltyPrefix.count)),
        (0...65_536).contains(decodes), let number, number >= 1, number <= 1000
      else { throw wrong("\(Self.penaltyPrefix)<decodes> and a factor from 1 to 1000") }
      coefficients.mixedPenalty.append(MixedPenalty.Point(decodes: decodes, factor: number))
      return
    }
    if Self.bands.contains(where: {
      entry.key == $0.name + "_error_low" || entry.key == $0.name + "_error_high"
    }) {
      guard let number, number > -1, number < 1000 else {
        throw wrong("a relative error above -1, such as 0.05")
      }
      ends[entry.key] = number
      return
    }
    let known =
      ["model", "accelerator"] + Self.counts.map(\.name) + Self.times.map(\.name)
      + [Self.penaltyPrefix + "<decodes>"]
      + Self.bands.flatMap { ["\($0.name)_error_low", "\($0.name)_error_high"] }
    throw CalibratedEngineError(
      file: name, line: entry.line > 0 ? entry.line : nil,
      problem: "unknown key '\(entry.key)', expected one of \(known.joined(separator: ", "))")
  }
}
