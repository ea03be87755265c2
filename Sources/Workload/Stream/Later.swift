/// `time` plus a gap in nanoseconds; never, which is `Int64.max`, where that is beyond the clock or not a
/// number (a rate of zero makes gaps infinite).
@inline(__always)
func later(_ time: Int64, by gap: Double) -> Int64 {
  guard gap < 4e18 && time < Int64.max / 2 else { return Int64.max }
  return time + nearestInteger(gap)
}
