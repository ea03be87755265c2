/// The sequential generator xoshiro256**: the fast path for draws that come one after another.
///
/// Period 2^256 - 1, four words of state, about 2 ns a draw. Source: Blackman and Vigna, "Scrambled
/// linear pseudorandom number generators", ACM TOMS 47 (2021).
@frozen
public struct Xoshiro256StarStar: RandomNumberGenerator, Sendable {
  @usableFromInline var s0: UInt64
  @usableFromInline var s1: UInt64
  @usableFromInline var s2: UInt64
  @usableFromInline var s3: UInt64

  /// Creates a generator from its whole state.
  ///
  /// - Precondition: at least one word is not zero.
  @inlinable
  public init(state s0: UInt64, _ s1: UInt64, _ s2: UInt64, _ s3: UInt64) {
    precondition(s0 | s1 | s2 | s3 != 0, "xoshiro256** cannot leave the all-zero state")
    self.s0 = s0
    self.s1 = s1
    self.s2 = s2
    self.s3 = s3
  }

  /// The next 64 random bits.
  @inlinable
  public mutating func next() -> UInt64 {
    let product = s1 &* 5
    let result = (product << 7 | product >> 57) &* 9
    let shifted = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = s3 << 45 | s3 >> 19
    return result
  }

  /// The next uniform number of the open interval (0, 1), made by ``unitInterval(_:)``.
  @inlinable
  public mutating func nextUnit() -> Double { unitInterval(next()) }

  /// A whole number of 0 ..< `bound`, each exactly as likely as any other.
  ///
  /// Multiply and shift with rejection (Lemire, "Fast random integer generation in an interval",
  /// ACM TOMACS 29, 2019); a second draw is needed with probability below `bound` / 2^64.
  ///
  /// - Precondition: `bound` is not zero.
  @inlinable
  public mutating func next(below bound: UInt64) -> UInt64 {
    precondition(bound > 0, "no number is below zero")
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
    }
    return product.high
  }

  /// Moves ahead by 2^128 draws, to a stream that cannot meet this one.
  public mutating func jump() {
    var (j0, j1, j2, j3): (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    let polynomial: [UInt64] = [
      0x180E_C6D3_3CFD_0ABA, 0xD5A6_1266_F0C9_392C, 0xA958_2618_E03F_C9AA, 0x39AB_DC45_29B1_661C,
    ]
    for word in polynomial {
      for bit in 0..<64 {
        if word >> UInt64(bit) & 1 == 1 {
          j0 ^= s0
          j1 ^= s1
          j2 ^= s2
          j3 ^= s3
        }
        _ = next()
      }
    }
    (s0, s1, s2, s3) = (j0, j1, j2, j3)
  }
}
