/// How far predictions are off: figures of `measured / predicted - 1`.
public struct ErrorFigures: Hashable, Sendable {
  /// Rows compared.
  public var count: Int
  /// Mean error.
  public var mean: Double
  /// Mean of the errors' sizes.
  public var meanAbsolute: Double
  /// Median of the errors' sizes.
  public var medianAbsolute: Double
  /// 5th percentile of the errors.
  public var low: Double
  /// 95th percentile of the errors.
  public var high: Double

  /// Figures of some errors; `nil` where there are none.
  ///
  /// - Complexity: O(n log n).
  public init?(_ errors: [Double]) {
    guard !errors.isEmpty else { return nil }
    let sizes = errors.map(abs).sorted()
    let sorted = errors.sorted()
    count = errors.count
    mean = errors.reduce(0, +) / Double(errors.count)
    meanAbsolute = sizes.reduce(0, +) / Double(errors.count)
    medianAbsolute = Self.quantile(0.5, of: sizes)
    low = Self.quantile(0.05, of: sorted)
    high = Self.quantile(0.95, of: sorted)
  }

  /// The quantile between the nearest elements, as R's type 7 has it.
  private static func quantile(_ p: Double, of sorted: [Double]) -> Double {
    let place = p * Double(sorted.count - 1)
    let index = min(Int(place), max(0, sorted.count - 2))
    guard sorted.count > 1 else { return sorted[0] }
    return sorted[index] + (place - Double(index)) * (sorted[index + 1] - sorted[index])
  }
}

/// A row that was measured and predicted.
public struct ComparedRow: Hashable, Sendable {
  /// What is compared.
  public enum Quantity: String, CaseIterable, Sendable {
    /// Time of a step, or of the mean step of a piece of a run.
    case step
    /// Time per output token of a request, put through the simulator.
    case timePerOutputToken = "tpot"
    /// Time to first token of a request, put through the simulator.
    case timeToFirstToken = "ttft"
  }

  /// What is compared.
  public var quantity: Quantity
  /// `file:line`.
  public var place: String
  /// Measured, microseconds.
  public var measured: Double
  /// Predicted, microseconds.
  public var predicted: Double
  /// Whether the fit had not seen it.
  public var isHeldOut: Bool

  /// `measured / predicted - 1`.
  public var error: Double { measured / predicted - 1 }
}
