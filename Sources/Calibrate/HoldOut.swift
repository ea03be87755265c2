import SimulationKernel

/// Which rows are kept out of a fit, to see how well it does on what it has not seen.
public struct HoldOut: Hashable, Sendable {
  /// What is held out as a whole.
  public enum Unit: String, CaseIterable, Sendable {
    /// Each row or request by itself.
    case row
    /// Each file or run.
    case run
  }

  /// Share of the rows, from 0 to below 1.
  public var share: Double
  /// What is held out as a whole.
  public var unit: Unit
  /// Key of the choice.
  public var seed: UInt64

  /// Creates a rule.
  public init(share: Double = 0.3, unit: Unit = .row, seed: UInt64 = 1) {
    precondition(share >= 0 && share < 1)
    self.share = share
    self.unit = unit
    self.seed = seed
  }

  /// The rule for runs of these names.
  ///
  /// Where runs are the unit, those with the smallest hashes are held out: as many as the share says,
  /// at least one, and never all, where there are two or more.
  public func choice(among runs: [String]) -> Choice {
    guard unit == .run, share > 0 else { return Choice(rule: self, runs: []) }
    let names = Set(runs.map(Self.name)).sorted { (hash($0), $0) < (hash($1), $1) }
    let wanted = Int((share * Double(names.count)).rounded())
    let count = names.count < 2 ? 0 : min(names.count - 1, max(1, wanted))
    return Choice(rule: self, runs: Set(names.prefix(count)))
  }

  /// A rule for runs that are known.
  public struct Choice: Hashable, Sendable {
    let rule: HoldOut
    /// Runs that are held out as a whole.
    let runs: Set<String>

    /// Whether a row is held out: by a hash of the seed, the name of its run and, where rows are the
    /// unit, its number, so that it depends on nothing else, the folder least of all.
    public func holdsOut(run: String, row: Int) -> Bool {
      let name = HoldOut.name(run)
      if rule.unit == .run { return runs.contains(name) }
      let key = SplitMix64.mix(rule.hash(name)) &+ UInt64(row)
      return Double(SplitMix64.mix(key) >> 11) * 0x1p-53 < rule.share
    }
  }

  private static func name(_ run: String) -> String {
    run.split(separator: "/").last.map(String.init) ?? run
  }

  private func hash(_ name: String) -> UInt64 {
    // FNV-1a: names in, bits out.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return SplitMix64.mix(hash ^ SplitMix64.mix(seed &+ 0x9E37_79B9_7F4A_7C15))
  }
}
