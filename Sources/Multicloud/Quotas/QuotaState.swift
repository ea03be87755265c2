/// What every rule's state does; called on concrete types only.
///
/// Times are nanoseconds of simulated time and never go back.
protocol QuotaState {
  /// Whether a call may go ahead; changes nothing.
  func check(_ ask: QuotaAsk, at now: Int64) -> QuotaAnswer
  /// Takes what the call asks for.
  mutating func commit(_ ask: QuotaAsk, at now: Int64)
  /// Corrects what the call took at `admittedAt` to what it used.
  mutating func settle(_ ask: QuotaAsk, _ use: QuotaUse, admittedAt: Int64, at now: Int64)
  /// Cuts the limit to a share of it, millionths.
  mutating func reduce(toMillionths share: Int64, at now: Int64)
  /// How far it is used.
  func reading(at now: Int64) -> QuotaReading
}
