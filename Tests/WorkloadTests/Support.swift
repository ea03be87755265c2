import Foundation
import SimulationKernel
import Workload

extension WorkloadSpec {
  /// A workload with defaults for what a test does not look at.
  init(
    _ name: String, _ arrivals: ArrivalSpec,
    shape: ShapeSpec = .fixed(prompt: 100, output: 10),
    origins: [OriginShare] = [OriginShare(origin: 0, share: 1)],
    estimate: OutputEstimate = .mean, start: Duration = .zero, end: Duration? = nil
  ) {
    self.init(
      name: name, arrivals: arrivals, shape: shape, origins: origins, outputEstimate: estimate,
      start: start, end: end)
  }

  /// The same under a name of its own.
  init(
    _ arrivals: ArrivalSpec, shape: ShapeSpec = .fixed(prompt: 100, output: 10),
    origins: [OriginShare] = [OriginShare(origin: 0, share: 1)],
    estimate: OutputEstimate = .mean, start: Duration = .zero, end: Duration? = nil
  ) {
    self.init(
      "chat", arrivals, shape: shape, origins: origins, estimate: estimate, start: start, end: end)
  }
}

/// Every request of `workloads` up to `horizon`.
func arrivals(
  _ workloads: WorkloadSpec..., seed: UInt64 = 1, horizon: Duration
) throws -> [Arrival] {
  var stream = try DemandStream(workloads, seed: seed, horizon: horizon)
  var all: [Arrival] = []
  while stream.nextTime < .never { all.append(stream.pull()) }
  return all
}

/// Number of requests in each bin.
func counts(_ arrivals: [Arrival], binWidth: Duration, horizon: Duration) -> [Double] {
  let bins = Int(horizon.nanoseconds / binWidth.nanoseconds)
  var counts = [Double](repeating: 0, count: bins)
  for arrival in arrivals {
    counts[Int(arrival.time.nanoseconds / binWidth.nanoseconds)] += 1
  }
  return counts
}

/// Whether `a` is within `tolerance` of `b`, relative to `b`.
func near(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
  abs(a / b - 1) < tolerance
}

func near(_ a: Int, _ b: Double, _ tolerance: Double) -> Bool { near(Double(a), b, tolerance) }

func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

func variance(_ values: [Double]) -> Double {
  let center = mean(values)
  return values.reduce(0) { $0 + ($1 - center) * ($1 - center) } / Double(values.count - 1)
}

/// A trace of rows at whole seconds.
func rows(_ seconds: [Double], prompts: [Int32]? = nil) throws -> TraceRows {
  try TraceRows(
    name: "test.csv", times: seconds.map { Int64(($0 * 1e9).rounded()) },
    promptTokens: prompts ?? seconds.indices.map { Int32($0) + 1 },
    outputTokens: seconds.map { _ in 5 })
}

/// Recorded data that lies beside the repository and is not part of it.
enum RecordedData {
  static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["PLIMSOLL_DATA"] {
      return URL(fileURLWithPath: path)
    }
    return root.deletingLastPathComponent().appendingPathComponent("shared/data")
  }()

  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func has(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent(path).path)
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appendingPathComponent(path)))
  }
}
