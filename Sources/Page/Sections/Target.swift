import Tables

/// A latency target of a workload and how it was met.
struct Target {
  /// What targets are set for: the word in metrics and the word for people.
  static let kinds = [("ttft", "TTFT"), ("tpot", "TPOT"), ("e2e", "end-to-end")]

  let workload: String
  let kind: String
  let name: String
  let limit: SummaryFigure
  let required: SummaryFigure
  let attainment: SummaryFigure?
  let isHeld: Bool

  /// The targets of a run, in the order of its workloads.
  static func all(_ figures: RunFigures) -> [Target] {
    figures.scopes(.workload).flatMap { workload in
      kinds.compactMap { kind, name in
        func figure(_ metric: String) -> SummaryFigure? {
          figures.figure(.workload, workload, "slo_\(kind)_\(metric)")
        }
        guard let limit = figure("limit"), let required = figure("required"),
          let held = figure("held")
        else { return nil }
        return Target(
          workload: workload, kind: kind, name: name, limit: limit, required: required,
          attainment: figure("attainment"), isHeld: held.value == 1)
      }
    }
  }
}
