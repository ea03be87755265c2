import Multicloud
import SimulationKernel
import Statistics
import Workload

/// One long run cut into batches of equal time: an interval without a second warm-up.
///
/// Each workload's figures are worked out batch by batch, by when requests arrive, and the batches are taken as a
/// sample. That is right where batches are long beside what the system remembers; neighbours that depend on each
/// other show it in von Neumann's statistic, and then the interval is not to be trusted.
public struct BatchRun: Sendable {
  /// One figure over the batches.
  public struct Figure: Sendable {
    /// Which figure.
    public var key: FigureKey
    /// Its batches.
    public var batches: BatchMeans
  }

  /// The figures, workload by workload.
  public let figures: [Figure]
  /// Length of a batch.
  public let length: Duration
  /// The run itself.
  public let result: SimulationResult

  /// Batches that can be asked for: fewer say little, more are too short (Schmeiser, 1982).
  public static let counts = 10...100

  /// Runs a world and cuts what it measures; `nil` where somebody asked to stop.
  ///
  /// - Precondition: `batches` is in ``counts``; the measured time is not empty.
  public init?(
    _ world: World, batches: Int, level: Double = 0.95,
    shouldContinue: (Simulation.Progress) -> Bool = { _ in true }
  ) throws {
    precondition(Self.counts ~= batches && world.horizon > world.warmup)
    let length = (world.horizon - world.warmup).nanoseconds / Int64(batches)
    self.length = Duration(nanoseconds: length)
    let recorder = Batches(world, count: batches, length: length)
    result = try Simulation.soundResult(
      of: world, recorder: recorder, shouldContinue: shouldContinue)
    guard result.isComplete else { return nil }
    figures = recorder.series.compactMap { key, values in
      let whole = values.compactMap { $0 }
      guard whole.count == values.count else { return nil }
      return BatchMeans(ofBatches: whole, level: level).map { Figure(key: key, batches: $0) }
    }
  }
}

/// Requests by workload and batch.
private final class Batches: Recorder {
  private let world: World
  private let count: Int
  private let length: Int64
  private let from: Int64
  /// By workload × batches + batch.
  private var cells: [Cell]
  let wantsRequests = true
  let wantsPoolMinutes = false
  let hasFailed = false

  private struct Cell {
    var ended: Int64 = 0
    var completed: Int64 = 0
    var good: Int64 = 0
    var first = LogLinearHistogram()
    var perToken = LogLinearHistogram()
    var whole = LogLinearHistogram()
  }

  init(_ world: World, count: Int, length: Int64) {
    self.world = world
    self.count = count
    self.length = length
    from = world.warmup.nanoseconds
    cells = [Cell](repeating: Cell(), count: world.workloads.count * count)
  }

  func record(_ request: borrowing RequestRecord) {
    // The last requests are cut off by the horizon, as in any run.
    guard request.arrival >= from, request.status != .inFlight else { return }
    let batch = Int((request.arrival - from) / length)
    guard batch < count else { return }
    let workload = Int(request.workload)
    let place = workload * count + batch
    cells[place].ended += 1
    guard request.status == .completed else { return }
    cells[place].completed += 1
    cells[place].first.record(request.timeToFirstToken)
    if request.deliveredTokens > 1 { cells[place].perToken.record(request.timePerOutputToken) }
    cells[place].whole.record(request.endToEnd)
    let objective = world.workloads[workload].objective
    if objective != Objective(), objective.isMet(by: request) { cells[place].good += 1 }
  }

  func record(_ minute: borrowing PoolMinute) {}

  /// Every figure, batch by batch.
  var series: [(FigureKey, [Double?])] {
    var series: [(FigureKey, [Double?])] = []
    for (id, workload) in world.workloads.enumerated() {
      let mine = Array(cells[id * count..<(id + 1) * count])
      func add(_ metric: String, _ unit: String, _ value: (Cell) -> Double?) {
        let key = FigureKey(
          scopeKind: "workload", scope: workload.spec.name, metric: metric, unit: unit,
          source: "simulated")
        series.append((key, mine.map(value)))
      }
      let seconds = Double(length) / 1e9
      add("completion_rate", "requests/s") { Double($0.completed) / seconds }
      for (name, histogram) in [
        ("ttft", \Cell.first), ("tpot", \Cell.perToken), ("e2e", \Cell.whole),
      ] {
        add("\(name)_mean", "ms") { $0[keyPath: histogram].mean.map { $0 / 1e6 } }
        for (label, q) in [("p50", 0.5), ("p95", 0.95), ("p99", 0.99)] {
          add("\(name)_\(label)", "ms") { cell in
            cell[keyPath: histogram].quantile(q).map { Double($0) / 1e6 }
          }
        }
      }
      if workload.objective != Objective() {
        add("slo_attainment", "1") { $0.ended > 0 ? Double($0.good) / Double($0.ended) : nil }
      }
    }
    return series
  }
}
