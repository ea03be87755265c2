import Yams

/// Reads YAML text as one node, within limits that no scenario comes near.
enum YAMLText {
  private static let largestText = 8 << 20
  private static let mostNodes = 100_000
  private static let deepest = 64

  /// Why a text is no YAML document, and where.
  struct Problem: Error {
    var mark: Mark
    var message: String
  }

  /// The only document of a text; a byte order mark in front is no part of it.
  ///
  /// Throws the first problem: a parser cannot go on after one.
  static func document(_ text: String) throws(Problem) -> Node {
    let top = Mark(line: 1, column: 1)
    if text.utf8.count > largestText {
      throw Problem(mark: top, message: "larger than 8 MiB, which no scenario is")
    }
    let body =
      text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    if hasAliasInKey(body) {
      throw Problem(
        mark: top,
        message: "an alias (*name) or a list or mapping as a key beside aliases; "
          + "write keys out as text")
    }
    let root: Node?
    do {
      root = try Parser(yaml: body).singleRoot()
    } catch let error as YamlError {
      throw problem(error, body)
    } catch {
      throw Problem(mark: top, message: "not YAML: \(error)")
    }
    guard let root else {
      throw Problem(mark: top, message: "is empty; try `plimsoll init` for a start")
    }
    var budget = mostNodes
    try bound(root, &budget, depth: 0)
    return root
  }

  private static func bound(
    _ node: Node, _ budget: inout Int, depth: Int
  ) throws(Problem) {
    budget -= 1
    if budget < 0 {
      throw Problem(
        mark: Mark(line: 1, column: 1),
        message:
          "holds more than \(mostNodes) values, the most a file may, each alias counted as what it stands for"
      )
    }
    if depth > deepest {
      throw Problem(mark: Mark(node), message: "nested more than \(deepest) deep")
    }
    switch node {
    case .scalar, .alias: break
    case .mapping(let mapping):
      for (key, value) in mapping {
        try bound(key, &budget, depth: depth + 1)
        try bound(value, &budget, depth: depth + 1)
      }
    case .sequence(let sequence):
      for value in sequence { try bound(value, &budget, depth: depth + 1) }
    }
  }

  /// Whether an alias may stand in a key.
  ///
  /// The parser hashes keys to find duplicates, and hashing lists of aliases of lists of aliases
  /// takes for ever before any limit on nodes can act. Judged by characters alone, comments and
  /// quotes included, so it errs on the side of refusing.
  private static func hasAliasInKey(_ text: String) -> Bool {
    var aliases = false
    var anchors = false
    var keys = false
    // Whether a question mark may begin a key, and whether one does.
    var mayBegin = true
    var begins = false
    // What ends in front of the blanks before a byte: an alias, or a list or mapping.
    var ended = false
    var inAlias = false
    // Whether one stands before on the line: the parser takes `*name word:` for a key that is the alias.
    var isBehind = false
    var previous = UInt8(ascii: "\n")
    for byte in text.utf8 {
      let isBlank = byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
      if byte == UInt8(ascii: "&") { anchors = true }
      // Inside brackets a question mark begins a key whatever follows it.
      if begins, isBlank || "*[{&!?".utf8.contains(byte) { keys = true }
      begins = mayBegin && byte == UInt8(ascii: "?")
      mayBegin =
        isBlank || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{")
        || byte == UInt8(ascii: ",")
      if byte == UInt8(ascii: ":"), ended || inAlias || isBehind { keys = true }
      // In the middle of a word a star is a star. Some blanks and line ends are not of ASCII.
      let isAlias =
        byte == UInt8(ascii: "*") && (previous >= 0x80 || " \t\n\r[{,:?".utf8.contains(previous))
      if "\n,[{".utf8.contains(byte)
        || byte == UInt8(ascii: "#") && " \t\n\r".utf8.contains(previous)
      {
        isBehind = false
      } else if isAlias || "]}".utf8.contains(byte) {
        isBehind = true
      }
      previous = byte
      if isAlias {
        aliases = true
        inAlias = true
        ended = false
      } else if isBlank {
        if inAlias { ended = true }
        inAlias = false
      } else if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") {
        inAlias = false
        ended = true
      } else if !isName(byte) {
        inAlias = false
        ended = false
      } else {
        ended = false
      }
    }
    return aliases && anchors && keys
  }

  private static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  // MARK: Parser errors

  private static func problem(_ error: YamlError, _ text: String) -> Problem {
    switch error {
    case .parser(_, let problem, let mark, _) where problem.hasPrefix("Maximum nesting level"):
      return Problem(mark: Mark(mark), message: "nested more than \(deepest) deep")
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
      return Problem(mark: Mark(mark), message: "not YAML: \(problem)")
    case .composer(_, let problem, let mark, _):
      switch problem {
      case "but found another document":
        return Problem(
          mark: Mark(mark), message: "a second document begins; a scenario file holds one")
      case "found undefined alias":
        return Problem(
          mark: Mark(mark),
          message: "an alias without its anchor before it; none may stand in its own anchor")
      default: return Problem(mark: Mark(mark), message: "not YAML: \(problem)")
      }
    case .reader(let problem, let offset, _, _):
      return Problem(
        mark: offset.map { place(ofByte: $0, text) } ?? Mark(line: 1, column: 1),
        message: "not YAML: \(problem)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      let names = duplicates.map { "'\($0)'" }.joined(separator: ", ")
      let first = Mark(context.mark)
      return Problem(
        mark: first, message: "duplicate key \(names) in one mapping; this is the first")
    case .memory:
      return Problem(
        mark: Mark(line: 1, column: 1), message: "nested more than \(deepest) deep")
    default: return Problem(mark: Mark(line: 1, column: 1), message: "not YAML: \(error)")
    }
  }

  private static func place(ofByte offset: Int, _ text: String) -> Mark {
    var mark = Mark(line: 1, column: 1)
    for byte in text.utf8.prefix(offset) {
      if byte == UInt8(ascii: "\n") {
        mark = Mark(line: mark.line + 1, column: 1)
      } else if byte & 0xC0 != 0x80 {
        mark.column += 1
      }
    }
    return mark
  }
}

extension Mark {
  init(_ mark: Yams.Mark) { self.init(line: mark.line, column: mark.column) }

  init(_ node: Node) {
    self.init(line: node.mark?.line ?? 0, column: node.mark?.column ?? 1)
  }
}

extension Node {
  /// The same node without its place, as overrides have none in the file.
  var withoutMarks: Node {
    switch self {
    case .scalar(var scalar):
      scalar.mark = nil
      return .scalar(scalar)
    case .sequence(let sequence):
      return .sequence(
        Node.Sequence(sequence.map(\.withoutMarks), sequence.tag, sequence.style))
    case .mapping(let mapping):
      return .mapping(
        Node.Mapping(
          mapping.map { ($0.key.withoutMarks, $0.value.withoutMarks) }, mapping.tag,
          mapping.style))
    case .alias: return self
    }
  }
}
