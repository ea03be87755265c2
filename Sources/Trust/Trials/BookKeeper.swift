import Money
import Multicloud
import Runner

/// Keeps the books of a run, and the sums of its charges.
final class BookKeeper: Recorder {
  private let world: World
  private let books: OpenBooks?
  private let sums = ChargeSums()
  let wantsRequests = false
  let wantsPoolMinutes = false
  let hasFailed = false

  /// Sums by kind, which grow as charges come.
  private final class ChargeSums {
    var kinds: [String: BillSeen.Line] = [:]

    func add(_ charge: Charge) {
      let kind = "\(charge.category) \(charge.usage.kind.name)"
      kinds[kind, default: BillSeen.Line()].add(charge)
    }
  }

  init(_ world: World) throws {
    self.world = world
    books = try OpenBooks(world, onCharge: sums.add)
  }

  func record(_ request: borrowing RequestRecord) {}
  func record(_ minute: borrowing PoolMinute) {}
  func record(_ period: borrowing UsagePeriod) { books?.take(period) }

  /// Closes the books; `nil` where nobody is billed.
  ///
  /// - Throws: `InvariantViolation` where a cent does not trace.
  func close() throws -> BillSeen? {
    guard let books, let billing = world.billing else { return nil }
    return BillSeen(try books.close(), kinds: sums.kinds, world, billing.contracts)
  }
}
