import Catalog
import Multicloud
import ServingEngine
import SimulationKernel

/// What a pool's engine comes to.
struct EngineConfiguration {
  var accelerator: String
  /// Accelerators of one replica.
  var accelerators: Int
  var scheduler: SchedulerSettings
  var stepTime: StepTimeModel
  /// The server in front of the engine.
  var frontEnd = FrontEnd()
  /// How far step times may be off.
  var error = StepError.none
  /// A token's keys and values over all ranks; `nil` where the model's shape is not known.
  var kvBytesPerToken: Double?
}

extension WorldBuilder {
  /// The engine of a pool: from the catalog's physics, from explicit step times, or from a profile.
  mutating func engineConfiguration(
    _ pool: Item, _ engine: Item, pool entry: Item.Entry
  ) -> EngineConfiguration? {
    if let profile = engine["profile"] { return measuredEngine(pool, engine, profile, entry) }
    if let stepTime = engine["step-time"] {
      return explicitEngine(pool, engine, stepTime, entry)
    }
    guard let name = pool["accelerator"] else {
      diagnostics.report(
        entry.mark, "pool '\(entry.key)': missing key 'accelerator' (or give engine.step-time)")
      return nil
    }
    let model = pool.required("model")
    let host = engine.required("host")
    let accelerator = catalog.accelerator(named: name.text)
    if accelerator == nil {
      report(name, "accelerator", among: catalog.accelerators.map(\.name))
    }
    let architecture = catalog.model(named: model.text)
    if architecture == nil { report(model, "model", among: catalog.models.map(\.name)) }
    let overhead = catalog.engine(named: host.text)
    if overhead == nil { report(host, "engine host", among: catalog.engineNames) }
    guard let accelerator, let architecture, let overhead,
      let interconnect = interconnect(pool["interconnect"], accelerator, entry)
    else { return nil }
    let deployment = EngineDeployment(
      accelerator: accelerator, model: architecture,
      precision: pool["precision"].flatMap { Precision(rawValue: $0.text) },
      kvPrecision: Precision(rawValue: pool.required("kv-precision").text) ?? .bf16,
      tensorParallel: pool.required("tensor-parallel").integer,
      pipelineParallel: pool.required("pipeline-parallel").integer,
      dataParallel: pool.required("data-parallel").integer,
      expertParallel: pool.required("expert-parallel").integer, interconnect: interconnect,
      host: overhead, memoryUtilization: engine.required("memory-utilization").number,
      scheduler: overrides(engine))
    do {
      let serving = try deployment.resolve()
      return EngineConfiguration(
        accelerator: accelerator.name, accelerators: deployment.accelerators,
        scheduler: serving.scheduler, stepTime: serving.stepTime,
        frontEnd: FrontEnd(
          base: Duration(nanoseconds: serving.frontEndNanoseconds),
          perPromptToken: Duration(nanoseconds: serving.frontEndTokenNanoseconds)),
        error: serving.error,
        kvBytesPerToken: serving.memory.blockBytes / Double(serving.memory.blockTokens)
          * Double(deployment.tensorParallel * deployment.pipelineParallel))
    } catch {
      diagnostics.report(entry.mark, "pool '\(entry.key)': \(error.description)")
      return nil
    }
  }

  private func report(_ item: Item, _ noun: String, among names: [String]) {
    diagnostics.report(
      item.mark, "unknown \(noun) '\(item.text)'" + NearestName.hint(for: item.text, among: names))
  }

  func interconnect(
    _ item: Item?, _ accelerator: Accelerator, _ entry: Item.Entry
  ) -> Interconnect? {
    if let item {
      let found = catalog.interconnect(named: item.text)
      if found == nil { report(item, "interconnect", among: catalog.interconnectNames) }
      return found
    }
    let usual = catalog.defaultInterconnect(of: accelerator)
    if usual == nil {
      diagnostics.report(entry.mark, "pool '\(entry.key)': name an interconnect")
    }
    return usual
  }

