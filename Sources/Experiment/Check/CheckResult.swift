import Scenario

/// What a check of one scenario came to.
public struct CheckResult: Sendable {
  /// The scenario file, as given.
  public var path: String
  /// The scenario's name.
  public var name: String
  /// Its runs.
  public var runs: Baseline
  /// What it says must hold.
  public var assertions: [AssertionResult]
  /// The baseline's file; `nil` where none was asked for.
  public var baselinePath: String?
  /// Its runs beside the baseline; `nil` where there is none.
  public var comparison: BaselineComparison?
  /// Whether the baseline is written anew, so that differences are news and not failures.
  public var isUpdate: Bool

  /// Creates a result.
  public init(
    path: String, name: String, runs: Baseline, assertions: [AssertionResult],
    baselinePath: String?, comparison: BaselineComparison?, isUpdate: Bool
  ) {
    self.path = path
    self.name = name
    self.runs = runs
    self.assertions = assertions
    self.baselinePath = baselinePath
    self.comparison = comparison
    self.isUpdate = isUpdate
  }

  /// Figures that fail the check.
  public var failedFigures: [BaselineFigure] { isUpdate ? [] : comparison?.failures ?? [] }

  /// Assertions that fail the check.
  public var failedAssertions: [AssertionResult] { assertions.filter(\.verdict.isFailure) }

  /// Whether the event streams must be the same and are not.
  public var isAnotherCourse: Bool { !isUpdate && mustBeExact && comparison?.divergence != nil }

  /// Whether every fingerprint must be the same.
  public var mustBeExact = false

  /// Whether the check fails.
  public var isFailed: Bool {
    !failedFigures.isEmpty || !failedAssertions.isEmpty || isAnotherCourse
  }
}
