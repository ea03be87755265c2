/// What happened to a request at a replica's boundary, or when its replica died.
@frozen
public struct Outcome: Hashable, Sendable {
  /// The kinds of outcome.
  @frozen
  public enum Kind: UInt8, Sendable {
    /// It was admitted to the running batch for the first time.
    case started
    /// It has the blocks into which its cache can be copied from another engine.
    case reserved
    /// Its first output token appeared.
    case firstToken
    /// It lost its KV blocks and waits to compute them again.
    case preempted
    /// Its last output token appeared; it is no longer at the replica.
    case finished
    /// Its cancellation took effect; it is no longer at the replica.
    case cancelled
    /// Its replica died with it; it is no longer at the replica, and what it had computed is gone.
    case lost
  }

  /// What happened.
  public var kind: Kind
  /// The request's slot in the fleet.
  public var slot: Int32

  /// Creates an outcome.
  public init(kind: Kind, slot: Int32) {
    self.kind = kind
    self.slot = slot
  }
}
