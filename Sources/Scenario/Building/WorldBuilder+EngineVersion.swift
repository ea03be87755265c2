import Catalog
import ServingEngine

/// Settings of an engine that its version decides where they are not written.
struct VersionedSettings {
  var reservesWholePrompt: Bool
  var memoryUtilization: Double
  /// Share of the blocks.
  var watermark: Double
  var prefillsFirst: Bool
  var maxSequences: Int?
  var maxBatchedTokens: Int?

  /// Longest context for which V0 computed prompts whole by itself; above it chunked them.
  ///
  /// Source: vLLM 0.6 `vllm/engine/arg_utils.py`, which turns chunked prefill on above 32K tokens.
  static let wholePromptTokens = 32_768
  /// Least budget of a step that computes prompts whole, and budget where V0 chunks them.
  ///
  /// Source: vLLM 0.6 `vllm/config.py`, `SchedulerConfig`.
  static let leastBudget = 2048
}

extension WorldBuilder {
  /// What an engine's keys and its version come to; `nil` where the version is unknown.
  ///
  /// - Parameter modelTokens: Prompt and output a request may reach.
  func versioned(
    _ engine: Item, modelTokens: Int, _ entry: Item.Entry
  ) -> VersionedSettings? {
    var settings = VersionedSettings(
      reservesWholePrompt: engine.required("reserve-whole-prompt").flag,
      memoryUtilization: engine.required("memory-utilization").number,
      watermark: engine["watermark"]?.number ?? 0,
      prefillsFirst: engine["prefill-first"]?.flag ?? false,
      maxSequences: engine["max-sequences"]?.integer,
      maxBatchedTokens: engine["max-batched-tokens"]?.integer)
    guard let asked = engine["version"] else { return settings }
    guard let version = catalog.engineVersion(asked.text, of: "vllm") else {
      let known = catalog.engineVersionNames(of: "vllm").joined(separator: ", ")
      diagnostics.report(
        asked.mark,
        "pool '\(entry.key)': no vLLM version '\(asked.text)' is known; expected a number of "
          + "\(catalog.engineVersionNames(of: "vllm").first ?? "0") or later (rules change at \(known))"
      )
      return nil
    }
    if !engine.required("reserve-whole-prompt").isWritten {
      settings.reservesWholePrompt = version.reservesWholePrompt
    }
    if !engine.required("memory-utilization").isWritten {
      settings.memoryUtilization = version.memoryUtilization
    }
    if engine["watermark"] == nil { settings.watermark = version.watermark }
    if settings.maxSequences == nil { settings.maxSequences = version.maxSequences }
    if engine["prefill-first"] == nil, version.prefillsFirst {
      settings.prefillsFirst = modelTokens <= VersionedSettings.wholePromptTokens
      if settings.maxBatchedTokens == nil {
        settings.maxBatchedTokens = max(
          settings.prefillsFirst ? modelTokens : 0, VersionedSettings.leastBudget)
      }
    }
    return settings
  }
}
