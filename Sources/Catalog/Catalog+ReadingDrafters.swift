import ServingEngine

/// From the table of drafters to the engine's type.
extension Catalog {
  private enum LayerKind: String, CaseIterable { case dense, model }
  private enum YesNo: String, CaseIterable { case yes, no }

  static func readDrafters(_ files: CatalogFiles) throws(CatalogError) -> [Drafter] {
    let rows = try CatalogTable.drafters.rows(in: files)
    var result: [Drafter] = []
    for row in rows {
      let kind: LayerKind = try row.choice("layer_kind")
      let model: YesNo = try row.choice("model")
      let cache: YesNo = try row.choice("cache")
      result.append(
        Drafter(
          method: try row.required("method"), layers: try row.integer("layers", in: 0...100),
          isDense: kind == .dense,
          vocabularySize: try row.integer("vocabulary", in: 0...10_000_000),
          needsModel: model == .yes, hasCache: cache == .yes,
          perDraftMicroseconds: try row.number("per_draft_us", in: 0...1e6),
          perStepMicroseconds: try row.number("per_step_us", in: 0...1e6),
          perSequenceMicroseconds: try row.number("per_sequence_us", in: 0...1e6),
          evidence: try row.choice("evidence")))
    }
    try checkUnique(rows, names: result.map { [$0.method] })
    return result
  }

  /// The way to draft of that name; case, `_` and blanks do not matter.
  public func drafter(named name: String) -> Drafter? {
    drafters.first { Self.matches(name, $0.method, []) }
  }
}
