import Estimate
import Money

/// A placement and how its machines are bought.
public struct PlannedPlacement: Hashable, Sendable {
  /// Replicas and units.
  public var placement: Placement
  /// By pool: how its machines are bought; `nil` where there are none.
  public var purchases: [PurchaseOption?]

  /// Creates a planned placement.
  public init(placement: Placement, purchases: [PurchaseOption?]) {
    self.placement = placement
    self.purchases = purchases
  }
}
