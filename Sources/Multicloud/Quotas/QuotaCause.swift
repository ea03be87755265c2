/// Why a quota refused a call.
public enum QuotaCause: UInt8, CaseIterable, Sendable {
  /// Tokens of the present window are used up.
  case tokens
  /// Requests of the present window are used up.
  case requests
  /// Provisioned throughput is utilised above its capacity.
  case provisioned
  /// The call would have been admitted without a temporary cut of the limit.
  case reduced
  /// What the call asks for is above the whole limit: it is never admitted as it is.
  case maximumTokens
  /// The total of an hour, day, week, month, year or run is used up.
  case period
}
