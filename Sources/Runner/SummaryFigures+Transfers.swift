import Multicloud
import SimulationKernel
import Tables

/// Rows of pools whose caches travel.
extension SummaryFigures {
  /// What the caches of a disaggregated pool did.
  mutating func add(_ transfers: TransferStatistics, ofPool id: Int, _ name: String) {
    guard let join = world.pools[id].disaggregation else { return }
    add(.pool, name, "kv_copies", "copies", .integer(transfers.copies))
    add(.pool, name, "kv_bytes", "B", .integer(Int64(clamping: transfers.bytes)))
    addDistribution(.pool, name, transfers.waiting, "kv_wait")
    addDistribution(.pool, name, transfers.copying, "kv_copy")
    let pairs = [
      ("kv_link_sending_fraction", world.pools[id].replicas),
      ("kv_link_receiving_fraction", world.pools[join.decodePool].replicas),
    ]
    for (metric, replicas) in pairs {
      add(
        .pool, name, metric, "1",
        .ratio(Ratio(transfers.sending, over: Int128(measured) * Int128(replicas))))
    }
  }
}
