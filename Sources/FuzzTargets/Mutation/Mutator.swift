import SimulationKernel

/// Makes inputs of a target out of those it has: the same for the same seed and number, on any machine.
///
/// A mutant is an input of the corpus that was changed once to eight times, mostly in a way that leaves its
/// form as it was: one word for another, one line twice, the number at the edge for the usual one. So a good
/// part of them get past the first check and meet what lies behind it.
public struct Mutator: Sendable {
  /// What mutants are made of.
  public let corpus: [[UInt8]]
  private let words: [[UInt8]]
  private let seed: UInt64
  private let entity: UInt32

  /// - Parameters:
  ///   - corpus: Inputs to begin with; where there are none, words are.
  ///   - seed: Of all draws.
  public init(_ target: FuzzTarget, corpus: [[UInt8]], seed: UInt64) {
    let words = target.dictionary.map { Array($0.utf8) }
    self.corpus = corpus.isEmpty ? [words.first ?? []] : corpus
    self.words = words
    self.seed = seed
    var hash: UInt32 = 2_166_136_261
    for byte in target.name.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    entity = hash
  }

  /// The mutant with this number.
  public func mutant(_ number: Int) -> [UInt8] {
    let draws = KeyedStream(
      seed: seed, entity: entity,
      purpose: KeyedStream.Purpose(rawValue: UInt32(truncatingIfNeeded: number))
    ).generator()
    var change = InputChange(
      bytes: [], corpus: corpus, words: words, draws: draws)
    change.begin()
    return change.finished()
  }

  /// A change of an input that somebody else chose, keyed by a number: what the coverage-guided fuzzer asks.
  public func changed(_ input: [UInt8], number: Int) -> [UInt8] {
    let draws = KeyedStream(
      seed: seed, entity: entity,
      purpose: KeyedStream.Purpose(rawValue: UInt32(truncatingIfNeeded: number))
    ).generator()
    var change = InputChange(
      bytes: input, corpus: corpus, words: words, draws: draws)
    return change.finished()
  }
}
