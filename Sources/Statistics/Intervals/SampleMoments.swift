/// Count, mean and variance of numbers taken one by one, in the order they come.
///
/// Source: B. P. Welford, "Note on a method for calculating corrected sums of squares and products",
/// Technometrics 4 (1962). The order is part of the result's last bits: take numbers in index order.
public struct SampleMoments: Hashable, Sendable {
  /// How many were taken.
  public private(set) var count = 0
  /// Their mean; 0 where there are none.
  public private(set) var mean = 0.0
  private var squares = 0.0

  /// Nothing taken.
  public init() {}

  /// Takes numbers in order.
  public init(_ values: some Sequence<Double>) {
    for value in values { add(value) }
  }

  /// Takes a number.
  public mutating func add(_ value: Double) {
    count += 1
    let before = value - mean
    mean += before / Double(count)
    squares += before * (value - mean)
  }

  /// The unbiased variance; 0 for fewer than two numbers.
  public var variance: Double { count > 1 ? squares / Double(count - 1) : 0 }

  /// The standard deviation.
  public var deviation: Double { variance.squareRoot() }

  /// The standard error of the mean.
  public var standardError: Double { count > 0 ? (variance / Double(count)).squareRoot() : 0 }
}
