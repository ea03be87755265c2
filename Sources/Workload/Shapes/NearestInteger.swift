/// The whole number nearest to `x`, half to even, for `x` of 0 to 4.6 · 10^18.
///
/// Adding 2^52 leaves the whole number in the low bits, rounded as IEEE 754 rounds; the standard
/// library's way is a call into the C library on processors without a rounding instruction.
@inline(__always)
func nearestInteger(_ x: Double) -> Int64 {
  if x < 0x1p51 {
    return Int64(bitPattern: (x + 0x1p52).bitPattern & 0x000F_FFFF_FFFF_FFFF)
  }
  return Int64(x)
}
