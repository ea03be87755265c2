import Money
import Multicloud

/// What a plan may choose and must hold, beside what the world says.
public struct PlanSettings: Sendable {
  /// Most replicas that can be had, by pool: regional stock or quota on accelerators.
  public var stock: [Int]
  /// Most units that can be had, by endpoint.
  public var unitStock: [Int]
  /// Highest load planned for, whatever the targets allow.
  public var ceiling: Double
  /// What the fleet must survive without losing a request.
  public var survives: Loss
  /// List price of one instance for an hour, by pool, then purchase option; only what can be bought.
  public var prices: [[PurchaseOption: Money]]
  /// Levels of demand planned for.
  public var periods: Int
  /// The search.
  public var search: BranchAndCut

  /// What may be lost.
  public enum Loss: String, CaseIterable, Sendable {
    /// Nothing.
    case nothing
    /// Any one region.
    case region
  }

  /// Settings that allow up to four times what the world has, as it is bought now.
  public init(_ world: World) {
    stock = world.pools.map { max(8, 4 * $0.replicas) }
    unitStock = world.endpoints.map { 4 * $0.units }
    ceiling = 0.85
    survives = .nothing
    prices = world.pools.indices.map { id in
      guard let machines = world.billing?.machines[id] else { return [.onDemand: .zero] }
      return [machines.purchase: machines.hourly]
    }
    periods = 4
    search = BranchAndCut()
  }
}
