import Multicloud
import Runner
import SimulationKernel
import Tables

/// What one run of a world comes to: the rows of `summary.csv` as keys and numbers, and what identifies it.
public struct RunFigures: Sendable {
  /// Which figures, in the order of the table.
  public var keys: [FigureKey]
  /// Their values; `nil` where there is none.
  public var values: [Double?]
  /// Seed of the run.
  public var seed: UInt64
  /// Hash of the event stream.
  public var fingerprint: UInt64
  /// Requests that arrived, warm-up included.
  public var requests: Int64
  /// Whether the run reached its horizon.
  public var isComplete: Bool
  /// Where the run stood along the way; empty where no checkpoints were wanted.
  public var checkpoints: [Checkpoint]

  /// Simulates a world, writing nothing.
  ///
  /// - Parameters:
  ///   - seed: Instead of the world's own. Runs with the same seed see the same demand whatever their placement
  ///     and policy: common random numbers.
  ///   - checkpointLength: Simulated time between checkpoints; zero for none.
  ///   - shouldContinue: Asked every 65,536 events.
  public init(
    _ world: World, seed: UInt64, checkpointLength: Duration = .zero,
    shouldContinue: (Simulation.Progress) -> Bool = { _ in true }
  ) throws {
    var own = world
    own.seed = seed
    var run = ScenarioRun(
      world: own, scenario: Manifest.Input(name: own.name, contents: []), inputs: [], overrides: [],
      toolVersion: "", level: .none, sample: 1, outputPath: nil)
    run.isEstimated = false
    run.checkpointLength = checkpointLength
    self.init(try run.run(shouldContinue: shouldContinue), seed: seed)
  }

  /// The figures of a run that was made.
  public init(_ outcome: ScenarioRun.Outcome, seed: UInt64) {
    keys = outcome.summary.map { FigureKey($0) }
    values = outcome.summary.map(\.value.number)
    self.seed = seed
    fingerprint = outcome.result.fingerprint
    requests = outcome.result.requests
    isComplete = outcome.result.isComplete
    checkpoints = outcome.result.checkpoints
  }

  /// Figures that were stored, or worked out otherwise.
  public init(
    keys: [FigureKey], values: [Double?], seed: UInt64, fingerprint: UInt64, requests: Int64,
    isComplete: Bool
  ) {
    precondition(keys.count == values.count)
    self.keys = keys
    self.values = values
    self.seed = seed
    self.fingerprint = fingerprint
    self.requests = requests
    self.isComplete = isComplete
    checkpoints = []
  }

  /// A figure's value; `nil` where there is none. O(figures).
  public subscript(key: FigureKey) -> Double? {
    keys.firstIndex(of: key).flatMap { values[$0] }
  }
}

extension SummaryTable.Value {
  /// The value as a number in its unit, rounded once; `nil` where there is none.
  public var number: Double? {
    switch self {
    case .integer(let count): Double(count)
    case .milliseconds(let time): Double(time.nanoseconds) / 1e6
    case .seconds(let time): Double(time.nanoseconds) / 1e9
    case .ratio(let ratio):
      ratio.denominator > 0 ? Double(ratio.numerator) / Double(ratio.denominator) : nil
    case .dollars(let amount): Double(amount) / 1e12
    case .real(let number): number
    case .none: nil
    }
  }
}
