import Scenario
import Statistics

/// A scenario's runs beside its baseline: every figure judged, and where the event streams part.
public struct BaselineComparison: Sendable {
  /// Every figure, in order of its key.
  public private(set) var figures: [BaselineFigure] = []
  /// Where the runs part; `nil` where they do not, or share no seed.
  public private(set) var divergence: Divergence?
  /// Seeds that both have.
  public let commonSeeds: [UInt64]
  /// Whether seeds were compared one by one.
  public let isPaired: Bool
  /// What to know of the two beside the figures: another scenario text, program, seeds.
  public private(set) var notes: [String] = []
  /// Figures that were tested together.
  public private(set) var testedFigures = 0
  /// What was compared.
  public let baseline: Baseline
  /// With what.
  public let current: Baseline

  private static let confidence = 0.95

  /// Compares. O(figures × seeds).
  ///
  /// Figures are compared seed by seed where both have at least two seeds in common and the same number of
  /// requests arrived under each of these: then the demand is the same, and what it adds to the noise falls
  /// out of the differences. Else the seeds are two independent samples.
  public init(_ baseline: Baseline, _ current: Baseline, rules: CheckRules) {
    self.baseline = baseline
    self.current = current
    let common = baseline.seeds.filter(current.seeds.contains)
    commonSeeds = common
    isPaired = common.count > 1 && Self.haveSameDemand(baseline, current, common)
    divergence = Divergence(baseline, current)
    let keys = Set(baseline.figures.map(\.key)).union(current.figures.map(\.key)).sorted()
    var judged: [Int] = []
    var observed: [Int] = []
    for key in keys {
      let compared = compare(key, rules)
      figures.append(compared.figure)
      guard compared.needsTest else { continue }
      if case .real = compared.figure.rule {
        judged.append(figures.count - 1)
      } else {
        observed.append(figures.count - 1)
      }
    }
    testedFigures = judged.count
    conclude(judged, rules.alpha) { $0 }
    // Figures that nobody judges are watched all the same: what moved says why.
    conclude(observed, rules.alpha) { _ in rules.relevance }
    takeNotes(rules)
  }

  /// Whether nothing fails: no figure, and no fingerprint where these must be the same.
  public var failures: [BaselineFigure] { figures.filter(\.verdict.isFailure) }

  private static func haveSameDemand(
    _ a: Baseline, _ b: Baseline, _ seeds: [UInt64]
  ) -> Bool {
    let key = FigureKey(
      scopeKind: "all", scope: "", metric: "requests_arrived", unit: "requests",
      source: "simulated")
    guard let first = a.values(key), let second = b.values(key) else { return false }
    return seeds.allSatisfy { seed in
      guard let i = a.seeds.firstIndex(of: seed), let j = b.seeds.firstIndex(of: seed) else {
        return false
      }
      return first[i] == second[j]
    }
  }

  // MARK: One figure

  /// Values by seed; a count that has a row only where there was something is zero elsewhere.
  private func values(
    _ key: FigureKey, in baseline: Baseline, _ metric: FigureMetric?
  ) -> [UInt64: Double] {
    let isZero = metric?.isZeroWhereAbsent == true
    let stored = baseline.values(key) ?? baseline.seeds.map { _ in nil }
    var values: [UInt64: Double] = [:]
    for (seed, value) in zip(baseline.seeds, stored) {
      if let value = value ?? (isZero ? 0 : nil) { values[seed] = value }
    }
    return values
  }

