/// Finds where the order of a `Dictionary` or a `Set`, which is another in every run, could reach a result.
///
/// It reads text, not types: a name counts as hashed from a declaration that says so (`: [K: V]`, `: Set<T>`,
/// `= [:]`, `= Set(…)`, `= Dictionary(…)`, `= other` where that one is hashed) to the next declaration of the same
/// name in its file, a property in every file of its room, and a public one in every room that may import
/// its own, there behind a dot and where no property of that name is anything else. What asks for membership, a value or a count is
/// let through, and what is sorted behind it on the same or the next line, by more than a value that may tie.
struct HashedCollections {
  /// Names of hashed properties, by room.
  private var properties: [String: Set<String>] = [:]
  /// Names of hashed properties that other rooms see, by room.
  private var shared: [String: Set<String>] = [:]
  /// Names that some property has which is not hashed.
  private var ambiguous: Set<String> = []

  /// Ways to walk through a collection in its own order.
  private static let walks = [
    "compactMap", "compactMapValues", "debugDescription", "description", "drop", "dropFirst",
    "dropLast", "elementsEqual", "endIndex", "enumerated", "filter", "first", "firstIndex",
    "flatMap", "forEach", "indices", "joined", "lazy", "lexicographicallyPrecedes",
    "makeIterator", "map", "mapValues", "max", "min", "popFirst", "prefix", "randomElement",
    "reduce", "removeFirst", "reversed", "shuffled", "split", "startIndex", "starts", "suffix",
    "withContiguousStorageIfAvailable",
  ]
  /// Ways to make another hashed collection.
  private static let unions = [
    "intersection", "merging", "subtracting", "symmetricDifference", "union",
  ]

  /// Reads the properties of all files.
  init(_ files: [SourceFile]) {
    for file in files {
      var depth = 0
      for line in file.code {
        // Members stand one or two blocks deep; what is deeper is a local.
        if depth <= 2, let declared = Self.declaration(line), !Self.isLocal(line, depth, file) {
          if declared.isHashed {
            properties[file.room, default: []].insert(declared.name)
            let words = Self.tokens(line)
            if words.contains("public") || words.contains("package") {
              shared[file.room, default: []].insert(declared.name)
            }
          } else {
            ambiguous.insert(declared.name)
          }
        }
        depth += line.count { $0 == "{" } - line.count { $0 == "}" }
      }
    }
  }

  private static func isLocal(_ line: String, _ depth: Int, _ file: SourceFile) -> Bool {
    // Members of a type are indented by two spaces a block, locals by one block more than their function.
    line.prefix { $0 == " " }.count > 2 * depth
  }

  /// A sentence for every place of a file where an order could leak.
  func problems(_ file: SourceFile) -> [String] {
    var hashed = properties[file.room] ?? []
    let allowed = TidyRules.imports[file.room] ?? []
    var foreign: Set<String> = []
    for room in allowed { foreign.formUnion(shared[room] ?? []) }
    foreign.subtract(ambiguous)
    var found: [String] = []
    for (index, line) in file.code.enumerated() {
      for declared in Self.declarations(line, hashed) {
        if declared.isHashed { hashed.insert(declared.name) } else { hashed.remove(declared.name) }
      }
      let next = index + 1 < file.code.count ? file.code[index + 1] : ""
      if let what = Self.leak(line, Self.continues(next) ? next : "", hashed, foreign) {
        found.append(
          "\(file.place(index)): \(what) goes through a hashed collection, whose order differs between runs; "
            + "sort it, or keep an array")
      }
    }
    return found
  }

  /// Whether a line goes on with the expression of the one before.
  private static func continues(_ line: String) -> Bool {
    let text = line.drop { $0 == " " }
    return text.hasPrefix(".") || text.hasPrefix("}.")
  }

  // MARK: Expressions

  /// The first leak of a line that no sorting behind it, there or on the next line, mends.
  private static func leak(
    _ line: String, _ next: String, _ hashed: Set<String>, _ foreign: Set<String>
  ) -> String? {
    let tokens = chained(tokens(line))
    let both = tokens + Self.tokens(next)
    for place in tokens.indices {
      let behind = both[(place + 1)...]
      if let what = leak(at: place, tokens, hashed, foreign) {
        if !behind.contains("sorted") { return what }
        if ties(behind) { return "\(what), sorted by what may tie," }
      } else if hashed.contains(tokens[place]), behind.prefix(4).contains("sorted"), ties(behind) {
        return "'\(tokens[place]).sorted' by what may tie"
      }
    }
    return nil
  }

  /// Members that no two elements of a collection share, by the custom of the house.
  private static let unique = ["id", "index", "key", "name", "number"]

