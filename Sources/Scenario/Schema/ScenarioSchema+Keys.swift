extension ScenarioSchema {
  /// Every key and every word that the format has, each once, in the order of the format.
  public static var words: [String] {
    var words: [String] = []
    var seen: Set<String> = []
    collect(ScenarioShape.root, depth: 0, &words, &seen)
    return words
  }

  private static let deepest = 16

  private static func collect(
    _ shape: Shape, depth: Int, _ words: inout [String], _ seen: inout Set<String>
  ) {
    guard depth < deepest else { return }
    func add(_ word: String) { if seen.insert(word).inserted { words.append(word) } }
    func add(_ fields: [Field]) {
      for field in fields {
        add(field.key)
        collect(field.shape, depth: depth + 1, &words, &seen)
      }
    }
    switch shape {
    case .scalar(.word(let names)): names.forEach(add)
    case .scalar(.tokensOr(let name, _)): add(name)
    case .scalar, .value: break
    case .mapping(let fields): add(fields)
    case .shorthand(_, let fields): add(fields)
    case .table(_, let inner), .list(let inner), .oneOrMore(let inner):
      collect(inner, depth: depth + 1, &words, &seen)
    case .variant(let variants): for variant in variants { add(variant.fields) }
    case .wordOr(let names, let variants):
      names.forEach(add)
      for variant in variants { add(variant.fields) }
    }
  }
}
