/// Finds where the order of a `Dictionary` or a `Set`, which is another in every run, could reach a result.
///
/// It reads text, not types: a name counts as hashed from a declaration that says so (`: [K: V]`, `: Set<T>`,
/// `= [:]`, `= Set(…)`, `= Dictionary(…)`) to the next declaration of the same name in its file, and a stored
/// property in every file of its room. What asks for membership, a value or a count is let through, and what is
/// sorted on the same or the next line.
struct HashedCollections {
  /// Names of hashed properties, by room.
  private var properties: [String: Set<String>] = [:]

  /// Ways to walk through a collection in its own order.
  private static let walks = [
    "compactMap", "description", "dropFirst", "elementsEqual", "enumerated", "filter", "first",
    "flatMap",
    "forEach", "indices", "joined", "lazy", "makeIterator", "map", "mapValues", "max", "min",
    "popFirst",
    "prefix", "randomElement", "reduce", "removeFirst", "startIndex",
    "withContiguousStorageIfAvailable",
  ]
  /// Questions whose answer no order changes.
  private static let questions = ["allSatisfy", "contains", "count", "isEmpty", "sorted"]

  /// Reads the properties of all files.
  init(_ files: [SourceFile]) {
    for file in files {
      var depth = 0
      for line in file.code {
        // Members stand one or two blocks deep; what is deeper is a local.
        if depth <= 2, let declared = Self.declaration(line), declared.isHashed,
          !Self.isLocal(line, depth, file)
        {
          properties[file.room, default: []].insert(declared.name)
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
    var found: [String] = []
    for (index, line) in file.code.enumerated() {
      for declared in Self.declarations(line) {
        if declared.isHashed { hashed.insert(declared.name) } else { hashed.remove(declared.name) }
      }
      let next = index + 1 < file.code.count ? file.code[index + 1] : ""
      if line.contains(".sorted") || Self.continues(next) && next.contains(".sorted") { continue }
      if let what = Self.leak(line, hashed) {
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

  private static func leak(_ line: String, _ hashed: Set<String>) -> String? {
    let tokens = Self.tokens(line)
    for (place, token) in tokens.enumerated() {
      let before = place > 0 ? tokens[place - 1] : ""
      let after = Array(tokens[(place + 1)...].prefix(4))
      let isMade =
        ["Set", "Dictionary"].contains(token) && (after.first == "(" || after.first == "<")
      guard hashed.contains(token) || isMade else { continue }
      if isMade {
        if start(of: place, tokens) == "in" { return "'in \(token)'" }
        continue
      }
      // A label, a parameter or the property's own declaration names it without using it.
      if after.first == ":" || before == "var" || before == "let" { continue }
      let lead = start(of: place, tokens)
      let isSubscripted = after.first == "[" || after.first == "(" || after.first == "?"
      if isSubscripted { continue }
      var call = after
      if after.count >= 2, after[0] == ".", ["keys", "values"].contains(after[1]) {
        call = Array(after.dropFirst(2))
        if call.first != "." {
          if lead == "in" || call.first != "[" { return "'\(token).\(after[1])'" }
          continue
        }
      }
      if call.count >= 2, call[0] == "." {
        if walks.contains(call[1]) { return "'\(token).\(call[1])'" }
        if questions.contains(call[1]) || after[1] == call[1] { continue }
      }
      if lead == "in" { return "'in \(token)'" }
      if lead == "(", let owner = word(beforeBracketOf: place, tokens),
        ["Array", "zip", "ContiguousArray", "contentsOf"].contains(owner)
      {
        return "'\(owner)(\(token))'"
      }
      if lead == ":", let label = label(of: place, tokens), label == "contentsOf" {
        return "'contentsOf: \(token)'"
      }
    }
    return nil
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

  private static func word(beforeBracketOf place: Int, _ tokens: [String]) -> String? {
    let at = head(place, tokens)
    return at >= 2 ? tokens[at - 2] : nil
  }

  private static func label(of place: Int, _ tokens: [String]) -> String? {
    let at = head(place, tokens)
    return at >= 2 ? tokens[at - 2] : nil
  }

  /// Words and single signs.
  private static func tokens(_ line: String) -> [String] {
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
  private static func declarations(_ line: String) -> [Declaration] {
    var all: [Declaration] = []
    if let declared = declaration(line) { all.append(declared) }
    let tokens = tokens(line)
    if tokens.contains("func") || tokens.contains("init") {
      for place in tokens.indices.dropFirst() where tokens[place] == ":" {
        all.append((tokens[place - 1], isHashedType(tokens[(place + 1)...])))
      }
    }
    return all
  }

  private static func declaration(_ line: String) -> Declaration? {
    let tokens = tokens(line)
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
    return (name, isLiteral || isMade || isHashedType(value) && value.contains("("))
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
