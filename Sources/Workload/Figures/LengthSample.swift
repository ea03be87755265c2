import SimulationKernel

/// Pairs of lengths that stand for a workload's law: what estimates take means and quantiles from.
///
/// The points of a Hammersley set put through the workload's own drawing, so that means over `n` pairs
/// are off by about log(n) / n where a random sample's would be off by 1 / √n. (Hammersley, 1960.)
public struct LengthSample: Sendable {
  /// Prompt lengths, tokens.
  public let prompts: [Int32]
  /// Output lengths, tokens, of the same requests.
  public let outputs: [Int32]

  /// Number of pairs.
  public var count: Int { prompts.count }
}

extension WorkloadSpec {
  /// A sample of `count` pairs of lengths, each as likely as the others.
  ///
  /// - Complexity: O(count).
  /// - Precondition: `count` is positive and the workload valid.
  public func lengthSample(count: Int = 1 << 14) -> LengthSample {
    precondition(count > 0)
    let law: ShapeLaw
    if case .trace(let replay) = arrivals {
      law = ShapeLaw(.empirical(replay.source))
    } else {
      law = ShapeLaw(shape)
    }
    let step = UInt64.max / UInt64(count)
    var prompts: [Int32] = []
    var outputs: [Int32] = []
    prompts.reserveCapacity(count)
    outputs.reserveCapacity(count)
    for i in 0..<UInt64(count) {
      let pair = law.lengths((i * step + step / 2, i.reversedBits))
      prompts.append(pair.prompt)
      outputs.append(pair.output)
    }
    return LengthSample(prompts: prompts, outputs: outputs)
  }
}

extension UInt64 {
  /// The bits in reverse order: the radical inverse of a number in base 2, and half a step, so that
  /// zero is not the end of the interval.
  fileprivate var reversedBits: UInt64 {
    var x = self
    x = (x & 0x5555_5555_5555_5555) << 1 | (x >> 1) & 0x5555_5555_5555_5555
    x = (x & 0x3333_3333_3333_3333) << 2 | (x >> 2) & 0x3333_3333_3333_3333
    x = (x & 0x0F0F_0F0F_0F0F_0F0F) << 4 | (x >> 4) & 0x0F0F_0F0F_0F0F_0F0F
    return x.byteSwapped | 1 << 40
  }
}
