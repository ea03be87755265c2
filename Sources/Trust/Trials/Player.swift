import Catalog
import Multicloud
import Scenario

/// Plays drafts: from the text to what every request met with. What laws compare are players' answers,
/// so that a test can put a faulty one in the place of the simulator.
public struct Player: Sendable {
  /// Facts that scenarios name.
  public let catalog: Catalog
  /// Events between two checks of all sums.
  public var stride: Int64 = 64
  /// What is done to an observation before laws see it: nothing, but in tests of the laws.
  public var fault: @Sendable (inout Observation) -> Void = { _ in }

  /// Creates a player.
  public init(catalog: Catalog) { self.catalog = catalog }

  /// The world of a scenario's text.
  ///
  /// - Throws: `ScenarioError` where it is none.
  public func world(_ yaml: String) throws -> World {
    try ScenarioDocument(text: yaml, path: "world.yaml").world(
      catalog: catalog, dataDirectory: nil
    ).world
  }

  /// Plays a world with every row kept and sums checked along the way.
  ///
  /// - Throws: `InvariantViolation` where a law of the simulator is broken.
  public func play(_ world: World) throws -> Observation {
    let keeper = RowKeeper()
    let result = try Simulation.soundResult(
      of: world, recorder: keeper, invariants: InvariantWatch(from: 1, stride: stride))
    var seen = Observation(world, keeper, result)
    fault(&seen)
    return seen
  }

  /// Plays a draft.
  public func play(_ draft: Draft) throws -> Observation { try play(try world(draft.yaml)) }
}
