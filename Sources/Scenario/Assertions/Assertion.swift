/// What a scenario says must hold of a run: a figure of `summary.csv` within limits.
public struct Assertion: Hashable, Sendable {
  /// What kind of thing it is about, as in the column `scope_kind`.
  public var scopeKind: String
  /// Name of that thing; empty for the whole run.
  public var scope: String
  /// The metric.
  public var metric: FigureMetric
  /// Least value that holds, in the metric's unit; `nil` for no such limit.
  public var least: Limit?
  /// Greatest value that holds, in the metric's unit; `nil` for no such limit.
  public var most: Limit?

  /// A limit as a number and as it was written.
  public struct Limit: Hashable, Sendable {
    /// In the metric's unit.
    public var value: Double
    /// As in the scenario.
    public var text: String

    /// Creates a limit.
    public init(value: Double, text: String) {
      self.value = value
      self.text = text
    }
  }

  /// Creates an assertion.
  public init(
    scopeKind: String, scope: String, metric: FigureMetric, least: Limit? = nil, most: Limit? = nil
  ) {
    self.scopeKind = scopeKind
    self.scope = scope
    self.metric = metric
    self.least = least
    self.most = most
  }

  /// How a person names it: `workload chat ttft_p95 at most 300ms`.
  public var text: String {
    let subject = scopeKind == "all" ? metric.name : "\(scopeKind) \(scope) \(metric.name)"
    let limits =
      (least.map { ["at least \($0.text)"] } ?? []) + (most.map { ["at most \($0.text)"] } ?? [])
    return subject + " " + limits.joined(separator: " and ")
  }
}
