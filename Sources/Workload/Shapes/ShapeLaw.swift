import SimulationKernel

/// A shape made ready to draw from: two words of random bits, one pair of lengths.
///
/// The first word is the prompt's (or the row's), the second the output's, so the prompt of a request
/// is the same under every output law.
struct ShapeLaw: Sendable {
  private enum Kind {
    case fixed(prompt: Int32, output: Int32)
    case independent(prompt: LengthLaw, output: LengthLaw)
    case conditional(prompt: LengthLaw, bounds: [Int], outputs: [LengthLaw])
    case rows(TraceRows)
    case histogram(JointLengthHistogram)
  }

  private let kind: Kind
  /// Whether drawing takes random bits at all.
  let isRandom: Bool

  init(_ spec: ShapeSpec) {
    switch spec {
    case .fixed(let prompt, let output):
      kind = .fixed(prompt: Int32(prompt), output: Int32(output))
      isRandom = false
    case .independent(.constant(let prompt), .constant(let output)):
      kind = .fixed(prompt: Int32(prompt), output: Int32(output))
      isRandom = false
    case .independent(let prompt, let output):
      kind = .independent(prompt: LengthLaw(prompt), output: LengthLaw(output))
      isRandom = true
    case .conditional(let prompt, let bands):
      kind = .conditional(
        prompt: LengthLaw(prompt), bounds: bands.dropLast().map(\.upToPrompt),
        outputs: bands.map { LengthLaw($0.output) })
      isRandom = true
    case .empirical(.rows(let rows)):
      kind = .rows(rows)
      isRandom = true
    case .empirical(.profile(let profile)):
      kind = .histogram(profile.lengths)
      isRandom = true
    }
  }

  func lengths(_ bits: (UInt64, UInt64)) -> (prompt: Int32, output: Int32) {
    switch kind {
    case .fixed(let prompt, let output): return (prompt, output)
    case .independent(let prompt, let output):
      return (prompt.length(bits.0), output.length(bits.1))
    case .conditional(let promptLaw, let bounds, let outputs):
      let prompt = promptLaw.length(bits.0)
      let band = bounds.partitioningIndex { $0 >= Int(prompt) }
      return (prompt, outputs[band].length(bits.1))
    case .rows(let rows):
      let row = Int(boundedInteger(bits.0, below: UInt64(rows.count)).value)
      return (rows.promptTokens[row], rows.outputTokens[row])
    case .histogram(let histogram): return histogram.lengths(bits)
    }
  }
}
