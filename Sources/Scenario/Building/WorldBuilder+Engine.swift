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
  var speculation: Speculation?
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
    let modelTokens = min(
      engine["max-model-tokens"]?.integer ?? Int.max, architecture.contextTokens)
    guard let versioned = versioned(engine, modelTokens: modelTokens, entry) else { return nil }
    let speculation = speculation(engine, hasStepTimes: false, entry)
    if speculation == nil && engine["speculation"] != nil { return nil }
    var deployment = EngineDeployment(
      accelerator: accelerator, model: architecture,
      precision: pool["precision"].flatMap { Precision(rawValue: $0.text) },
      kvPrecision: Precision(rawValue: pool.required("kv-precision").text) ?? .bf16,
      tensorParallel: pool.required("tensor-parallel").integer,
      pipelineParallel: pool.required("pipeline-parallel").integer,
      dataParallel: pool.required("data-parallel").integer,
      expertParallel: pool.required("expert-parallel").integer, interconnect: interconnect,
      host: overhead, memoryUtilization: versioned.memoryUtilization,
      scheduler: overrides(engine, versioned))
    deployment.speculation = speculation?.plan
    deployment.adapters = adapterPlan(engine, entry)
    if deployment.adapters == nil && engine["adapters"] != nil { return nil }
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
          * Double(deployment.tensorParallel * deployment.pipelineParallel),
        speculation: speculation?.speculation)
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

  func overrides(
    _ engine: Item, _ versioned: VersionedSettings
  ) -> SchedulerOverrides {
    var overrides = SchedulerOverrides()
    overrides.maxBatchedTokens = versioned.maxBatchedTokens
    overrides.maxSequences = versioned.maxSequences
    overrides.blockTokens = engine.required("block-tokens").integer
    overrides.kvBlocks = engine["kv-blocks"]?.integer
    overrides.maxModelTokens = engine["max-model-tokens"]?.integer
    overrides.longPrefillThreshold = engine.required("long-prefill-threshold").integer
    overrides.reservesWholePrompt = versioned.reservesWholePrompt
    overrides.watermark = versioned.watermark
    overrides.prefillsFirst = versioned.prefillsFirst
    overrides.mixesPrefill = engine["mix-prefill"]?.flag
    overrides.order = SchedulerSettings.Order(rawValue: engine.required("order").text)
    overrides.prefixCache = engine.required("prefix-cache").flag
    overrides.offload = offload(engine)
    return overrides
  }

  /// The second tier of a prefix cache; `nil` where none was asked for, or there is no cache.
  private func offload(_ engine: Item) -> KVOffload? {
    guard let item = engine["offload"] else { return nil }
    guard engine.required("prefix-cache").flag else {
      diagnostics.report(
        item.mark, "offload keeps what a prefix cache evicts: set prefix-cache: true too")
      return nil
    }
    func picoseconds(_ key: String) -> Int64 {
      // A second is more than any link takes for a block, and far from the limits of the clock.
      let time = item.required(key)
      if time.duration > .seconds(1) {
        diagnostics.report(
          time.mark, "offload.\(key) is \(time.duration.seconds) s, expected 1s at most")
      }
      return min(time.duration, .seconds(1)).nanoseconds * 1000
    }
    let offload = KVOffload(
      blocks: item.required("blocks").integer, loadLatency: picoseconds("load-latency"),
      loadPerBlock: picoseconds("load-per-block"))
    guard Int128(offload.blocks) * Int128(offload.loadPerBlock) < 1 << 60 else {
      diagnostics.report(
        item.mark,
        "offload: loading all of its \(offload.blocks) blocks would take more than 13 days; give "
          + "fewer blocks or a shorter load-per-block")
      return nil
    }
    return offload
  }

  private func explicitEngine(
    _ pool: Item, _ engine: Item, _ stepTime: Item, _ entry: Item.Entry
  ) -> EngineConfiguration? {
    guard let blocks = engine["kv-blocks"] else {
      diagnostics.report(
        stepTime.mark, "pool '\(entry.key)': explicit step times need engine.kv-blocks too")
      return nil
    }
    let cacheTokens = blocks.integer * engine.required("block-tokens").integer
    let longest = min(engine["max-model-tokens"]?.integer ?? cacheTokens, cacheTokens)
    guard let versioned = versioned(engine, modelTokens: longest, entry) else { return nil }
    let sequences = versioned.maxSequences ?? 256
    let budget = versioned.maxBatchedTokens ?? 8192
    if sequences > budget {
      diagnostics.report(
        engine.mark,
        "pool '\(entry.key)': max-sequences \(sequences) is above max-batched-tokens \(budget)")
      return nil
    }
    let blockTokens = engine.required("block-tokens").integer
    let modelTokens = longest
    func nanoseconds(_ key: String) -> Int64 { stepTime.required(key).duration.nanoseconds }
    func picoseconds(_ key: String) -> Int64 { nanoseconds(key) * 1000 }
    let drafting = ExplicitDrafting(engine)
    // The longest step there can be, once for each token a request may take.
    let longestStep =
      Int128(nanoseconds("base")) + Int128(nanoseconds("prefill-base"))
      + Int128(drafting.perStep)
      + (Int128(nanoseconds("per-sequence")) + Int128(drafting.perSequence)) * Int128(sequences)
      + Int128(nanoseconds("per-kv-token")) * Int128(cacheTokens)
      + Int128(nanoseconds("prefill-per-token")) * Int128(budget)
    guard longestStep * Int128(modelTokens) * 1000 < Int128(Int64.max) else {
      diagnostics.report(
        stepTime.mark,
        "pool '\(entry.key)': a request of \(modelTokens) tokens could take more than 106 days; "
          + "give shorter step times or a smaller max-model-tokens")
      return nil
    }
    let base = picoseconds("base") + drafting.perStep * 1000
    let perSequence = picoseconds("per-sequence")
    let perDecode = perSequence + drafting.perSequence * 1000
    var mixed = StepTimeModel.MixedCoefficients()
    mixed.tokensPerDecode = Int(drafting.draftTokens) + 1
    mixed.decodeAttentionPerSequence = Double(drafting.perSequence * 1000)
    mixed.base = Double(base + picoseconds("prefill-base"))
    mixed.perSequence = Double(perSequence)
    mixed.prefillAttentionPerToken = Double(picoseconds("prefill-per-token"))
    mixed.attentionPerKVToken = Double(picoseconds("per-kv-token"))
    var scheduler = SchedulerSettings(
      maxBatchedTokens: budget, maxSequences: sequences,
      blockTokens: blockTokens, kvBlocks: blocks.integer,
      maxModelTokens: engine["max-model-tokens"]?.integer,
      longPrefillThreshold: engine.required("long-prefill-threshold").integer,
      reservesWholePrompt: versioned.reservesWholePrompt,
      order: SchedulerSettings.Order(rawValue: engine.required("order").text)
        ?? .firstComeFirstServed)
    scheduler.keepFree(blocks: Int(versioned.watermark * Double(scheduler.kvBlocks)))
    scheduler.prefillsFirst = versioned.prefillsFirst
    scheduler.mixesPrefill = engine["mix-prefill"]?.flag ?? true
    scheduler.prefixCache = engine.required("prefix-cache").flag
    scheduler.offload = offload(engine)
    let speculation = speculation(engine, hasStepTimes: true, entry)
    if engine["speculation"] != nil {
      guard let speculation else { return nil }
      scheduler.speculation = speculation.plan.settings
    }
    var adapters = AdapterTimes()
    if let item = engine["adapters"] {
      guard let plan = adapterPlan(engine, entry) else { return nil }
      guard let load = plan.loadTime else {
        diagnostics.report(
          item.mark, "pool '\(entry.key)': explicit step times need adapters.load too")
        return nil
      }
      scheduler.adapters = AdapterSettings(
        resident: plan.resident, held: plan.held, loadTime: load, fetchTime: plan.fetchTime ?? 0)
      adapters = AdapterTimes(
        perStep: plan.perStep ?? 0, perAdapter: plan.perAdapter ?? 0, perToken: plan.perToken ?? 0)
    }
    if let problem = scheduler.problem {
      diagnostics.report(engine.mark, "pool '\(entry.key)': \(problem)")
      return nil
    }
    var time = StepTimeModel(
      decodeBase: [0] + (1...sequences).map { base + perDecode * Int64($0) },
      perKVToken: picoseconds("per-kv-token"), mixed: mixed)
    time.adapters = adapters
    return EngineConfiguration(
      accelerator: pool["accelerator"]?.text ?? "custom",
      accelerators: pool.required("tensor-parallel").integer
        * pool.required("pipeline-parallel").integer * pool.required("data-parallel").integer,
      scheduler: scheduler,
      stepTime: time,
      speculation: speculation?.speculation)
  }
}
