/// The uniform number of the open interval (0, 1) that 64 random bits stand for.
///
/// The top 52 bits choose one of 2^52 equal cells and the number is the middle of its cell, so it is
/// never 0 or 1, `1 - u` is exact and again such a number, and the mean is exactly one half.
@inlinable
public func unitInterval(_ bits: UInt64) -> Double {
  // The bits become the fraction of a number in [1, 2); both subtractions are exact.
  Double(bitPattern: bits >> 12 | 0x3FF0_0000_0000_0000) - (1 - 0x1p-53)
}

/// A whole number of 0 ..< `bound` from exactly one word of random bits, for keyed draws that may
/// not take a second.
///
/// The top half of a 128-bit product: no number's chance is off by more than 2^-64. What the bits
/// did not use comes back as `rest`, again 64 random bits, though `bound` times less fine.
///
/// - Precondition: `bound` is not zero.
@inlinable
public func boundedInteger(
  _ bits: UInt64, below bound: UInt64
) -> (value: UInt64, rest: UInt64) {
  precondition(bound > 0, "no number is below zero")
  let product = bits.multipliedFullWidth(by: bound)
  return (product.high, product.low)
}
