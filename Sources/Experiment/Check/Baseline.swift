import Multicloud
import Runner
import SimulationKernel
import Tables

/// A scenario under several seeds, in figures and hashes: what a check compares with what was stored.
public struct Baseline: Sendable {
  /// Version of the file format.
  public static let format = 1

  /// Version of the program that made it.
  public var program: String
  /// The scenario's name.
  public var name: String
  /// SHA-256 of what is simulated: the effective scenario without seed, assertions and tolerances.
  public var scenario: String
  /// What else it was made from: catalog and traces.
  public var inputs: [Input]
  /// The seeds, in order.
  public var seeds: [UInt64]
  /// Hash of the event stream, by seed.
  public var fingerprints: [UInt64]
  /// Every figure, sorted by key.
  public var figures: [Figure]
  /// Names of the parts whose hashes checkpoints hold.
  public var parts: [String]
  /// Checkpoints, by seed.
  public var checkpoints: [[Mark]]

  /// Something a scenario was made from.
  public struct Input: Hashable, Sendable, Codable {
    /// Its name, without the folder.
    public var name: String
    /// Its SHA-256.
    public var sha256: String

    /// Creates an input.
    public init(name: String, sha256: String) {
      self.name = name
      self.sha256 = sha256
    }
  }

  /// A figure under every seed.
  public struct Figure: Hashable, Sendable {
    /// Which.
    public var key: FigureKey
    /// By seed; `nil` where there is none.
    public var values: [Double?]

    /// Creates a figure.
    public init(key: FigureKey, values: [Double?]) {
      self.key = key
      self.values = values
    }
  }

  /// A checkpoint as it is stored.
  public struct Mark: Hashable, Sendable {
    /// Simulated seconds from the start.
    public var seconds: Double
    /// Hash of the event stream so far.
    public var fingerprint: UInt64
    /// Events so far.
    public var events: Int64
    /// Requests that arrived so far.
    public var arrived: Int64
    /// Requests completed so far.
    public var completed: Int64
    /// Requests refused, lost or given up so far.
    public var lost: Int64
    /// The upper half of each part's hash.
    public var parts: [UInt32]

    /// Creates a mark.
    public init(
      seconds: Double, fingerprint: UInt64, events: Int64, arrived: Int64, completed: Int64,
      lost: Int64, parts: [UInt32]
    ) {
      self.seconds = seconds
      self.fingerprint = fingerprint
      self.events = events
      self.arrived = arrived
      self.completed = completed
      self.lost = lost
      self.parts = parts
    }
  }

  /// Creates a baseline from its parts: figures sorted by key, everything else by seed.
  public init(
    program: String, name: String, scenario: String, inputs: [Input], seeds: [UInt64],
    fingerprints: [UInt64], figures: [Figure], parts: [String], checkpoints: [[Mark]]
  ) {
    self.program = program
    self.name = name
    self.scenario = scenario
    self.inputs = inputs
    self.seeds = seeds
    self.fingerprints = fingerprints
    self.figures = figures
    self.parts = parts
    self.checkpoints = checkpoints
  }

  /// Puts runs of one world together.
  ///
  /// - Parameters:
  ///   - runs: In order of their seeds; at least one, with checkpoints.
  ///   - scenario: SHA-256 of what is simulated.
  public init(
    _ world: World, runs: [RunFigures], scenario: String, inputs: [Input], program: String
  ) {
    self.program = program
    name = world.name
    self.scenario = scenario
    self.inputs = inputs
    seeds = runs.map(\.seed)
    fingerprints = runs.map(\.fingerprint)
    // Rows that only some seeds have (refusals for a reason) are figures of all.
    var values: [FigureKey: [Double?]] = [:]
    for (index, run) in runs.enumerated() {
      for (key, value) in zip(run.keys, run.values) {
        values[key, default: [Double?](repeating: nil, count: runs.count)][index] = value
      }
    }
    figures = values.keys.sorted().map { Figure(key: $0, values: values[$0] ?? []) }
    parts =
      world.workloadNames.map { "workload \($0)" }
      + world.deploymentNames.map { "deployment \($0)" }
    checkpoints = runs.map { run in run.checkpoints.map { Mark($0) } }
  }

  /// Time between checkpoints: a minute, or as many whole minutes as make at most sixty of them.
  public static func checkpointLength(horizon: Duration) -> Duration {
    let minute = Duration.seconds(60).nanoseconds
    let minutes = (horizon.nanoseconds + 60 * minute - 1) / (60 * minute)
    return Duration(nanoseconds: max(1, minutes) * minute)
  }

  /// The values of a figure; `nil` where there is no such figure. O(log figures).
  func values(_ key: FigureKey) -> [Double?]? {
    var (low, high) = (0, figures.count)
    while low < high {
      let middle = (low + high) / 2
      if figures[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return low < figures.count && figures[low].key == key ? figures[low].values : nil
  }
}

extension Baseline.Mark {
  init(_ checkpoint: Checkpoint) {
    func sum(_ count: (Checkpoint.Part) -> Int64) -> Int64 {
      checkpoint.workloads.reduce(0) { $0 + count($1) }
    }
    self.init(
      seconds: checkpoint.time.seconds, fingerprint: checkpoint.fingerprint,
      events: checkpoint.events, arrived: sum(\.arrived), completed: sum(\.completed),
      lost: sum(\.lost),
      parts: (checkpoint.workloads + checkpoint.deployments).map {
        UInt32(truncatingIfNeeded: $0.fingerprint >> 32)
      })
  }
}
