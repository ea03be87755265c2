import SimulationKernel

/// One mutant while it is made.
struct InputChange {
  var bytes: [UInt8]
  let corpus: [[UInt8]]
  let words: [[UInt8]]
  var draws: Xoshiro256StarStar

  /// Mutants longer than this are cut: what is to be long is made long by one change, and once.
  private static let usualBytes = 64 << 10

  /// Takes an input of the corpus; of two that were drawn the shorter, so that most mutants are quick.
  mutating func begin() {
    let (a, b) = (corpus[below(corpus.count)], corpus[below(corpus.count)])
    bytes = a.count <= b.count ? a : b
  }

  /// The input after its changes.
  mutating func finished() -> [UInt8] {
    var count = 1
    while count < 8, below(5) < 2 { count += 1 }
    for _ in 0..<count { change() }
    if bytes.count > Self.usualBytes, below(20) != 0 {
      bytes.removeLast(bytes.count - Self.usualBytes)
    }
    if bytes.count > FuzzTarget.mostBytes { bytes.removeLast(bytes.count - FuzzTarget.mostBytes) }
    return bytes
  }

  private mutating func change() {
    switch below(100) {
    case 0..<24:
      replaceToken(with: ExtremeValues.numbers[below(ExtremeValues.numbers.count)], isNumber: true)
    case 24..<40: replaceToken(with: word(), isNumber: false)
    case 40..<46: replaceToken(with: otherToken(), isNumber: false)
    case 46..<52: insert(word())
    case 52..<58: insert(ExtremeValues.separators[below(ExtremeValues.separators.count)])
    case 58..<62: insert(ExtremeValues.garbage[below(ExtremeValues.garbage.count)])
    case 62..<66: erase()
    case 66..<70: flip()
    case 70..<88: changeLines()
    case 88..<92: splice()
    case 92..<96: changeField()
    default: changeWhole()
    }
  }

  // MARK: Draws

  mutating func below(_ bound: Int) -> Int { bound > 1 ? Int(draws.next(below: UInt64(bound))) : 0 }

  private mutating func word() -> [UInt8] {
    words.isEmpty || below(4) == 0
      ? ExtremeValues.numbers[below(ExtremeValues.numbers.count)] : words[below(words.count)]
  }

