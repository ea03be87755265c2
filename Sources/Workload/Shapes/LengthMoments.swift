import SimulationKernel

/// Means of the lengths of a workload, tokens and squares of tokens: what estimates of throughput
/// and memory need.
public struct LengthMoments: Hashable, Sendable {
  /// Mean prompt length.
  public var meanPrompt: Double
  /// Mean output length.
  public var meanOutput: Double
  /// Mean square of the prompt length.
  public var meanSquarePrompt: Double
  /// Mean square of the output length.
  public var meanSquareOutput: Double
  /// Mean of prompt length times output length.
  public var meanProduct: Double

  /// Creates moments.
  public init(
    meanPrompt: Double, meanOutput: Double, meanSquarePrompt: Double, meanSquareOutput: Double,
    meanProduct: Double
  ) {
    self.meanPrompt = meanPrompt
    self.meanOutput = meanOutput
    self.meanSquarePrompt = meanSquarePrompt
    self.meanSquareOutput = meanSquareOutput
    self.meanProduct = meanProduct
  }
}

extension WorkloadSpec {
  /// The moments of this workload's lengths: exact for rows, profiles and fixed, uniform and
  /// empirical laws, to about 10^-6 of itself for the others, rounding and cut-off included.
  ///
  /// - Complexity: O(rows) for a trace.
  ///
  /// Shared texts count with the prompts; what the turns of a session repeat does not.
  public var lengthMoments: LengthMoments {
    guard let prefix else { return shapeMoments }
    let own = shapeMoments
    let shared = prefix.moments
    return LengthMoments(
      meanPrompt: shared.mean + own.meanPrompt, meanOutput: own.meanOutput,
      meanSquarePrompt: shared.square + 2 * shared.mean * own.meanPrompt + own.meanSquarePrompt,
      meanSquareOutput: own.meanSquareOutput,
      meanProduct: shared.mean * own.meanOutput + own.meanProduct)
  }

  private var shapeMoments: LengthMoments {
    if case .trace(let replay) = arrivals { return replay.source.lengthMoments }
    switch shape {
    case .fixed(let prompt, let output):
      return .independent(
        LengthLaw(.constant(prompt)).partialMoments(), LengthLaw(.constant(output)).partialMoments()
      )
    case .independent(let prompt, let output):
      return .independent(LengthLaw(prompt).partialMoments(), LengthLaw(output).partialMoments())
    case .conditional(let prompt, let bands): return .conditional(prompt, bands)
    case .empirical(let source): return source.lengthMoments
    }
  }
}

extension LengthMoments {
  static func independent(_ prompt: PartialMoments, _ output: PartialMoments) -> LengthMoments {
    LengthMoments(
      meanPrompt: prompt.first, meanOutput: output.first, meanSquarePrompt: prompt.second,
      meanSquareOutput: output.second, meanProduct: prompt.first * output.first)
  }

  static func conditional(_ prompt: LengthSpec, _ bands: [LengthBand]) -> LengthMoments {
    let law = LengthLaw(prompt)
    let whole = law.partialMoments()
    var sum = LengthMoments(
      meanPrompt: whole.first, meanOutput: 0, meanSquarePrompt: whole.second, meanSquareOutput: 0,
      meanProduct: 0)
    var lower = 1
    for (i, band) in bands.enumerated() {
      let upper = i == bands.count - 1 ? Int.max : band.upToPrompt
      let part = law.partialMoments(from: lower, through: upper)
      let output = LengthLaw(band.output).partialMoments()
      sum.meanOutput += part.probability * output.first
      sum.meanSquareOutput += part.probability * output.second
      sum.meanProduct += part.first * output.first
      lower = max(lower, upper == .max ? upper : upper + 1)
    }
    return sum
  }
}

extension TraceSource {
  var lengthMoments: LengthMoments {
    switch self {
    case .rows(let rows): rows.lengthMoments
    case .profile(let profile): profile.lengths.lengthMoments
    }
  }
}

extension TraceRows {
  /// The moments of the recorded lengths, exact but for one rounding each.
  public var lengthMoments: LengthMoments {
    // Sums of squares of billions of rows fit 128 bits whatever the lengths.
    var sums: (p: Int128, o: Int128, pp: Int128, oo: Int128, po: Int128) = (0, 0, 0, 0, 0)
    for (prompt, output) in zip(promptTokens, outputTokens) {
      let p = Int128(prompt)
      let o = Int128(output)
      sums.p += p
      sums.o += o
      sums.pp += p * p
      sums.oo += o * o
      sums.po += p * o
    }
    let n = Double(count)
    return LengthMoments(
      meanPrompt: Double(sums.p) / n, meanOutput: Double(sums.o) / n,
      meanSquarePrompt: Double(sums.pp) / n, meanSquareOutput: Double(sums.oo) / n,
      meanProduct: Double(sums.po) / n)
  }
}

extension JointLengthHistogram {
  /// The moments of the pairs that ``lengths(_:)`` draws.
  public var lengthMoments: LengthMoments {
    var sum = LengthMoments(
      meanPrompt: 0, meanOutput: 0, meanSquarePrompt: 0, meanSquareOutput: 0, meanProduct: 0)
    for cell in cells {
      let share = Double(cell.count) / Double(total)
      let (prompt, promptSquare) = moments(cell.prompt)
      let (output, outputSquare) = moments(cell.output)
      sum.meanPrompt += share * prompt
      sum.meanOutput += share * output
      sum.meanSquarePrompt += share * promptSquare
      sum.meanSquareOutput += share * outputSquare
      sum.meanProduct += share * prompt * output
    }
    return sum
  }

  private func moments(_ lowerBound: Int32) -> (mean: Double, square: Double) {
    let n = Double(width(lowerBound))
    let mean = Double(lowerBound) + 0.5 * (n - 1)
    return (mean, mean * mean + (n * n - 1) / 12)
  }
}
