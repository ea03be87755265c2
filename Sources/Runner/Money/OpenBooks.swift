import Money
import Multicloud

/// The books of a run for who plays worlds and keeps no run directory: the same as of any run.
public final class OpenBooks {
  private let books: Books

  /// Opens the books of a world; `nil` where nobody is billed.
  ///
  /// - Parameter onCharge: Sees every line of the bill, in order.
  public init?(_ world: World, onCharge: @escaping (Charge) -> Void) throws {
    guard let billing = world.billing else { return nil }
    books = try Books(world, billing, in: nil)
    books.onCharge = onCharge
  }

  /// A billing period is over.
  public func take(_ period: borrowing UsagePeriod) { books.take(period) }

  /// Closes the books.
  ///
  /// - Throws: `InvariantViolation` where a cent does not trace.
  public func close() throws -> Bill { try books.close(in: nil).0 }
}
