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

  /// Plays a world with every row and the books kept, and sums checked along the way.
  ///
  /// - Throws: `InvariantViolation` where a law of the simulator is broken or a cent does not trace.
  public func play(_ world: World) throws -> Observation {
    let keeper = RowKeeper(try BookKeeper(world))
    let result = try Simulation.soundResult(
      of: world, recorder: keeper, invariants: InvariantWatch(from: 1, stride: stride))
    var seen = Observation(world, keeper, result, try keeper.books.close())
    fault(&seen)
    return seen
  }

  /// Plays a world of which nobody keeps rows: what it comes to, and its bill.
  ///
  /// - Throws: As playing with rows.
  func playUnwatched(_ world: World) throws -> (result: SimulationResult, bill: BillSeen?) {
    let books = try BookKeeper(world)
    let result = try Simulation.soundResult(of: world, recorder: world.billing.map { _ in books })
    return (result, try books.close())
  }

  /// Plays a draft.
  public func play(_ draft: Draft) throws -> Observation { try play(try world(draft.yaml)) }
}
