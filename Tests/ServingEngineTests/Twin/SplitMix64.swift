/// Steele, Lea and Flood's SplitMix64 (2014): the tests' own source of numbers, so that a change of
/// the simulator's streams never changes which worlds are tried.
struct SplitMix64 {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// An integer of `range`, near enough uniform for tests.
  mutating func integer(in range: ClosedRange<Int>) -> Int {
    let width = UInt64(range.upperBound - range.lowerBound) + 1
    return range.lowerBound + Int(next().multipliedFullWidth(by: width).high)
  }

  /// True `percent` times in a hundred.
  mutating func chance(_ percent: Int) -> Bool { integer(in: 0...99) < percent }

  /// One of `choices`.
  mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
    choices[integer(in: 0...(choices.count - 1))]
  }
}
