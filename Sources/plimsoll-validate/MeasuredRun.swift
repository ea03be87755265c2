import ArgumentParser
import Foundation
import Multicloud
import ServingEngine
import SimulationKernel
import Workload

/// Means over the requests of a run, seconds.
struct LatencyMeans {
  var timeToFirstToken = 0.0
  var timePerOutputToken = 0.0
  var endToEnd = 0.0
}

/// A run of a real engine, from its log.
struct MeasuredRun {
  /// One request, times in seconds from the first arrival.
  struct Request {
    var arrival: Double
    var promptTokens: Int
    var outputTokens: Int
    var firstToken: Double
    var lastToken: Double

    var timeToFirstToken: Double { firstToken - arrival }
    var endToEnd: Double { lastToken - arrival }
    var timePerOutputToken: Double? {
      outputTokens > 1 ? (lastToken - firstToken) / Double(outputTokens - 1) : nil
    }
  }

  private struct Line: Decodable {
    var promptTokens: Int
    var outputTokens: Int
    var arrival: Double
    var queued: Double
    var firstToken: Double
    var lastToken: Double

    enum CodingKeys: String, CodingKey {
      case promptTokens = "input_toks"
      case outputTokens = "output_toks"
      case arrival = "arrival_time"
      case queued = "queued_ts"
      case firstToken = "first_token_ts"
      case lastToken = "last_token_ts"
    }
  }

  /// Beyond any context, and within what a trace holds.
  private static let mostTokens = 1 << 30
  /// Three years, seconds: ten times as long can be simulated.
  private static let longest = 1e8

  /// In order of arrival.
  let requests: [Request]
  let means: LatencyMeans

  init(path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ValidationError("cannot read '\(path)'")
    }
    var lines: [Line] = []
    for (number, text) in data.split(separator: UInt8(ascii: "\n")).enumerated() {
      do {
        lines.append(try JSONDecoder().decode(Line.self, from: Data(text)))
      } catch {
        throw ValidationError("\(path):\(number + 1): not a request of a vLLM log: \(error)")
      }
    }
    lines.sort { $0.arrival < $1.arrival }
    guard let first = lines.first else { throw ValidationError("'\(path)' holds no requests") }
    // Two clocks: the first request's queueing ties the wall clock to the monotonic one.
    let offset = first.queued - first.arrival
    let start = first.queued
    for line in lines {
      guard 0...Self.mostTokens ~= line.promptTokens, 0...Self.mostTokens ~= line.outputTokens,
        line.arrival - first.arrival <= Self.longest,
        abs(line.firstToken - start) <= Self.longest, abs(line.lastToken - start) <= Self.longest
      else {
        throw ValidationError(
          "'\(path)' holds a request of \(line.promptTokens) and \(line.outputTokens) tokens that came "
            + "\(line.arrival - first.arrival) s after the first and ended at \(line.lastToken): expected "
            + "at most \(Self.mostTokens) tokens, and times within \(Int(Self.longest)) s of the first"
        )
      }
    }
    requests = lines.map {
      Request(
        arrival: $0.arrival + offset - start, promptTokens: $0.promptTokens,
        outputTokens: $0.outputTokens, firstToken: $0.firstToken - start,
        lastToken: $0.lastToken - start)
    }
    means = Self.means(
      requests.map { ($0.timeToFirstToken, $0.timePerOutputToken, $0.endToEnd) })
  }

  /// What the simulator says of the same arrivals and lengths.
  func predict(_ engine: ServingConfiguration) throws -> Prediction {
    let rows = try TraceRows(
      name: "log", times: requests.map { Int64(($0.arrival * 1e9).rounded()) },
      promptTokens: requests.map { Int32($0.promptTokens) },
      outputTokens: requests.map { Int32($0.outputTokens) })
    let spec = WorkloadSpec(
      name: "log", arrivals: .trace(TraceReplay(source: .rows(rows), loops: false)),
      shape: .empirical(.rows(rows)), origins: [OriginShare(origin: 0, share: 1)])
    let last = requests.map(\.lastToken).max() ?? 0
    let pool = Pool(
      name: "engine", region: 0, model: 0, replicas: 1, acceleratorsPerReplica: 1,
      accelerator: "measured", scheduler: engine.scheduler, stepTime: engine.stepTime)
    let world = World(
      name: "validation", seed: 1, horizon: Duration(seconds: 10 * last + 60), warmup: .zero,
      clouds: [Cloud(name: "lab")], regions: [Region(name: "lab", cloud: 0)], pools: [pool],
      models: ["model"], origins: [Origin(name: "lab")],
      network: Network(originToRegion: [.zero], regionToRegion: [.zero]),
      workloads: [World.Demand(spec: spec, model: 0)], gateway: Gateway())
    let collector = Collector(count: requests.count)
    var simulation = try Simulation(world, recorder: collector)
    _ = simulation.run()
    return Prediction(
      means: Self.means(
        collector.records.map {
          (
            Double($0.timeToFirstToken) / 1e9,
            $0.timePerOutputToken < 0 ? nil : Double($0.timePerOutputToken) / 1e9,
            Double($0.endToEnd) / 1e9
          )
        }),
      endToEnd: collector.records.map { Double($0.endToEnd) / 1e9 })
  }

  private static func means(_ latencies: [(Double, Double?, Double)]) -> LatencyMeans {
    let count = Double(latencies.count)
    let perToken = latencies.compactMap(\.1)
    return LatencyMeans(
      timeToFirstToken: latencies.reduce(0) { $0 + $1.0 } / count,
      timePerOutputToken: perToken.reduce(0, +) / Double(max(1, perToken.count)),
      endToEnd: latencies.reduce(0) { $0 + $1.2 } / count)
  }
}

/// What the simulator predicted.
struct Prediction {
  var means: LatencyMeans
  /// Seconds, in order of arrival.
  var endToEnd: [Double]
}

/// Keeps every request, by number.
private final class Collector: Recorder {
  private(set) var records: [RequestRecord]
  let wantsRequests = true
  let wantsPoolMinutes = false
  let hasFailed = false

  init(count: Int) { records = [RequestRecord](repeating: RequestRecord(), count: count) }

  func record(_ request: borrowing RequestRecord) { records[Int(request.number)] = copy request }

  func record(_ minute: borrowing PoolMinute) {}
}
