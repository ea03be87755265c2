import Multicloud
import Statistics

/// Several placements, policies or scenarios under the same demand.
public struct ComparisonStudy: Sendable {
  /// The alternatives; the first is the base.
  public let alternatives: [Alternative]
  /// Whether replications are paired by seed: common random numbers.
  public let isPaired: Bool
  /// The figures compared, in the order of the base's summary.
  public let figures: [FigureComparison]

  /// Why nothing can be compared.
  public enum Problem: Error, CustomStringConvertible {
    /// No alternative has a figure of this name.
    case noFigure(String, [String])
    /// Alternatives have no figure in common.
    case nothingInCommon

    /// What is wrong and what would be right.
    public var description: String {
      switch self {
      case .noFigure(let name, let known):
        "no figure '\(name)' that all alternatives have in every replication; there are "
          + known.prefix(16).joined(separator: ", ")
      case .nothingInCommon: "the alternatives have no figure in common"
      }
    }
  }

  /// Compares.
  ///
  /// - Parameters:
  ///   - names: Figures as a person names them; empty for those that decide most cases.
  ///   - family: Confidence that all differences of a figure are right.
  /// - Precondition: There are two alternatives at least, and each has a run.
  public init(
    _ alternatives: [Alternative], names: [String], all: Bool = false, family: Double = 0.95
  ) throws(Problem) {
    precondition(alternatives.count > 1 && alternatives.allSatisfy { !$0.runs.isEmpty })
    self.alternatives = alternatives
    let seeds = alternatives[0].seeds
    let isPaired = alternatives.allSatisfy { $0.seeds == seeds }
    self.isPaired = isPaired
    let samples = alternatives.map { FigureSamples($0.runs) }
    let common = samples[0].keys.filter { key in
      key.source == "simulated" && samples.allSatisfy { $0[key] != nil }
    }
    guard !common.isEmpty else { throw .nothingInCommon }
    var chosen: [FigureKey] = []
    for name in names {
      let keys = common.filter { $0.matches(name) }
      guard !keys.isEmpty else { throw .noFigure(name, Self.metrics(common)) }
      for key in keys where !chosen.contains(key) { chosen.append(key) }
    }
    if names.isEmpty { chosen = all ? common : common.filter(Self.decides) }
    figures = chosen.compactMap {
      FigureComparison($0, samples, isPaired: isPaired, family: family)
    }
    guard !figures.isEmpty else {
      throw names.isEmpty ? .nothingInCommon : .noFigure(names[0], Self.metrics(common))
    }
  }

  private static func metrics(_ keys: [FigureKey]) -> [String] {
    var metrics: [String] = []
    for key in keys where !metrics.contains(key.metric) { metrics.append(key.metric) }
    return metrics
  }

  /// Whether it is what a planner decides by: latencies, attainment and losses of workloads, and the money of
  /// the whole.
  public static func decides(_ key: FigureKey) -> Bool {
    switch key.scopeKind {
    case "workload":
      ["ttft_p95", "tpot_mean", "e2e_p95", "slo_attainment", "goodput"].contains(key.metric)
    case "all":
      [
        "requests_rejected", "requests_failed", "total_cost", "billed_cost",
        "effective_cost_per_million_tokens",
      ].contains(key.metric)
    default: false
    }
  }
}
