import Scenario
import Tables

/// Which figure of a run: the columns of `summary.csv` before its value.
public struct FigureKey: Hashable, Comparable, Sendable {
  /// What kind of thing it is about, such as `workload`.
  public var scopeKind: String
  /// Name of that thing; empty for the whole run.
  public var scope: String
  /// Name of the metric, such as `ttft_p95`.
  public var metric: String
  /// Unit of the value.
  public var unit: String
  /// `simulated`, `estimated` or `extrapolated`.
  public var source: String

  /// Creates a key.
  public init(scopeKind: String, scope: String, metric: String, unit: String, source: String) {
    self.scopeKind = scopeKind
    self.scope = scope
    self.metric = metric
    self.unit = unit
    self.source = source
  }

  /// The key of a row.
  public init(_ row: SummaryTable.Row) {
    self.init(
      scopeKind: row.scopeKind.rawValue, scope: row.scope, metric: row.metric, unit: row.unit,
      source: row.source.rawValue)
  }

  /// How a person names it: `ttft_p95` for the whole run, `chat ttft_p95` else.
  public var name: String { scope.isEmpty ? metric : "\(scope) \(metric)" }

  /// What is known of its metric; `nil` where nothing is. O(metrics).
  public var known: FigureMetric? { FigureMetric.named(metric, of: scopeKind) }

  /// Which way it is better.
  public var better: FigureMetric.Better { known?.better ?? .neither }

  /// By kind, scope, metric, source, unit.
  public static func < (a: FigureKey, b: FigureKey) -> Bool {
    (a.scopeKind, a.scope, a.metric, a.source, a.unit)
      < (b.scopeKind, b.scope, b.metric, b.source, b.unit)
  }
}
