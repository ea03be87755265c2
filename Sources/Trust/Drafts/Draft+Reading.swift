import Yams

extension Draft {
  /// Reads a scenario's YAML; anchors are followed, comments are lost.
  ///
  /// - Throws: What Yams says of text that is no YAML.
  public init(yaml: String) throws {
    guard let node = try Yams.compose(yaml: yaml) else {
      self = .map([])
      return
    }
    self.init(node)
  }

  private init(_ node: Node) {
    switch node {
    case .scalar(let scalar): self = .scalar(scalar.string)
    case .sequence(let items): self = .list(items.map { Draft($0) })
    case .mapping(let entries):
      self = .map(entries.map { Entry($0.key.string ?? "", Draft($0.value)) })
    case .alias: self = .scalar("")
    }
  }
}