  /// Whether the next `sorted` compares one member alone that two elements may share, such as a value.
  private static func ties(_ behind: ArraySlice<String>) -> Bool {
    guard let sorted = behind.firstIndex(of: "sorted") else { return false }
    let rest = Array(behind[(sorted + 1)...].prefix(16).filter { !["(", "by", ":"].contains($0) })
    // { $0.value < $1.value }
    guard rest.count >= 11, rest[0] == "{", rest[10] == "}", rest[1] == "$", rest[6] == "$",
      rest[3] == ".", rest[8] == "."
    else { return false }
    return rest[4] == rest[9] && !unique.contains(rest[4])
  }

  /// Tokens without the signs of optional chains: `x?.map` goes through what `x.map` goes through.
  private static func chained(_ tokens: [String]) -> [String] {
    tokens.indices.filter { place in
      guard ["?", "!"].contains(tokens[place]), place > 0, place + 1 < tokens.count else {
        return true
      }
      let isBehindWord = tokens[place - 1].first.map { $0.isLetter || $0 == "_" } == true
      return !isBehindWord || ![".", "["].contains(tokens[place + 1])
    }.map { tokens[$0] }
  }

  private static func leak(
    at place: Int, _ tokens: [String], _ hashed: Set<String>, _ foreign: Set<String>
  ) -> String? {
    let token = tokens[place]
    let before = place > 0 ? tokens[place - 1] : ""
    let lead = start(of: place, tokens)
    // What stands behind the collection, however it is spelled.
    var call = tokens[(place + 1)...]
    if ["Set", "Dictionary"].contains(token) {
      guard let end = made(place, tokens) else { return nil }
      call = tokens[(end + 1)...]
    } else {
      guard hashed.contains(token) || before == "." && foreign.contains(token) else { return nil }
      // A label, a parameter or the property's own declaration names it without using it.
      if call.first == ":" || before == "var" || before == "let" { return nil }
      if call.starts(with: ["?", "?"]) {
        // `for a in x ?? [:]`, `(x ?? [:]).map`
        if lead == "(", let end = closing(head(place, tokens) - 1, tokens) {
          call = tokens[(end + 1)...]
          return call.first == "." && walks.contains(call.dropFirst().first ?? "")
            ? "'\(token).\(call.dropFirst().first ?? "")'" : nil
        }
      } else if ["[", "(", "?"].contains(call.first) {
        return nil
      }
    }
    if call.first == ".", let part = call.dropFirst().first, ["keys", "values"].contains(part) {
      call = call.dropFirst(2)
      if call.first != "." {
        return lead == "in" || call.first != "[" ? "'\(token).\(part)'" : nil
      }
    }
    if call.first == ".", let question = call.dropFirst().first {
      if walks.contains(question) { return "'\(token).\(question)'" }
      if !unions.contains(question) { return nil }
    }
    if lead == "in" { return "'in \(token)'" }
    return taken(at: place, lead, tokens).map { "'\($0)\(token)'" }
  }

  /// How an array takes what stands at a place, in its order: `Array(`, `[T](`, `contentsOf:`, `+=`.
  private static func taken(at place: Int, _ lead: String, _ tokens: [String]) -> String? {
    let head = head(place, tokens)
    guard head >= 2 else { return nil }
    let owner = tokens[head - 2]
    switch lead {
    case "(":
      if ["Array", "zip", "ContiguousArray"].contains(owner) { return "\(owner)(" }
      return owner == "]" && isArrayType(endingAt: head - 2, tokens) ? "[…](" : nil
    case ":": return owner == "contentsOf" ? "contentsOf: " : nil
    case "=": return owner == "+" ? "+= " : nil
    default: return nil
    }
  }

  /// Where the brackets of `Set(…)`, `Set<T>(…)` end; `nil` where that is no collection that is made here.
  private static func made(_ place: Int, _ tokens: [String]) -> Int? {
    var open = place + 1
    if open < tokens.count, tokens[open] == "<" {
      guard let end = closing(open, tokens) else { return nil }
      open = end + 1
    }
    guard open < tokens.count, tokens[open] == "(" else { return nil }
    return closing(open, tokens)
  }

  /// Where a bracket closes, on this line.
  private static func closing(_ open: Int, _ tokens: [String]) -> Int? {
    // Elsewhere than in a type, `<` compares.
    let (opening, end) = tokens[open] == "<" ? (["<"], [">"]) : (["(", "["], [")", "]"])
    var depth = 0
    for place in open..<tokens.count {
      if opening.contains(tokens[place]) { depth += 1 }
      if end.contains(tokens[place]) { depth -= 1 }
      if depth == 0 { return place }
    }
    return nil
  }

