import Catalog
import ServingEngine

/// What the model says of a load point.
struct PointPrediction {
  var point: LoadPoint
  var plan: LoadProtocol
  var predicted: ClosedLoopRun.Result
  /// Whether the KV cache cannot hold all clients' requests at once: queueing then decides the time
  /// to first token, and throughput is what can be compared.
  var isSaturated: Bool

  var timeToFirstTokenError: Double {
    predicted.meanTimeToFirstToken / point.timeToFirstToken - 1
  }
  var timePerOutputTokenError: Double {
    predicted.meanTimePerOutputToken / point.timePerOutputToken - 1
  }
  /// Of output tokens a second, both as clients times tokens over a request's latency.
  var throughputError: Double {
    let latency =
      predicted.meanTimeToFirstToken
      + Double(point.outputTokens - 1) * predicted.meanTimePerOutputToken
    return Double(point.clients * point.outputTokens) / latency / point.outputTokensPerSecond - 1
  }

  /// Replays a point; throws with why it cannot be.
  init(_ point: LoadPoint, catalog: Catalog) throws {
    self.point = point
    plan = LoadProtocol(point)
    var engine = try Self.engine(point, plan, catalog: catalog)
    if let missing = plan.missingSequences {
      engine.scheduler.maxSequences = max(1, point.clients - missing)
    }
    let share = (1 + plan.shortest) / 2
    let held = Double(point.clients * (point.promptTokens + point.outputTokens)) * share
    isSaturated = held > 0.97 * Double(engine.scheduler.kvBlocks * engine.scheduler.blockTokens)
    let run = ClosedLoopRun(
      clients: point.clients,
      requests: ClosedLoopRun.lengths(
        count: plan.rounds * point.clients, prompt: point.promptTokens, output: point.outputTokens,
        share: plan.shortest),
      engine: engine)
    guard let result = run.run() else {
      throw ValidationFailure("a request does not fit the engine's KV cache")
    }
    predicted = result
  }

  /// The engine a point ran on, by the catalog.
  static func engine(
    _ point: LoadPoint, _ plan: LoadProtocol, catalog: Catalog
  ) throws -> ServingConfiguration {
    let name = point.accelerator.replacing("_", with: "-")
    guard let accelerator = catalog.accelerator(named: name) else {
      throw ValidationFailure("no accelerator '\(name)' in the catalog")
    }
    guard let model = catalog.model(named: point.model) else {
      throw ValidationFailure("no model '\(point.model)' in the catalog")
    }
    guard let host = catalog.engine(named: hostName(point)) else {
      throw ValidationFailure("no engine '\(hostName(point))' in the catalog")
    }
    guard point.tensorParallel * point.dataParallel <= 8 else {
      throw ValidationFailure("more than one node")
    }
    guard let interconnect = catalog.defaultInterconnect(of: accelerator) else {
      throw ValidationFailure("no interconnect of '\(name)' in the catalog")
    }
    var scheduler = SchedulerOverrides()
    scheduler.maxBatchedTokens = plan.maxBatchedTokens
    if point.engine == "trtllm" { scheduler.reservesWholePrompt = true }
    return try EngineDeployment(
      accelerator: accelerator, model: model, precision: precision(point, model),
      kvPrecision: plan.kvPrecision,
      tensorParallel: point.tensorParallel, pipelineParallel: point.pipelineParallel,
      dataParallel: point.dataParallel,
      expertParallel: model.experts > 0 ? point.expertParallel : 1, interconnect: interconnect,
      host: host, memoryUtilization: plan.memoryUtilization, scheduler: scheduler
    ).resolve()
  }

  /// vLLM schedules beside the step in progress from 0.14 on; rows without a version are as old as
  /// their date.
  private static func hostName(_ point: LoadPoint) -> String {
    guard point.engine == "vllm" else { return point.engine }
    let parts = point.version.split(separator: ".").compactMap { Int($0) }
    if parts.count >= 2 { return (parts[0], parts[1]) >= (0, 14) ? "vllm" : "vllm-0.12" }
    return point.date >= "2026-02" ? "vllm" : "vllm-0.12"
  }

  private static func precision(_ point: LoadPoint, _ model: LanguageModel) -> Precision {
    switch point.precision {
    case "fp8": .fp8
    case "fp4": model.defaultPrecision == .mxfp4 ? .mxfp4 : .nvfp4
    default: point.model.hasSuffix("FP8") ? .fp8 : .bf16
    }
  }
}
