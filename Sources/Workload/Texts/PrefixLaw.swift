import SimulationKernel

/// Shared texts made ready to draw from: 64 random bits, one text.
struct PrefixLaw: Sendable {
  /// The share of each group and those before it; the last is 1.
  private let cumulative: [Double]
  private let groups: [SharedPrefix.Group]
  private let firstText: [Int]

  init(_ spec: SharedPrefix) {
    groups = spec.groups
    cumulative = RequestAttributes.cumulative(spec.groups.map(\.weight))
    var first = 0
    firstText = spec.groups.map { group in
      defer { first += group.count }
      return first
    }
  }

  /// Which of the texts, from 0, and how long it is.
  ///
  /// - Complexity: O(groups).
  func text(_ bits: (UInt64, UInt64)) -> (number: Int, tokens: Int32) {
    let u = unitInterval(bits.0)
    var group = 0
    while group < groups.count - 1, cumulative[group] <= u { group += 1 }
    let place = Int(boundedInteger(bits.1, below: UInt64(groups[group].count)).value)
    return (firstText[group] + place, Int32(groups[group].tokens))
  }
}
