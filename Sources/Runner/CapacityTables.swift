import Multicloud
import SimulationKernel
import Tables

/// The tables of capacity that moves; not started where a world has none.
struct CapacityTables: ~Copyable {
  private var events: RowTable<CapacityEventRow>?

  init(_ world: World, level: TableLevel, in directory: RunDirectory) throws(TableError) {
    guard level >= .summary else { return }
    if world.isElastic {
      events = try directory.table(
        of: CapacityEventRow.self,
        names: [
          (0..<world.deploymentCount).map(world.deploymentName),
          CapacityEvent.Kind.allCases.map(\.word),
          world.markets.map(\.name), CapacityEvent.Cause.allCases.map(\.word),
        ])
    }
  }

  mutating func append(_ event: borrowing CapacityEvent) throws(TableError) {
    try events?.append(
      CapacityEventRow(
        time: SimTime(nanoseconds: event.time), kind: Int(event.kind.rawValue), pool: event.pool,
        replica: event.replica, market: event.market, before: event.before, after: event.after,
        leadTime: event.leadTime, cause: event.cause == .none ? -1 : Int(event.cause.rawValue)))
  }

  /// Closes the tables that were started.
  mutating func finish() throws(TableError) -> [FinishedTable] {
    if let table = events.take() { return [try table.finish()] }
    return []
  }
}
