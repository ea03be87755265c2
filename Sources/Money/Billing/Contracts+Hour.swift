extension Contracts {
  /// The charges of capacity that stands ready for an hour from a moment: what reservations and plans
  /// cost, and what they leave to be paid by the hour. Nothing is counted anywhere.
  public func hourlyCharges(of capacity: [UsageLine], at time: BillingTime) -> [Charge] {
    var bill = PeriodBill(self, time, time.adding(seconds: 3600), capacity)
    bill.run()
    return bill.charges
  }
}