  func overrides(_ engine: Item) -> SchedulerOverrides {
    var overrides = SchedulerOverrides()
    overrides.maxBatchedTokens = engine["max-batched-tokens"]?.integer
    overrides.maxSequences = engine["max-sequences"]?.integer
    overrides.blockTokens = engine.required("block-tokens").integer
    overrides.kvBlocks = engine["kv-blocks"]?.integer
    overrides.maxModelTokens = engine["max-model-tokens"]?.integer
    overrides.longPrefillThreshold = engine.required("long-prefill-threshold").integer
    overrides.reservesWholePrompt = engine.required("reserve-whole-prompt").flag
    overrides.mixesPrefill = engine["mix-prefill"]?.flag
    overrides.order = SchedulerSettings.Order(rawValue: engine.required("order").text)
    return overrides
  }

  private func explicitEngine(
    _ pool: Item, _ engine: Item, _ stepTime: Item, _ entry: Item.Entry
  ) -> EngineConfiguration? {
    guard let blocks = engine["kv-blocks"] else {
      diagnostics.report(
        stepTime.mark, "pool '\(entry.key)': explicit step times need engine.kv-blocks too")
      return nil
    }
    let sequences = engine["max-sequences"]?.integer ?? 256
    let budget = engine["max-batched-tokens"]?.integer ?? 8192
    if sequences > budget {
      diagnostics.report(
        engine.mark,
        "pool '\(entry.key)': max-sequences \(sequences) is above max-batched-tokens \(budget)")
      return nil
    }
    let blockTokens = engine.required("block-tokens").integer
    let cacheTokens = blocks.integer * blockTokens
    let modelTokens = min(engine["max-model-tokens"]?.integer ?? cacheTokens, cacheTokens)
    func nanoseconds(_ key: String) -> Int64 { stepTime.required(key).duration.nanoseconds }
    func picoseconds(_ key: String) -> Int64 { nanoseconds(key) * 1000 }
    // The longest step there can be, once for each token a request may take.
    let longestStep =
      Int128(nanoseconds("base")) + Int128(nanoseconds("prefill-base"))
      + Int128(nanoseconds("per-sequence")) * Int128(sequences)
      + Int128(nanoseconds("per-kv-token")) * Int128(cacheTokens)
      + Int128(nanoseconds("prefill-per-token")) * Int128(budget)
    guard longestStep * Int128(modelTokens) * 1000 < Int128(Int64.max) else {
      diagnostics.report(
        stepTime.mark,
        "pool '\(entry.key)': a request of \(modelTokens) tokens could take more than 106 days; "
          + "give shorter step times or a smaller max-model-tokens")
      return nil
    }
    let base = picoseconds("base")
    let perSequence = picoseconds("per-sequence")
    var mixed = StepTimeModel.MixedCoefficients()
    mixed.base = Double(base + picoseconds("prefill-base"))
    mixed.perSequence = Double(perSequence)
    mixed.prefillAttentionPerToken = Double(picoseconds("prefill-per-token"))
    mixed.attentionPerKVToken = Double(picoseconds("per-kv-token"))
    return EngineConfiguration(
      accelerator: pool["accelerator"]?.text ?? "custom",
      accelerators: pool.required("tensor-parallel").integer
        * pool.required("pipeline-parallel").integer * pool.required("data-parallel").integer,
      scheduler: SchedulerSettings(
        maxBatchedTokens: budget, maxSequences: sequences,
        blockTokens: blockTokens, kvBlocks: blocks.integer,
        maxModelTokens: engine["max-model-tokens"]?.integer,
        longPrefillThreshold: engine.required("long-prefill-threshold").integer,
        reservesWholePrompt: engine.required("reserve-whole-prompt").flag,
        order: SchedulerSettings.Order(rawValue: engine.required("order").text)
          ?? .firstComeFirstServed,
        mixesPrefill: engine["mix-prefill"]?.flag ?? true),
      stepTime: StepTimeModel(
        decodeBase: [0] + (1...sequences).map { base + perSequence * Int64($0) },
        perKVToken: picoseconds("per-kv-token"), mixed: mixed))
  }
}
