/// What an engine's scheduler does by default from a version on.
public struct EngineVersion: Hashable, Sendable {
  /// The engine, such as `vllm`.
  public var engine: String
  /// Version from which on it holds, such as `0.19`.
  public var version: String
  /// Whether a request is admitted only when blocks for its whole prompt are free.
  public var reservesWholePrompt: Bool
  /// Share of memory the engine uses (`gpu_memory_utilization`).
  public var memoryUtilization: Double
  /// Share of the blocks that stay free when a request is admitted.
  public var watermark: Double
  /// Whether prompts are computed whole and before anybody decodes.
  public var prefillsFirst: Bool
  /// Sequences that may run at once; `nil` for the default of the accelerator.
  public var maxSequences: Int?

  /// Major and minor number of a version such as `0.19`, `v0.6.3` or `0.22.0`; `nil` where it is none.
  static func number(_ version: String) -> Int? {
    let text = version.hasPrefix("v") ? version.dropFirst() : Substring(version)
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...4).contains(parts.count), let major = Int(parts[0]), (0...999).contains(major)
    else { return nil }
    guard parts.count > 1 else { return major * 1000 }
    guard let minor = Int(parts[1]), (0...999).contains(minor) else { return nil }
    return major * 1000 + minor
  }
}

extension Catalog {
  private enum YesNo: String, CaseIterable { case yes, no }

  static func readEngineVersions(_ files: CatalogFiles) throws(CatalogError) -> [EngineVersion] {
    var result: [EngineVersion] = []
    for row in try CatalogTable.engineVersions.rows(in: files) {
      let engine = try row.required("engine")
      let version = try row.required("version")
      guard let number = EngineVersion.number(version) else {
        throw row.error("version is '\(version)'; expected numbers such as 0.19")
      }
      if let last = result.last(where: { $0.engine == engine }),
        let before = EngineVersion.number(last.version), before >= number
      {
        throw row.error("version must rise within \(engine)")
      }
      let reserves: YesNo = try row.choice("reserve_whole_prompt")
      let prefills: YesNo = try row.choice("prefill_first")
      result.append(
        EngineVersion(
          engine: engine, version: version, reservesWholePrompt: reserves == .yes,
          memoryUtilization: try row.number("memory_utilization", in: 0.01...1),
          watermark: try row.number("watermark", in: 0...0.5), prefillsFirst: prefills == .yes,
          maxSequences: row.text("max_sequences").isEmpty
            ? nil : try row.integer("max_sequences", in: 1...65_536)))
    }
    return result
  }

  /// What holds for a version of an engine: the latest entry that is not later; `nil` where the text is
  /// no version or earlier than all that are known.
  public func engineVersion(_ version: String, of engine: String) -> EngineVersion? {
    guard let asked = EngineVersion.number(version) else { return nil }
    return engineVersions.last { entry in
      entry.engine == engine && (EngineVersion.number(entry.version) ?? Int.max) <= asked
    }
  }

  /// Versions from which on something is different, of an engine.
  public func engineVersionNames(of engine: String) -> [String] {
    engineVersions.filter { $0.engine == engine }.map(\.version)
  }
}
