import SimulationKernel

/// One course of a ``SpotPriceModel``: the present price and the moment of the next.
///
/// Draw n of the stream makes price n, so that the course depends on the seed and the market alone.
struct SpotPricePath: Sendable {
  static let purpose = KeyedStream.Purpose(rawValue: 1 << 16 | 0x22)

  private let model: SpotPriceModel
  private let stream: KeyedStream
  /// What is left of a deviation after a step.
  private let memory: Double
  /// Standard deviation of what a step adds.
  private let noise: Double
  private var number: UInt64 = 0
  /// Logarithm of the price over the median, before it is clipped.
  private(set) var logarithm: Double

  /// The price over the list price, millionths.
  private(set) var millionths: Int64
  /// When the next price is set, nanoseconds from the run's start.
  private(set) var nextChange: Int64

  init(_ model: SpotPriceModel, stream: KeyedStream) {
    self.model = model
    self.stream = stream
    memory = DeterministicMath.exp(-model.step.seconds / model.reversion.seconds)
    noise = model.deviation * (1 - memory * memory).squareRoot()
    logarithm = model.deviation * Self.normal(stream, 0)
    millionths = Self.millionths(model, logarithm)
    nextChange = model.step.nanoseconds
  }

  /// Whether the price is above what is paid: there is no supply then.
  var isAboveLimit: Bool { model.limitMillionths.map { millionths > $0 } ?? false }

  /// Goes on to the next price.
  mutating func advance() {
    number += 1
    logarithm = memory * logarithm + noise * Self.normal(stream, number)
    millionths = Self.millionths(model, logarithm)
    nextChange += model.step.nanoseconds
  }

  private static func normal(_ stream: KeyedStream, _ number: UInt64) -> Double {
    DeterministicMath.normalQuantile(unitInterval(stream.block(number).0))
  }

  private static func millionths(_ model: SpotPriceModel, _ logarithm: Double) -> Int64 {
    let share = model.median * DeterministicMath.exp(logarithm)
    return Int64((1e6 * min(1, max(model.floor, share))).rounded())
  }
}
