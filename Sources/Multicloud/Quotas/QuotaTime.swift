/// Widths of windows in nanoseconds of simulated time.
enum QuotaTime {
  static let second: Int64 = 1_000_000_000
  static let minute: Int64 = 60 * second
  static let hour: Int64 = 60 * minute
  static let day: Int64 = 24 * hour
}
