/// A random stream named by what it is for, with every draw at hand in any order.
///
/// Draw `index` of a stream is one Philox block whose key is the run's seed and whose counter is the
/// index, the entity and the purpose. A request that takes its draws by its own number sees the same
/// ones whatever a policy, or anybody else, drew before: common random numbers need no bookkeeping.
@frozen
public struct KeyedStream: Sendable {
  /// What draws are for; streams of the same entity with different purposes are unrelated.
  ///
  /// The numbers are part of what a seed means, so they never change. Each room takes its own range:
  /// the kernel's tests 0 to 255, workloads 256 to 511, the world above 512.
  @frozen
  public struct Purpose: RawRepresentable, Hashable, Sendable, ExpressibleByIntegerLiteral {
    /// The number that goes into the counter.
    public var rawValue: UInt32

    /// Creates a purpose from its number.
    @inlinable
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Creates a purpose from its number.
    @inlinable
    public init(integerLiteral value: UInt32) { rawValue = value }
  }

  /// The key of the random function.
  public let seed: UInt64
  /// Who draws, among those with the same purpose.
  public let entity: UInt32
  /// What the draws are for.
  public let purpose: Purpose

  /// Creates the stream of an entity and a purpose in the run with this seed.
  @inlinable
  public init(seed: UInt64, entity: UInt32, purpose: Purpose) {
    self.seed = seed
    self.entity = entity
    self.purpose = purpose
  }

  /// Draw number `index`: 128 random bits.
  @inlinable
  public func block(_ index: UInt64) -> (UInt64, UInt64) {
    let words = Philox4x32.block(
      counter: (
        UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32), entity,
        purpose.rawValue
      ),
      key: (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)))
    return (
      UInt64(words.0) | UInt64(words.1) << 32, UInt64(words.2) | UInt64(words.3) << 32
    )
  }

  /// A fast sequential generator, for one who draws in a loop.
  ///
  /// Its state is the stream's last two blocks, which no index in practice reaches.
  @inlinable
  public func generator() -> Xoshiro256StarStar {
    let (s0, s1) = block(UInt64.max - 1)
    let (s2, s3) = block(UInt64.max)
    // All four words are zero for one key in 2^256; the constant keeps that one legal.
    return Xoshiro256StarStar(state: s0, s1, s2, s0 | s1 | s2 | s3 == 0 ? 1 : s3)
  }
}
