import Scenario
import Tables

/// What a scenario says must hold, and whether it does.
public struct AssertionResult: Sendable {
  /// How it came out.
  public enum Verdict: String, Sendable {
    /// It holds.
    case held
    /// The mean is outside a limit, but so near that the seeds do not tell: not a failure.
    case close
    /// It does not hold.
    case missed
    /// The run has no such figure: nothing completed, nothing to divide by.
    case absent

    /// Whether a gate fails by it.
    public var isFailure: Bool { self == .missed || self == .absent }
  }

  /// What must hold.
  public var assertion: Assertion
  /// The figure, or its mean over seeds; `nil` where there is none.
  public var value: Double?
  /// Half the width of the 95 % interval of the mean; `nil` for one run.
  public var halfWidth: Double?
  /// How it came out.
  public var verdict: Verdict

  private static let confidence = 0.95

  /// Judges one run, by the rows of its summary. O(rows).
  public init(_ assertion: Assertion, rows: [SummaryTable.Row]) {
    let row = rows.first {
      $0.scopeKind.rawValue == assertion.scopeKind && $0.scope == assertion.scope
        && $0.metric == assertion.metric.name && $0.source != .estimated
    }
    self.init(assertion, values: [row?.value.number])
  }

  /// Judges runs under several seeds: missed where the mean is outside a limit and the whole interval
  /// of the mean is. O(figures).
  public init(_ assertion: Assertion, runs: Baseline) {
    let figure = runs.figures.first {
      $0.key.scopeKind == assertion.scopeKind && $0.key.scope == assertion.scope
        && $0.key.metric == assertion.metric.name && $0.key.source != "estimated"
    }
    self.init(assertion, values: figure?.values ?? runs.seeds.map { _ in nil })
  }

  /// Judges replications, as runs under several seeds. O(figures).
  public init(_ assertion: Assertion, samples: FigureSamples) {
    let key = samples.keys.first {
      $0.scopeKind == assertion.scopeKind && $0.scope == assertion.scope
        && $0.metric == assertion.metric.name && $0.source != "estimated"
    }
    let none = [Double?](repeating: nil, count: samples.count)
    self.init(assertion, values: key.flatMap { samples[$0] } ?? none)
  }

  init(_ assertion: Assertion, values: [Double?]) {
    self.assertion = assertion
    let isZero = assertion.metric.isZeroWhereAbsent
    let known = values.compactMap { $0 ?? (isZero ? 0 : nil) }
    guard let first = known.first else {
      verdict = .absent
      return
    }
    let mean = first + known.reduce(0) { $0 + ($1 - first) } / Double(known.count)
    let width = WelchTest.halfWidth(of: known, confidence: Self.confidence)
    value = mean
    halfWidth = width
    let short = max((assertion.least?.value ?? mean) - mean, mean - (assertion.most?.value ?? mean))
    verdict = short <= 0 ? .held : short <= width ?? 0 ? .close : .missed
  }
}
