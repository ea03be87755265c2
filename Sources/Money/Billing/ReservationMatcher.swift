/// Which reservation covers what of an hour's capacity.
///
/// A reservation matches capacity bought on demand of the same kind, type and region; its owner's first,
/// then, where it is shared, other accounts'; in order of deployment. Of provisioned units the model
/// makes no difference: 500 units reserved, 300 used by one model and 300 deployed for another leave 100
/// to be paid by the hour (Microsoft, provisioned throughput billing, 2026-05-22).
struct ReservationMatcher {
  /// A part of a line, covered by a reservation.
  struct Cover: Hashable {
    var line: Int
    var reservation: Int
    /// Unit-seconds or instance-seconds.
    var quantity: Int64
  }

  private(set) var covers: [Cover] = []
  /// What no reservation covers, by line.
  private(set) var rest: [Int64]
  /// What nobody used, by reservation; 0 where it was not active.
  private(set) var unused: [Int64]
  /// Which reservations are active, by number.
  let active: [Bool]

  /// Matches a period of `seconds` that begins at `time`. O(reservations × lines).
  init(
    _ reservations: [Reservation], _ lines: [UsageLine], accounts: [BillingAccount],
    at time: BillingTime, seconds: Int64
  ) {
    rest = lines.map(\.quantity)
    let isActive = reservations.map {
      let date = time.date(offsetMinutes: accounts[$0.account].offsetMinutes)
      return $0.starts <= date && date <= $0.ends
    }
    active = isActive
    unused = reservations.indices.map { isActive[$0] ? reservations[$0].quantity * seconds : 0 }
    for (id, reservation) in reservations.enumerated() where active[id] {
      let matching = lines.indices.filter { reservation.matches(lines[$0]) }
      let own = matching.filter { lines[$0].account == reservation.account }
      let others =
        reservation.isShared
        ? matching.filter {
          lines[$0].account != reservation.account
            && accounts[lines[$0].account].cloud == accounts[reservation.account].cloud
        } : []
      for line in own + others {
        let quantity = min(rest[line], unused[id])
        if quantity == 0 { continue }
        rest[line] -= quantity
        unused[id] -= quantity
        covers.append(Cover(line: line, reservation: id, quantity: quantity))
      }
    }
  }
}

extension Reservation {
  /// Whether it may cover a line.
  func matches(_ line: UsageLine) -> Bool {
    line.kind == kind && line.purchase == .onDemand && line.region == region
      && line.sku == matches
  }
}
