import Foundation
import ServingEngine

/// A number to six significant digits: what a fit is good for, and the same whatever processor solved it.
func rounded(_ value: Double) -> Double {
  value.isFinite ? Double(String(format: "%.5e", value)) ?? value : value
}

/// A number to four significant digits, for people.
func significant(_ value: Double) -> String { String(format: "%.4g", value) }

extension StepCoefficients {
  /// Times to six significant digits.
  func rounded() -> StepCoefficients {
    var result = self
    let paths: [WritableKeyPath<StepCoefficients, Double>] = [
      \.decodeBase, \.decodePerSequence, \.decodePerKVToken, \.mixed.base, \.mixed.perSequence,
      \.mixed.perToken, \.mixed.gemmBase, \.mixed.gemmPerToken, \.mixed.gemmPerTokenComputeBound,
      \.mixed.decodeAttentionBase, \.mixed.decodeAttentionPerSequence,
      \.mixed.attentionPerKVToken, \.mixed.prefillAttentionBase, \.mixed.prefillAttentionPerToken,
      \.mixed.prefillAttentionPerPair, \.mixed.perActiveExpert, \.mixed.expertPerToken,
      \.mixed.expertPerTokenComputeBound,
    ]
    for path in paths { result[keyPath: path] = Calibrate.rounded(result[keyPath: path]) }
    return result
  }
}
