import Estimate
import Money
import Multicloud
import SimulationKernel

/// Simulates windows of the world an estimate is of, and says how far the two are apart.
public struct Verification {
  /// The world.
  public var world: World
  /// How long the estimate reaches.
  public var horizon: Duration
  /// Number of windows.
  public var windows: Int
  /// Seeds of each window.
  public var seeds: Int
  /// Longest window.
  public var longest: Duration

  /// Creates a verification.
  public init(_ world: World, horizon: Duration, windows: Int, seeds: Int, longest: Duration) {
    precondition(windows >= 1 && seeds >= 1)
    self.world = world
    self.horizon = horizon
    self.windows = windows
    self.seeds = seeds
    self.longest = longest
  }

  /// A window and why it was chosen.
  public struct Window: Sendable {
    /// When it begins, from the start.
    public var start: Duration
    /// How long it is.
    public var length: Duration
    /// Why: `whole`, `peak`, `trough`, `incident`, `month end` or `evenly spaced`.
    public var reason: String
  }

  /// A window, simulated and estimated.
  public struct Result: Sendable {
    /// The window.
    public var window: Window
    /// The figures.
    public var comparison: Comparison
  }

  /// Simulates and compares.
  ///
  /// - Parameter progress: Told before each window.
  public func run(progress: (Int, Window) -> Void = { _, _ in }) throws -> [Result] {
    let growth = DemandGrowth(world)
    var results: [Result] = []
    for (number, window) in chosen(growth).enumerated() {
      progress(number, window)
      var part = world
      if window.start > .zero || window.length != world.horizon {
        // A window not at the start warms up for a tenth of itself.
        let warmup = Duration(nanoseconds: window.length.nanoseconds / 10)
        let middle = window.start + Duration(nanoseconds: window.length.nanoseconds / 2)
        part = world.window(
          from: window.start, length: window.length, warmup: warmup,
          factors: world.workloads.indices.map { growth.factor($0, at: middle) })
      }
      var runs: [SimulatedRun] = []
      for seed in 0..<seeds {
        var other = part
        other.seed = world.seed &+ UInt64(seed)
        runs.append(try SimulatedRun(other))
      }
      let estimate = try EstimateRun(window: part).run()
      results.append(Result(window: window, comparison: Comparison(part, estimate, runs)))
    }
    return results
  }

  /// The windows: the whole where it is short; else the peak, the trough, incidents, the last month's end,
  /// then evenly spaced ones.
  private func chosen(_ growth: DemandGrowth) -> [Window] {
    if horizon <= longest {
      return [Window(start: .zero, length: horizon, reason: "whole")]
    }
    let length = min(longest, Duration.seconds(3600))
    let hours = (horizon.nanoseconds - length.nanoseconds) / length.nanoseconds
    let grid = DemandGrid(world, binWidth: length, horizon: length * (hours + 1)) {
      growth.factor($0, at: $1)
    }
    func total(_ bin: Int) -> Double {
      world.workloads.indices.reduce(0) {
        $0 + (world.workloads[$1].isCalled ? 0 : grid.workloadRate($1, bin: bin))
      }
    }
    var windows: [Window] = []
    func add(_ bin: Int, _ reason: String) {
      let start = length * Int64(bin)
      guard windows.count < self.windows, !windows.contains(where: { $0.start == start }) else {
        return
      }
      windows.append(Window(start: start, length: length, reason: reason))
    }
    let bins = 0..<grid.bins
    let totals = bins.map(total)
    add(bins.max { (totals[$0], -$0) < (totals[$1], -$1) } ?? 0, "peak")
    add(bins.min { (totals[$0], $0) < (totals[$1], $1) } ?? 0, "trough")
    for incident in world.incidents {
      add(Int(incident.start.nanoseconds / length.nanoseconds), "incident")
    }
    if let starts = world.billing?.contracts.starts {
      let end = starts.adding(seconds: horizon.nanoseconds / 1_000_000_000)
      let monthEnd = end.date().monthStart
      let seconds = monthEnd.dayNumber * 86_400 - starts.seconds
      let bin = Int(seconds * 1_000_000_000 / length.nanoseconds) - 1
      if bins.contains(bin) { add(bin, "month end") }
    }
    for number in 0..<windows.count + self.windows {
      add(grid.bins * (2 * number + 1) / (2 * self.windows), "evenly spaced")
      if windows.count >= self.windows { break }
    }
    return windows
  }
}

extension EstimateRun {
  /// An estimate of a world that is a window itself: nothing grows in it.
  init(window world: World) { self.init(world) }
}
