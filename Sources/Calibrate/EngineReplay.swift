import Multicloud
import Recordings
import ServingEngine
import SimulationKernel
import Workload

/// A recorded run put through the simulator: what an engine with given step times makes of the same
/// arrivals and lengths.
struct EngineReplay {
  /// What a request met; `nil` where it did not end within the horizon.
  struct Latency {
    var timeToFirstToken: Double
    var timePerOutputToken: Double?
  }

  let run: RecordedRun
  private let rows: TraceRows
  private let scheduler: SchedulerSettings

  /// - Throws: where a request is longer than the engine takes, or the run cannot be a trace.
  init(_ run: RecordedRun, scheduler: SchedulerSettings) throws(CalibrationError) {
    precondition(run.arrivals != .unknown)
    self.run = run
    self.scheduler = scheduler
    for request in run.requests
    where request.promptTokens + request.outputTokens > scheduler.maxModelTokens {
      throw CalibrationError(
        "\(run.name):\(request.line): a request of \(request.promptTokens) and "
          + "\(request.outputTokens) tokens, but an engine with \(scheduler.kvBlocks) KV blocks of "
          + "\(scheduler.blockTokens) tokens takes \(scheduler.maxModelTokens); give the engine's own "
          + "--kv-blocks")
    }
    do {
      rows = try TraceRows(
        name: run.name, times: run.requests.map { Int64(($0.arrival * 1e9).rounded()) },
        promptTokens: run.requests.map { Int32($0.promptTokens) },
        outputTokens: run.requests.map { Int32($0.outputTokens) })
    } catch {
      throw CalibrationError("\(error)")
    }
  }

  /// The log that an engine with these step times leaves; `nil` where a request does not end.
  func log(_ coefficients: StepCoefficients) throws(CalibrationError) -> RecordedRun? {
    var log = run
    for (index, latency) in try latencies(coefficients).enumerated() {
      guard let latency else { return nil }
      let request = run.requests[index]
      let first = request.arrival + latency.timeToFirstToken
      let rest = (latency.timePerOutputToken ?? 0) * Double(request.outputTokens - 1)
      log.requests[index].firstToken = first
      log.requests[index].lastToken = first + rest
      // The gaps of the recording are not of this log.
      log.requests[index].gaps = []
    }
    return log
  }

  /// Longest replay, seconds: what a simulation's clock holds.
  private static let longest = 2e9

  /// Latencies of the requests, by arrival.
  ///
  /// - Throws: where the world cannot be simulated.
  func latencies(_ coefficients: StepCoefficients) throws(CalibrationError) -> [Latency?] {
    let spec = WorkloadSpec(
      name: "log", arrivals: .trace(TraceReplay(source: .rows(rows), loops: false)),
      shape: .empirical(.rows(rows)), origins: [OriginShare(origin: 0, share: 1)])
    let last = run.requests.map(\.lastToken).max() ?? 0
    let pool = Pool(
      name: "engine", region: 0, model: 0, replicas: 1, acceleratorsPerReplica: 1,
      accelerator: "measured", scheduler: scheduler,
      stepTime: coefficients.stepTime(maxSequences: scheduler.maxSequences))
    let world = World(
      name: "replay", seed: 1, horizon: Duration(seconds: min(10 * last + 60, Self.longest)),
      warmup: .zero,
      clouds: [Cloud(name: "lab")], regions: [Region(name: "lab", cloud: 0)], pools: [pool],
      models: ["model"], origins: [Origin(name: "lab")],
      network: Network(originToRegion: [.zero], regionToRegion: [.zero]),
      workloads: [World.Demand(spec: spec, model: 0)], gateway: Gateway())
    let collector = RequestCollector(count: run.requests.count)
    do {
      var simulation = try Simulation(world, recorder: collector)
      _ = simulation.run()
    } catch {
      throw CalibrationError("\(run.name): \(error)")
    }
    return collector.records.map { record in
      guard record.status == .completed else { return nil }
      return Latency(
        timeToFirstToken: Double(record.timeToFirstToken) / 1e9,
        timePerOutputToken: record.timePerOutputToken < 0
          ? nil : Double(record.timePerOutputToken) / 1e9)
    }
  }
}

/// Keeps every request, by number.
private final class RequestCollector: Recorder {
  private(set) var records: [RequestRecord]
  let wantsRequests = true
  let wantsPoolMinutes = false
  let hasFailed = false

  init(count: Int) { records = [RequestRecord](repeating: RequestRecord(), count: count) }

  func record(_ request: borrowing RequestRecord) { records[Int(request.number)] = copy request }

  func record(_ minute: borrowing PoolMinute) {}
}
