import SimulationKernel

/// Finds the best of several alternatives by adding replications of those still in the race and dropping, after
/// each, who is behind (procedure KN).
///
/// After `firstStage` replications the variances s²_il of all differences are fixed. With r replications, i stays
/// while for every survivor l
///
///     mean_i ≥ mean_l - max(0, δ/2r (h² s²_il / δ² - r)),   h² = 2η(n₀ - 1),
///     η = ½ ((2α / (k - 1))^(-2 / (n₀ - 1)) - 1).
///
/// This is the procedure with c = 1, where η solves ½ (1 + 2η)^(-(n₀ - 1)/2) = α / (k - 1). At the latest when r
/// passes every survivor's h² s²_il / δ² the margin is 0 and one is left, or several exactly equal, of which the
/// first is taken.
///
/// **Guarantee**: where replications are independent and normal, with any variances and any correlation between
/// alternatives of one replication (common random numbers), the best is selected with probability 1 - α or more
/// whenever its mean is better than every other's by at least δ. Nothing is promised of which of those within δ
/// of the best is taken.
///
/// Source: S.-H. Kim and B. L. Nelson, "A fully sequential procedure for indifference-zone selection in
/// simulation", ACM TOMACS 11 (2001).
public struct KimNelson: Hashable, Sendable {
  /// Alternatives at the start.
  public let alternatives: Int
  /// Replications after which variances are fixed.
  public let firstStage: Int
  /// A difference of means not worth telling apart, δ, in the figure's unit.
  public let indifference: Double
  /// Confidence in the selection, 1 - α.
  public let level: Double
  /// Which mean is best.
  public let bestIs: BestIs
  /// The constant η.
  public let eta: Double
  /// The constant h².
  public var hSquared: Double { 2 * eta * Double(firstStage - 1) }

  /// Replications taken.
  public private(set) var replications = 0
  /// Alternatives still in the race, in order.
  public private(set) var survivors: [Int]
  /// After how many replications an alternative was dropped; `nil` for survivors.
  public private(set) var eliminatedAfter: [Int?]
  /// Runs made: survivors summed over replications.
  public private(set) var runs = 0

  private var samples: [SampleMoments]
  private var early: [[Double]]
  /// h² s²_il / δ²: replications at which the margin of a pair is 0.
  private var horizons: [[Double]] = []

  /// Starts a selection.
  ///
  /// - Precondition: Two alternatives or more, a first stage of two replications or more, a positive
  ///   indifference, and a level above 1/k, which blind choice has, and below 1.
  public init(
    alternatives: Int, firstStage: Int = 10, indifference: Double, level: Double = 0.95,
    bestIs: BestIs
  ) {
    precondition(alternatives > 1, "a selection needs two alternatives or more")
    precondition(firstStage > 1, "variances need a first stage of two replications or more")
    precondition(indifference > 0, "a selection that ends needs a positive indifference")
    precondition(
      level < 1 && level * Double(alternatives) > 1,
      "the level must be below 1 and above that of a guess")
    let share = 2 * (1 - level) / Double(alternatives - 1)
    self.alternatives = alternatives
    self.firstStage = firstStage
    self.indifference = indifference
    self.level = level
    self.bestIs = bestIs
    eta = 0.5 * (DeterministicMath.pow(share, -2 / Double(firstStage - 1)) - 1)
    survivors = Array(0..<alternatives)
    eliminatedAfter = [Int?](repeating: nil, count: alternatives)
    samples = [SampleMoments](repeating: SampleMoments(), count: alternatives)
    early = [[Double]](repeating: [], count: alternatives)
  }

  /// The alternative selected; `nil` while more than one is in the race.
  public var selected: Int? { survivors.count == 1 ? survivors[0] : nil }

  /// Whether one is left.
  public var isFinished: Bool { survivors.count == 1 }

  /// Mean of an alternative over the replications it was in.
  public func mean(of alternative: Int) -> Double { samples[alternative].mean }

  /// The most replications the selection can still come to, by its first stage; `nil` before the end of that.
  public var mostReplications: Int? {
    guard !horizons.isEmpty else { return nil }
    let longest = survivors.reduce(0.0) { most, i in
      survivors.reduce(most) { max($0, horizons[i][$1]) }
    }
    return max(replications, longest < 0x1p62 ? Int(longest) + 1 : .max)
  }

  /// Takes one replication of all survivors, all with the same seed where random numbers are common.
  ///
  /// - Parameter values: By alternative; those of eliminated ones are not looked at.
  /// - Returns: Who is eliminated by it, in order.
  /// - Throws: ``SelectionError``, nothing taken.
  /// - Complexity: O(survivors²); once O(alternatives² firstStage).
  @discardableResult
  public mutating func add(_ values: [Double?]) throws(SelectionError) -> [Int] {
    if isFinished { throw .finished }
    guard values.count == alternatives else {
      throw .wrongCount(given: values.count, expected: alternatives)
    }
    for i in survivors where values[i]?.isFinite != true {
      throw .missing(alternative: i, replication: replications + 1)
    }
    replications += 1
    runs += survivors.count
    for i in survivors {
      guard let value = values[i] else { continue }
      samples[i].add(value)
      if replications <= firstStage { early[i].append(bestIs.merit(value)) }
    }
    if replications < firstStage { return [] }
    if replications == firstStage { fixVariances() }
    return screen()
  }

  private mutating func fixVariances() {
    let factor = hSquared / (indifference * indifference)
    horizons = early.map { mine in
      early.map { other in factor * SampleMoments(zip(mine, other).map { $0 - $1 }).variance }
    }
    early = []
  }

  private mutating func screen() -> [Int] {
    let r = Double(replications)
    let merits = samples.map { bestIs.merit($0.mean) }
    var dropped = survivors.filter { i in
      survivors.contains { l in
        let margin = max(0, indifference / (2 * r) * (horizons[i][l] - r))
        return l != i && merits[i] < merits[l] - margin
      }
    }
    survivors.removeAll { dropped.contains($0) }
    // All margins are 0 and several remain: they are equal to the last bit.
    let isOver = survivors.allSatisfy { i in survivors.allSatisfy { horizons[i][$0] <= r } }
    if isOver, survivors.count > 1 {
      dropped = (dropped + survivors.dropFirst()).sorted()
      survivors.removeLast(survivors.count - 1)
    }
    for i in dropped { eliminatedAfter[i] = replications }
    return dropped
  }
}
