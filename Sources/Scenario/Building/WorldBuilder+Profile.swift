import Catalog
import ServingEngine

extension WorldBuilder {
  /// The engine of a pool from a profile of it: step times are the profile's, and so are the limits of
  /// its scheduler where the pool sets none.
  mutating func measuredEngine(
    _ pool: Item, _ engine: Item, _ profile: Item, _ entry: Item.Entry
  ) -> EngineConfiguration? {
    if let stepTime = engine["step-time"] {
      diagnostics.report(
        stepTime.mark,
        "pool '\(entry.key)': step-time and profile both say how long a step takes; give one of them"
      )
      return nil
    }
    guard let measured = traces.engine(profile, diagnostics),
      matches(pool, measured, profile, entry)
    else { return nil }
    guard let accelerator = catalog.accelerator(named: measured.accelerator),
      let model = catalog.model(named: measured.model)
    else {
      let missing = catalog.accelerator(named: measured.accelerator) == nil
      let name = missing ? measured.accelerator : measured.model
      diagnostics.report(
        profile.mark,
        "profile '\(profile.text)' is of \(missing ? "accelerator" : "model") '\(name)', which the "
          + "catalog does not know"
          + NearestName.hint(
            for: name, among: missing ? catalog.acceleratorNames : catalog.modelNames))
      return nil
    }
    guard let interconnect = interconnect(pool["interconnect"], accelerator, entry) else {
      return nil
    }
    // The physics are asked for limits that neither says, such as the blocks that memory leaves room for.
    for key in ["speculation", "adapters"] {
      if let item = engine[key] {
        diagnostics.report(
          item.mark,
          "pool '\(entry.key)': a profile says nothing of \(key); leave one of the two out")
        return nil
      }
    }
    let modelTokens = min(engine["max-model-tokens"]?.integer ?? Int.max, model.contextTokens)
    guard let versioned = versioned(engine, modelTokens: modelTokens, entry) else { return nil }
    var scheduler = overrides(engine, versioned)
    scheduler.kvBlocks = scheduler.kvBlocks ?? measured.scheduler.kvBlocks
    scheduler.maxSequences = scheduler.maxSequences ?? measured.scheduler.maxSequences
    scheduler.maxBatchedTokens = scheduler.maxBatchedTokens ?? measured.scheduler.maxBatchedTokens
    if !engine.required("block-tokens").isWritten, let tokens = measured.scheduler.blockTokens {
      scheduler.blockTokens = tokens
    }
    let deployment = EngineDeployment(
      accelerator: accelerator, model: model,
      precision: pool["precision"].flatMap { Precision(rawValue: $0.text) },
      kvPrecision: Precision(rawValue: pool.required("kv-precision").text) ?? .bf16,
      tensorParallel: measured.tensorParallel, interconnect: interconnect,
      // Host overhead is in the measured steps; the limits do not depend on it.
      host: HostOverhead(
        name: "", perStepMicroseconds: 0, perSequenceMicroseconds: 0, perLayerMicroseconds: 0),
      memoryUtilization: versioned.memoryUtilization, scheduler: scheduler)
    let settings: SchedulerSettings
    do {
      settings = try deployment.resolve().scheduler
    } catch {
      diagnostics.report(entry.mark, "pool '\(entry.key)': \(error.description)")
      return nil
    }
    let longest = measured.coefficients.longestStep(
      sequences: settings.maxSequences, cacheTokens: settings.kvBlocks * settings.blockTokens,
      budget: settings.maxBatchedTokens, longest: settings.maxModelTokens)
    guard longest * Double(settings.maxModelTokens) < 9e18 else {
      diagnostics.report(
        profile.mark,
        "pool '\(entry.key)': with profile '\(profile.text)' a request of \(settings.maxModelTokens) "
          + "tokens could take more than 106 days; check its times, or give a smaller max-model-tokens"
      )
      return nil
    }
    return EngineConfiguration(
      accelerator: accelerator.name, accelerators: deployment.accelerators, scheduler: settings,
      stepTime: measured.coefficients.stepTime(maxSequences: settings.maxSequences),
      error: measured.stepError.map {
        StepError(low: min(1, max(0.01, 1 + $0.low)), high: max(1, 1 + $0.high))
      } ?? .none,
      kvBytesPerToken: model.kvBytesPerToken(
        tensorParallel: measured.tensorParallel, precision: deployment.kvPrecision)
        * Double(measured.tensorParallel))
  }

  /// Whether a profile is of what the pool is; what is not is reported.
  private func matches(
    _ pool: Item, _ measured: CalibratedEngine, _ profile: Item, _ entry: Item.Entry
  ) -> Bool {
    func report(_ item: Item, _ noun: String, _ found: String) {
      diagnostics.report(
        item.mark,
        "pool '\(entry.key)': profile '\(profile.text)' was measured with \(noun) \(found), not "
          + "\(item.written); calibrate it for this pool, or leave the profile out")
    }
    func canonical(_ name: String) -> String {
      catalog.accelerator(named: name)?.name ?? catalog.model(named: name)?.name ?? name
    }
    let model = pool.required("model")
    if canonical(model.text) != canonical(measured.model) {
      report(model, "model", measured.model)
      return false
    }
    guard let accelerator = pool["accelerator"] else {
      diagnostics.report(
        entry.mark,
        "pool '\(entry.key)': missing key 'accelerator'; profile '\(profile.text)' was measured on "
          + measured.accelerator)
      return false
    }
    if canonical(accelerator.text) != canonical(measured.accelerator) {
      report(accelerator, "accelerator", measured.accelerator)
      return false
    }
    let degree = pool.required("tensor-parallel")
    if degree.integer != measured.tensorParallel {
      if degree.isWritten {
        report(degree, "tensor-parallel", "\(measured.tensorParallel)")
      } else {
        diagnostics.report(
          entry.mark,
          "pool '\(entry.key)': profile '\(profile.text)' was measured with tensor-parallel "
            + "\(measured.tensorParallel); write that in the pool")
      }
      return false
    }
    return true
  }
}
