/// The generator SplitMix64: a counter and a mixing function.
///
/// For mixing a number into another that looks random, and for tests. Streams of a run come from
/// ``KeyedStream`` instead: two SplitMix64 seeds that differ by a multiple of the increment give
/// the same numbers, shifted. Source: Steele, Lea and Flood, OOPSLA 2014.
@frozen
public struct SplitMix64: RandomNumberGenerator, Hashable, Sendable {
  /// The counter.
  public var state: UInt64

  /// Creates a generator.
  @inlinable
  public init(seed: UInt64) { state = seed }

  /// The next 64 random bits.
  @inlinable
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mix(state)
  }

  /// A bijection of 64-bit numbers under which close numbers become unrelated ones.
  @inlinable
  public static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
