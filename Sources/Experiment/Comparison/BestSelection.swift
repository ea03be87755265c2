import Multicloud
import Scenario
import Statistics

/// Finds the best of several worlds by one figure, with a stated probability, in as few runs as that takes.
///
/// Kim and Nelson's procedure under common random numbers: after a first stage every further replication is one
/// seed for all that are still in the race. Several seeds are run at once where there are cores, and taken one by
/// one in order, so the answer does not depend on their number.
public struct BestSelection: Sendable {
  /// The worlds by name.
  public var worlds: [(name: String, world: World)]
  /// The figure.
  public var figure: String
  /// A difference not worth telling apart, in the figure's unit.
  public var indifference: Double
  /// Probability that the best is found, if it is better than every other by the indifference.
  public var level = 0.95
  /// Replications of the first stage.
  public var firstStage = 10
  /// Most replications.
  public var budget = 1000

  /// Prepares a selection.
  public init(
    _ worlds: [(name: String, world: World)], figure: String, indifference: Double
  ) {
    self.worlds = worlds
    self.figure = figure
    self.indifference = indifference
  }

  /// What a selection comes to.
  public struct Outcome: Sendable {
    /// The figure.
    public var key: FigureKey
    /// The procedure at its end.
    public var procedure: KimNelson
    /// Place of the best; `nil` where the budget was spent first.
    public var selected: Int? { procedure.selected }
  }

  /// Why nothing can be selected.
  public enum Problem: Error, CustomStringConvertible {
    /// The name fits no figure, or several.
    case figure(String, [String])
    /// The figure has no better direction.
    case noDirection(String)

    /// What is wrong and what would be right.
    public var description: String {
      switch self {
      case .figure(let name, let found):
        found.isEmpty
          ? "no figure '\(name)' in the summary"
          : "'\(name)' is several figures (\(found.joined(separator: ", "))); name one"
      case .noDirection(let name):
        "neither more nor less of '\(name)' is better by itself; select by a latency, a cost, an "
          + "attainment or a loss"
      }
    }
  }

  /// Runs; `nil` where somebody asked to stop.
  public func run(
    pool: WorkPool, finished: @Sendable (Int) -> Void = { _ in },
    shouldContinue: @Sendable () -> Bool = { true }
  ) throws -> Outcome? {
    var procedure: KimNelson?
    var key: FigureKey?
    var next = 0
    while next < budget, procedure?.isFinished != true {
      let width = next == 0 ? min(firstStage, budget) : max(1, pool.threads)
      let seeds = next..<min(budget, next + width)
      let racing = procedure?.survivors ?? Array(worlds.indices)
      let runs = try pool.map(seeds.count * racing.count, shouldContinue: shouldContinue) { piece in
        let world = worlds[racing[piece % racing.count]].world
        let seed = world.seed &+ UInt64(seeds.lowerBound + piece / racing.count)
        return try RunFigures(world, seed: seed) { _ in shouldContinue() }
      }
      let whole = runs.compactMap { $0 }.filter(\.isComplete)
      guard whole.count == runs.count else { return nil }
      let found = try key ?? self.key(in: whole[0])
      key = found
      var kn = try procedure ?? start(found)
      for place in seeds.indices where !kn.isFinished {
        var values = [Double?](repeating: nil, count: worlds.count)
        for (rank, world) in racing.enumerated() {
          values[world] = whole[(place - seeds.lowerBound) * racing.count + rank][found]
        }
        try kn.add(values)
      }
      procedure = kn
      next = seeds.upperBound
      finished(next)
    }
    guard let procedure, let key else { return nil }
    return Outcome(key: key, procedure: procedure)
  }

  private func key(in run: RunFigures) throws(Problem) -> FigureKey {
    let keys = run.keys.filter { $0.source == "simulated" && $0.matches(figure) }
    guard keys.count == 1 else { throw .figure(figure, keys.map(\.name)) }
    return keys[0]
  }

  private func start(_ key: FigureKey) throws(Problem) -> KimNelson {
    let direction = key.better
    guard direction != .neither else { throw .noDirection(key.name) }
    return KimNelson(
      alternatives: worlds.count, firstStage: firstStage, indifference: indifference, level: level,
      bestIs: direction == .higher ? .largest : .smallest)
  }
}