  /// Whether `[…]` that ends at a place is the type of an array: no subscript, and without a key.
  private static func isArrayType(endingAt end: Int, _ tokens: [String]) -> Bool {
    var depth = 0
    for place in stride(from: end, through: 0, by: -1) {
      if tokens[place] == ":", depth == 1 { return false }
      if tokens[place] == "]" { depth += 1 }
      if tokens[place] == "[" { depth -= 1 }
      guard depth == 0 else { continue }
      guard place > 0 else { return true }
      let before = tokens[place - 1]
      let isWord = before.first.map { $0.isLetter || $0.isNumber || $0 == "_" } == true
      return ["return", "in"].contains(before) || !isWord && ![")", "]"].contains(before)
    }
    return false
  }

  /// The token before the path (`self.a.b`) that ends at a place.
  private static func start(of place: Int, _ tokens: [String]) -> String {
    var at = place
    while at >= 2, tokens[at - 1] == "." { at -= 2 }
    return at > 0 ? tokens[at - 1] : ""
  }

  private static func head(_ place: Int, _ tokens: [String]) -> Int {
    var at = place
    while at >= 2, tokens[at - 1] == "." { at -= 2 }
    return at
  }

  /// Words and single signs.
  static func tokens(_ line: String) -> [String] {
    var result: [String] = []
    var word = ""
    for character in line {
      if character.isLetter || character.isNumber || character == "_" {
        word.append(character)
        continue
      }
      if !word.isEmpty { result.append(word) }
      word = ""
      if character != " " { result.append(String(character)) }
    }
    if !word.isEmpty { result.append(word) }
    return result
  }

  // MARK: Declarations

  private typealias Declaration = (name: String, isHashed: Bool)

  /// The variable that a line declares, and the parameters of a function it begins.
  private static func declarations(_ line: String, _ hashed: Set<String>) -> [Declaration] {
    var all: [Declaration] = []
    if let declared = declaration(line, hashed) { all.append(declared) }
    let tokens = tokens(line)
    if tokens.contains("func") || tokens.contains("init") {
      for place in tokens.indices.dropFirst() where tokens[place] == ":" {
        all.append((tokens[place - 1], isHashedType(tokens[(place + 1)...])))
      }
    }
    return all
  }

  private static func declaration(_ line: String, _ hashed: Set<String> = []) -> Declaration? {
    let tokens = chained(tokens(line))
    guard let keyword = tokens.firstIndex(where: { $0 == "var" || $0 == "let" }),
      keyword + 2 < tokens.count
    else { return nil }
    let name = tokens[keyword + 1]
    let rest = tokens[(keyword + 2)...]
    if rest.first == ":" { return (name, isHashedType(rest.dropFirst())) }
    guard rest.first == "=" else { return nil }
    let value = rest.dropFirst()
    let isLiteral = value.starts(with: ["[", ":", "]"])
    let isMade =
      ["Set", "Dictionary"].contains(value.first ?? "")
      && ["(", "<"].contains(value.dropFirst().first ?? "")
    return (
      name,
      isLiteral || isMade || isHashedType(value) && value.contains("(") || isPath(value, hashed)
    )
  }

  /// Whether tokens are the name of a hashed collection and nothing more, or what is joined of it with another.
  private static func isPath(_ value: ArraySlice<String>, _ hashed: Set<String>) -> Bool {
    var rest = value
    while rest.count >= 2, rest.dropFirst().first == ".",
      !unions.contains(rest.dropFirst(2).first ?? "")
    {
      rest = rest.dropFirst(2)
    }
    guard let last = rest.first, hashed.contains(last) else { return false }
    let end = rest.dropFirst()
    return end.isEmpty || ["else", "{", ",", "?"].contains(end.first)
      || end.first == "." && unions.contains(end.dropFirst().first ?? "")
  }

  /// Whether tokens begin with `Set<`, `Dictionary<` or a bracket that holds a key and a value.
  private static func isHashedType(_ tokens: ArraySlice<String>) -> Bool {
    guard let first = tokens.first else { return false }
    if first == "inout" { return isHashedType(tokens.dropFirst()) }
    if ["Set", "Dictionary"].contains(first) { return tokens.dropFirst().first == "<" }
    guard first == "[" else { return false }
    var depth = 0
    for token in tokens.dropFirst() {
      if ["(", "[", "<"].contains(token) { depth += 1 }
      if depth == 0, token == ":" { return true }
      if [")", "]", ">"].contains(token) { depth -= 1 }
      if depth < 0 { return false }
    }
    return false
  }
}
