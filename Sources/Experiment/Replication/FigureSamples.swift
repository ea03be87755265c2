import Scenario
import Statistics

/// Every figure of several runs: one value a run, in the order of the runs.
public struct FigureSamples: Sendable {
  /// Which figures there are, in the order in which runs name them first.
  public private(set) var keys: [FigureKey] = []
  /// Number of runs.
  public private(set) var count = 0
  private var places: [FigureKey: Int] = [:]
  private var columns: [[Double?]] = []

  /// No runs.
  public init() {}

  /// Takes runs in their order.
  public init(_ runs: [RunFigures]) {
    for run in runs { add(run) }
  }

  /// Takes another run. O(figures).
  public mutating func add(_ run: RunFigures) {
    var values = [Double?](repeating: nil, count: keys.count)
    var isNamed = [Bool](repeating: false, count: keys.count)
    for (key, value) in zip(run.keys, run.values) {
      if let place = places[key] {
        values[place] = value
        isNamed[place] = true
      } else {
        places[key] = keys.count
        keys.append(key)
        columns.append([Double?](repeating: Self.absent(key), count: count))
        values.append(value)
        isNamed.append(true)
      }
    }
    for place in keys.indices {
      columns[place].append(isNamed[place] ? values[place] : Self.absent(keys[place]))
    }
    count += 1
  }

  /// What a figure without a row stands for: summaries leave out counts by reason that are zero.
  private static func absent(_ key: FigureKey) -> Double? {
    key.known?.isZeroWhereAbsent == true ? 0 : nil
  }

  /// A figure's value in every run; `nil` in those that have none. `nil` where no run names it. O(1).
  public subscript(key: FigureKey) -> [Double?]? { places[key].map { columns[$0] } }

  /// A figure's values, those of runs that have one, in order; empty where none does. O(runs).
  public func values(_ key: FigureKey) -> [Double] { (self[key] ?? []).compactMap { $0 } }

  /// The mean of a figure over the runs, with its interval; `nil` where fewer than two runs have it.
  public func interval(_ key: FigureKey, level: Double = 0.95) -> ConfidenceInterval? {
    ConfidenceInterval(SampleMoments(values(key)), level: level)
  }

  /// The key that a person means: `ttft_p95` or `chat ttft_p95` (also with the kind before it, such as
  /// `workload chat ttft_p95`). A name alone means every scope that has the metric.
  public func keys(named name: String) -> [FigureKey] {
    keys.filter { $0.matches(name) }
  }
}

extension FigureKey {
  /// Whether it is what a person calls by this name: a metric alone, with its scope, or with kind and scope.
  public func matches(_ name: String) -> Bool {
    name == metric || name == self.name || name == "\(scopeKind) \(self.name)"
  }
}