  private func compare(
    _ key: FigureKey, _ rules: CheckRules
  ) -> (figure: BaselineFigure, needsTest: Bool) {
    let metric = FigureMetric.named(key.metric, of: key.scopeKind)
    let (rule, isAsked) = rules.rule(of: key, metric)
    let old = values(key, in: baseline, metric)
    let new = values(key, in: current, metric)
    // In the order of the seeds: sums of doubles depend on it.
    let first = baseline.seeds.compactMap { old[$0] }
    let second = current.seeds.compactMap { new[$0] }
    var figure = BaselineFigure(
      key: key, before: Self.mean(first), now: Self.mean(second), isPaired: false,
      better: metric?.better ?? .neither, rule: rule, verdict: .within)
    guard !first.isEmpty, !second.isEmpty else {
      let isJudged = rule != .ignored
      if first.isEmpty && second.isEmpty {
        figure.verdict = .same
      } else if second.isEmpty {
        figure.verdict = isJudged ? .gone : .moved
      } else {
        figure.verdict = .appeared
      }
      return (figure, false)
    }
    let pairs = commonSeeds.filter { old[$0] != nil && new[$0] != nil }
    let before = pairs.compactMap { old[$0] }
    let now = pairs.compactMap { new[$0] }
    let test: WelchTest
    if isPaired, pairs.count > 1 {
      figure.isPaired = true
      figure.before = Self.mean(before)
      figure.now = Self.mean(now)
      test = WelchTest(pairs: before, now)
    } else {
      test = WelchTest(independent: first, second)
    }
    figure.halfWidth = test.halfWidth(confidence: Self.confidence)
    let isSame =
      figure.isPaired ? before == now : baseline.seeds == current.seeds && first == second
    if isSame {
      figure.verdict = .same
      // It counts in the family all the same: which figures are tested must not hang on the outcome.
      if case .real = rule { figure.probability = 1 }
      return (figure, figure.probability != nil)
    }
    switch rule {
    case .exact:
      // An estimate's last digits depend on the processor.
      let isNear =
        key.source == "estimated"
        && zip(before, now).allSatisfy { abs($0 - $1) <= 1e-5 * max(abs($0), abs($1)) }
      figure.verdict = isNear && !before.isEmpty ? .same : .changed
      return (figure, false)
    case .relative(let share):
      judge(&figure, isBeyond: abs(figure.relative) > share)
      return (figure, false)
    case .absolute(let amount):
      judge(&figure, isBeyond: abs(figure.difference) > amount)
      return (figure, false)
    case .ignored where isAsked: return (figure, false)
    case .real, .ignored:
      figure.probability = test.probability
      return (figure, true)
    }
  }

  private func judge(_ figure: inout BaselineFigure, isBeyond: Bool) {
    guard isBeyond else { return }
    figure.verdict =
      figure.better == .neither ? .changed : figure.isWorse ? .regressed : .improved
  }

  /// Tests figures together.
  private mutating func conclude(
    _ indices: [Int], _ alpha: Double, _ relevance: (Double) -> Double
  ) {
    let rejected = HolmProcedure.rejected(
      indices.map { figures[$0].probability ?? 1 }, alpha: alpha)
    for (index, isReal) in zip(indices, rejected) where isReal {
      switch figures[index].rule {
      case .real(let share):
        judge(&figures[index], isBeyond: abs(figures[index].relative) > relevance(share))
      default:
        if abs(figures[index].relative) > relevance(0) { figures[index].verdict = .moved }
      }
    }
  }

  private static func mean(_ values: [Double]) -> Double? {
    guard let first = values.first else { return nil }
    // A mean of equal numbers is that number, to the last bit.
    return first + values.reduce(0) { $0 + ($1 - first) } / Double(values.count)
  }

  // MARK: Notes

  private mutating func takeNotes(_ rules: CheckRules) {
    if baseline.scenario != current.scenario {
      notes.append("the scenario has changed since the baseline was made")
    }
    let old = Set(baseline.inputs)
    let changed = current.inputs.filter { !old.contains($0) }.map(\.name)
    let names = Set(current.inputs.map(\.name))
    let gone = baseline.inputs.map(\.name).filter { !names.contains($0) }
    if !changed.isEmpty { notes.append("changed since: \(changed.joined(separator: ", "))") }
    if !gone.isEmpty { notes.append("not used any more: \(gone.joined(separator: ", "))") }
    if baseline.program != current.program {
      notes.append("the baseline is of version \(baseline.program), this is \(current.program)")
    }
    if commonSeeds.isEmpty {
      notes.append("no seed in common with the baseline: compared as independent samples")
    } else if !isPaired {
      notes.append("the demand is another than the baseline's: compared as independent samples")
    } else if commonSeeds.count < max(baseline.seeds.count, current.seeds.count) {
      notes.append(
        "\(commonSeeds.count) seeds in common of \(baseline.seeds.count) and \(current.seeds.count)"
      )
    }
    if divergence == nil, !commonSeeds.isEmpty, figures.contains(where: { $0.verdict != .same }),
      isPaired
    {
      notes.append(
        "every request took the same course: what differs is how figures are made of it "
          + "(prices, targets, statistics)")
    }
  }
}
