/// What the matrix products of an estimate took, so that a benchmark can hold them against bare ones.
public struct ProductTiming: Sendable {
  /// Seconds in `dgemm`, over all workers.
  public internal(set) var seconds = 0.0
  /// Floating-point operations of the products.
  public internal(set) var operations = 0.0

  /// Nothing timed yet.
  public init() {}

  /// Takes down a product of `rows` × `inner` and `inner` × `columns`.
  mutating func add(_ wall: ContinuousClock.Duration, _ rows: Int, _ inner: Int, _ columns: Int) {
    seconds += Double(wall.components.seconds) + Double(wall.components.attoseconds) / 1e18
    operations += 2 * Double(rows) * Double(inner) * Double(columns)
  }

  mutating func add(_ other: ProductTiming) {
    seconds += other.seconds
    operations += other.operations
  }

  /// Operations a second that bare products of a shape reach on one core, measured now.
  public static func bareSpeed(rows: Int, inner: Int, columns: Int, count: Int) -> Double {
    let timing = LoadKernel.bare(bins: rows, streams: inner, columns: columns, count: count)
    return timing.operations / timing.seconds
  }
}