  // MARK: Tokens

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    48...57 ~= byte || 65...90 ~= byte || 97...122 ~= byte || byte == 95 || byte == 46 || byte == 45
      || byte >= 128
  }

  /// A token of some bytes near a place that is drawn, a number where one is asked for and near.
  private mutating func token(of text: [UInt8], isNumber: Bool) -> Range<Int>? {
    guard !text.isEmpty else { return nil }
    var start = below(text.count)
    let last = min(text.count, start + 400)
    while start < last,
      !(isNumber ? 48...57 ~= text[start] : Self.isTokenByte(text[start]))
    {
      start += 1
    }
    guard start < last else { return nil }
    var end = start
    while start > 0, Self.isTokenByte(text[start - 1]) { start -= 1 }
    while end < text.count, Self.isTokenByte(text[end]) { end += 1 }
    guard isNumber, 48...57 ~= text[start] || text[start] == 45 else { return start..<end }
    // A unit may stay behind its number.
    var digits = start + 1
    while digits < end, 48...57 ~= text[digits] || text[digits] == 46 { digits += 1 }
    return start..<(below(4) == 0 ? end : digits)
  }

  private mutating func replaceToken(with new: [UInt8], isNumber: Bool) {
    guard let range = token(of: bytes, isNumber: isNumber) else { return insert(new) }
    bytes.replaceSubrange(range, with: new)
  }

  private mutating func otherToken() -> [UInt8] {
    let other = corpus[below(corpus.count)]
    return token(of: other, isNumber: false).map { Array(other[$0]) } ?? []
  }

  private mutating func insert(_ new: [UInt8]) {
    bytes.insert(contentsOf: new, at: below(bytes.count + 1))
  }

  private mutating func erase() {
    guard !bytes.isEmpty else { return }
    let start = below(bytes.count)
    let length = 1 + below(below(4) == 0 ? 400 : 8)
    bytes.removeSubrange(start..<min(bytes.count, start + length))
  }

  private mutating func flip() {
    guard !bytes.isEmpty else { return }
    let place = below(bytes.count)
    bytes[place] = below(2) == 0 ? bytes[place] ^ (1 << UInt8(below(8))) : UInt8(below(256))
  }

  /// The beginning of this input and the end of another.
  private mutating func splice() {
    let other = corpus[below(corpus.count)]
    bytes = Array(bytes[..<below(bytes.count + 1)] + other[below(other.count + 1)...])
  }

  // MARK: Lines

  private func lines(of text: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    for (place, byte) in text.enumerated() where byte == 10 {
      lines.append(start..<(place + 1))
      start = place + 1
    }
    if start < text.count { lines.append(start..<text.count) }
    return lines
  }

  private mutating func changeLines() {
    let lines = lines(of: bytes)
    guard !lines.isEmpty else { return insert(word()) }
    let line = lines[below(lines.count)]
    let content = Array(bytes[line])
    switch below(9) {
    case 0, 1: bytes.insert(contentsOf: content, at: lines[below(lines.count)].lowerBound)
    case 2, 3: bytes.removeSubrange(line)
    case 4:
      let other = corpus[below(corpus.count)]
      let others = self.lines(of: other)
      if !others.isEmpty { bytes.replaceSubrange(line, with: other[others[below(others.count)]]) }
    case 5:
      let indent = [UInt8](repeating: 32, count: 1 + below(4))
      bytes.insert(contentsOf: indent, at: line.lowerBound)
    case 6:
      let blanks = content.prefix { $0 == 32 }.count
      bytes.removeSubrange(line.lowerBound..<(line.lowerBound + min(blanks, 1 + below(4))))
    case 7:
      var new = content.prefix { $0 == 32 } + ExtremeValues.lines[below(ExtremeValues.lines.count)]
      new.append(10)
      bytes.insert(contentsOf: new, at: line.lowerBound)
    default:
      let second = lines[below(lines.count)]
      guard line.upperBound <= second.lowerBound else { return }
      let other = Array(bytes[second])
      bytes.replaceSubrange(second, with: content)
      bytes.replaceSubrange(line, with: other)
    }
  }

  /// One field of a row: empty, another's, quoted, or gone with its comma.
  private mutating func changeField() {
    let lines = lines(of: bytes)
    guard !lines.isEmpty else { return }
    let line = lines[below(lines.count)]
    var fields = bytes[line].split(separator: 44, omittingEmptySubsequences: false).map {
      Array($0)
    }
    let place = below(fields.count)
    switch below(6) {
    case 0: fields[place] = []
    case 1: fields[place] = fields[below(fields.count)]
    case 2: fields[place] = [34] + fields[place] + [34]
    case 3: fields.remove(at: place)
    case 4: fields.insert(fields[place], at: place)
    default: fields[place] = word()
    }
    bytes.replaceSubrange(line, with: Array(fields.joined(separator: [44])))
  }

  // MARK: The whole

  private mutating func changeWhole() {
    switch below(10) {
    case 0: bytes = Array(bytes[..<below(bytes.count + 1)])
    case 1: bytes = Array(bytes.map { $0 == 10 ? [13, 10] : [$0] }.joined())
    case 2: bytes.insert(contentsOf: ExtremeValues.garbage[below(3)], at: 0)
    case 3: bytes += ExtremeValues.aliasBomb + (below(2) == 0 ? Array("bombed: *b39\n".utf8) : [])
    case 4: nest()
    case 5: lengthen()
    case 6: repeatPart()
    case 7: if bytes.last == 10 { bytes.removeLast() } else { bytes.append(10) }
    case 8: bytes += bytes
    default: bytes += Array("\n---\n".utf8) + corpus[below(corpus.count)]
    }
  }

  /// Brackets in brackets, closed or not.
  private mutating func nest() {
    let depth = [10, 63, 64, 65, 200, 2000, 20_000][below(7)]
    let (open, close): ([UInt8], [UInt8]) =
      [([91], [93]), ([123, 97, 58, 32], [125]), ([45, 32], []), ([40], [41])][below(4)]
    var nested = Array(repeatElement(open, count: depth).joined())
    if below(2) == 0 { nested += repeatElement(close, count: depth).joined() }
    guard let range = token(of: bytes, isNumber: false) else { return insert(nested) }
    bytes.replaceSubrange(range, with: nested)
  }

  /// A word or a row without end.
  private mutating func lengthen() {
    let unit = [
      [UInt8(ascii: "a")], [UInt8(ascii: "9")], [44], [32], Array("é".utf8), [34], [35], [45],
    ][below(8)]
    let count = [100, 1000, 30_000, 400_000][below(4)]
    insert(Array(repeatElement(unit, count: count).joined()))
  }

  /// One line very often.
  private mutating func repeatPart() {
    let lines = lines(of: bytes)
    guard !lines.isEmpty else { return }
    let line = lines[below(lines.count)]
    let copies = repeatElement(Array(bytes[line]), count: [10, 100, 1000][below(3)]).joined()
    bytes.insert(contentsOf: copies, at: line.lowerBound)
  }
}
