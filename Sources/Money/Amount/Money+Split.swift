extension Money {
  /// The amount in parts proportional to `weights`, which add up to it to the picodollar.
  ///
  /// Every part is rounded towards zero first; what is left goes, a picodollar each, to the parts with
  /// the largest remainders, the first among equals (the method of largest remainders). `nil` where no
  /// weight is above zero. O(weights log weights).
  public func split(by weights: [Int64]) -> [Money]? {
    precondition(weights.allSatisfy { $0 >= 0 }, "a weight is not negative")
    let total = weights.reduce(Int128(0)) { $0 + Int128($1) }
    if total == 0 { return nil }
    let sign: Int128 = picodollars < 0 ? -1 : 1
    let magnitude = picodollars * sign
    // Amount × weight may pass 128 bits, so whole shares are taken apart from what they leave.
    let (share, rest) = magnitude.quotientAndRemainder(dividingBy: total)
    var parts = weights.map { weight -> (part: Int128, left: Int128) in
      let (more, left) = (rest * Int128(weight)).quotientAndRemainder(dividingBy: total)
      return (share * Int128(weight) + more, left)
    }
    let missing = Int(magnitude - parts.reduce(Int128(0)) { $0 + $1.part })
    if missing > 0 {
      let order = parts.indices.sorted {
        parts[$0].left != parts[$1].left ? parts[$0].left > parts[$1].left : $0 < $1
      }
      for place in order.prefix(missing) { parts[place].part += 1 }
    }
    return parts.map { Money(picodollars: $0.part * sign) }
  }
}
