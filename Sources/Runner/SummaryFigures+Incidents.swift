import Estimate
import Multicloud
import SimulationKernel
import Tables

/// Figures of what went wrong.
extension SummaryFigures {
  /// Incidents that have rows of their own: the first of a run.
  public static let mostIncidents = 20

  mutating func addIncidents() {
    guard result.incidentCount > 0 else { return }
    add(.all, "", "incidents", "incidents", .integer(Int64(result.incidentCount)))
    for measure in result.incidents.prefix(Self.mostIncidents) { add(measure) }
  }

  private mutating func add(_ measure: IncidentMeasure) {
    let name = measure.scope
    func seconds(_ time: Int64?) -> SummaryTable.Value {
      time.map { .seconds(Duration(nanoseconds: $0)) } ?? .none
    }
    add(.incident, name, "detection_time", "s", seconds(measure.detected))
    add(.incident, name, "left_alone_time", "s", seconds(measure.leftAlone))
    add(.incident, name, "failover_time", "s", seconds(measure.recovered))
    add(.incident, name, "failback_time", "s", seconds(measure.failedBack))
    let dip = measure.goodputDip
    add(
      .incident, name, "goodput_dip", "1",
      .ratio(dip.map { Ratio($0.part, over: $0.whole) } ?? .none))
    add(.incident, name, "lost_requests", "requests", .integer(measure.lost))
    add(
      .incident, name, "attempts_per_request_before", "1",
      .ratio(Ratio(measure.attemptsBefore, over: measure.requestsBefore)))
    add(
      .incident, name, "attempts_per_request_during", "1",
      .ratio(Ratio(measure.attemptsDuring, over: measure.requestsDuring)))
    add(.incident, name, "quota_refusals", "attempts", .integer(measure.quotaRefusals))
    add(.incident, name, "quota_tokens_refused", "tokens", .integer(measure.quotaTokens))
    add(
      .incident, name, "quota_tokens_missing", "tokens/min", .integer(measure.peakQuotaTokens))
  }

  /// What would be left at the peak minute without the worst region or provider.
  mutating func addHeadroom(_ headroom: Headroom) {
    func add(_ kind: SummaryTable.ScopeKind, _ name: String, _ figures: Headroom.Figures?) {
      guard let figures else { return }
      for (what, loss) in [
        ("region", figures.withoutRegion), ("provider", figures.withoutProvider),
      ] {
        guard let loss else { continue }
        self.add(
          kind, name, "headroom_without_worst_\(what)", "1", rounded(loss.share), .estimated)
      }
    }
    add(.all, "", headroom.all)
    for (id, figures) in headroom.models.enumerated() { add(.model, world.models[id], figures) }
  }

  /// Six significant digits: the last bits of an estimate depend on the processor.
  private func rounded(_ number: Double) -> SummaryTable.Value {
    guard number.isFinite, let text = RealText.significant(number, digits: 6),
      let rounded = Double(text)
    else { return .none }
    return .real(rounded)
  }

  /// What a drill's incidents changed: this run less the same one without them.
  mutating func addDrill(_ drill: Drill) {
    add(.all, "", "drill_extra_usd", "USD", .dollars(drill.extraPicodollars))
    add(.all, "", "drill_extra_lost", "requests", .integer(drill.extraLost))
    for (id, workload) in drill.workloads.enumerated() {
      let name = world.workloadNames[id]
      add(
        .workload, name, "drill_goodput_change", "requests/s", .real(workload.goodputChange))
      add(
        .workload, name, "drill_ttft_p95_change", "ms",
        workload.p95Change.map { .milliseconds(Duration(nanoseconds: $0)) } ?? .none)
    }
  }
}

extension World {
  /// Whether failures are part of the picture: then figures say what is left without parts of it.
  var plansForFailure: Bool {
    !incidents.isEmpty || !failureProcesses.isEmpty || gateway.health != nil
  }
}
