/// Errors of a group of load points: all of one engine, accelerator and model, or all of an engine.
struct PointSummary {
  var name: String
  var points: Int
  /// Medians of absolute relative errors outside saturation; `nil` without such points.
  var timeToFirstToken: Double?
  var timePerOutputToken: Double?
  /// Medians of signed errors.
  var timeToFirstTokenBias: Double?
  var timePerOutputTokenBias: Double?
  /// Where the errors of nine points out of ten lie, as factors real over predicted.
  var timePerOutputTokenBand: (low: Double, high: Double)?
  /// Of saturated points: how many, and the median absolute error of their throughput.
  var saturated: Int
  var throughput: Double?

  init(_ name: String, _ points: [PointPrediction]) {
    self.name = name
    let free = points.filter { !$0.isSaturated }
    let full = points.filter(\.isSaturated)
    self.points = free.count
    saturated = full.count
    let first = free.map(\.timeToFirstTokenError)
    let each = free.map(\.timePerOutputTokenError)
    timeToFirstToken = Self.median(first.map { abs($0) })
    timePerOutputToken = Self.median(each.map { abs($0) })
    timeToFirstTokenBias = Self.median(first)
    timePerOutputTokenBias = Self.median(each)
    throughput = Self.median(full.map { abs($0.throughputError) })
    let factors = each.map { 1 / (1 + $0) }.sorted()
    if !factors.isEmpty {
      func at(_ share: Double) -> Double { factors[Int(share * Double(factors.count - 1))] }
      timePerOutputTokenBand = (at(0.05), at(0.95))
    }
  }

  static func median(_ values: [Double]) -> Double? {
    if values.isEmpty { return nil }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
