import SimulationKernel

extension SummaryTable.Value {
  /// The value as the table prints it; `nil` where there is none.
  public var text: String? {
    switch self {
    case .integer(let count): String(count)
    case .milliseconds(let time): FixedDecimal.text(time.nanoseconds, decimals: 6)
    case .seconds(let time): FixedDecimal.text(time.nanoseconds, decimals: 9)
    case .ratio(let ratio): ratio.millionths.map { FixedDecimal.text($0, decimals: 6) }
    case .dollars(let amount): DollarText.text(amount)
    case .real(let number): RealText.shortest(number)
    case .none: nil
    }
  }
}
