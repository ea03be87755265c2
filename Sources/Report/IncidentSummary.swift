import Estimate
import Multicloud
import Runner
import SimulationKernel
import Workload

/// What went wrong and what it did, and what a drill changed.
struct IncidentSummary {
  private let world: World
  private let outcome: ScenarioRun.Outcome
  private let layout: TerminalLayout
  /// Incidents told of; the tables tell of the others.
  private static let most = 5

  init(_ world: World, _ outcome: ScenarioRun.Outcome, _ layout: TerminalLayout) {
    self.world = world
    self.outcome = outcome
    self.layout = layout
  }

  /// A few lines for each incident.
  var lines: [String] {
    let result = outcome.result
    var lines = result.incidents.prefix(Self.most).flatMap(lines)
    let more = result.incidentCount - min(Self.most, result.incidents.count)
    if more > 0 {
      lines += layout.wrapped("and \(Quantity.counted(more, "incident")) more: see failures.csv")
    }
    return lines
  }

  private func lines(_ measure: IncidentMeasure) -> [String] {
    let incident = measure.incident
    let (kind, name) = world.place(of: incident.target)
    let what =
      switch incident.effect {
      case .fails: "fails"
      case .hangs: "hangs"
      case .slows(let factor): "takes \(Quantity.fixed(factor, 1)) times as long"
      case .cuts(let share): "is cut to \(Quantity.percent(share))"
      case .loses(let loss): "loses \(Quantity.percent(loss.share)) of packets"
      }
    let head =
      "\(kind) \(name) \(what) at \(Quantity.clock(incident.start)) for "
      + Quantity.span(incident.duration)
    return layout.wrapped(head + (measure.isRandom ? " (drawn)" : ""), hanging: 4)
      + layout.wrapped(story(measure).joined(separator: "; "), indent: 4)
  }

  private func story(_ measure: IncidentMeasure) -> [String] {
    var parts: [String] = []
    if let detected = measure.detected {
      parts.append("noticed after \(seconds(detected)) by \(measure.witness.phrase)")
    }
    if let leftAlone = measure.leftAlone {
      parts.append("left alone after \(seconds(leftAlone))")
    }
    switch measure.recovered {
    case .some where !measure.hasFallen: parts.append("service never fell below 95 % of before")
    case .some(let time): parts.append("service back after \(seconds(time))")
    case .none: parts.append("service was not seen to come back")
    }
    if let dip = measure.goodputDip, dip.part > 0 {
      let share = Double(dip.part) / Double(dip.whole)
      parts.append("worst ten seconds \(Quantity.percent(share)) worse")
    }
    parts.append("\(Quantity.grouped(measure.lost)) requests lost")
    if measure.requestsBefore > 0, measure.requestsDuring > 0 {
      let before = Double(measure.attemptsBefore) / Double(measure.requestsBefore)
      let during = Double(measure.attemptsDuring) / Double(measure.requestsDuring)
      parts.append(
        "\(Quantity.fixed(before, 2)) attempts a request before, \(Quantity.fixed(during, 2)) during"
      )
    }
    if measure.quotaRefusals > 0 {
      parts.append(
        "quotas elsewhere refused \(Quantity.grouped(measure.quotaRefusals)) attempts, at worst "
          + "\(Quantity.grouped(measure.peakQuotaTokens)) tokens a minute")
    }
    if let failedBack = measure.failedBack {
      parts.append("served there again \(seconds(failedBack)) after its end")
    }
    return parts
  }

  private func seconds(_ nanoseconds: Int64) -> String {
    "\(Quantity.fixed(Double(nanoseconds) / 1e9, 1)) s"
  }

  /// What would be left at the peak minute without the worst region or provider.
  var headroom: [String] {
    guard let (start, headroom) = outcome.headroom, let all = headroom.all else { return [] }
    func words(_ figures: Headroom.Figures) -> String {
      var parts: [String] = []
      if let loss = figures.withoutRegion {
        parts.append("without \(world.regionName(loss.id)) \(words(loss))")
      }
      if let loss = figures.withoutProvider {
        parts.append("without \(world.providers[loss.id]) \(words(loss))")
      }
      return parts.joined(separator: ", ")
    }
    func words(_ loss: Headroom.Loss) -> String {
      loss.share < 0
        ? "\(Quantity.percent(-loss.share)) is missing"
        : "\(Quantity.percent(loss.share)) is to spare"
    }
    var lines = layout.wrapped(
      "at the peak minute (from \(Quantity.clock(start))): \(words(all))", hanging: 4)
    let asked = headroom.models.indices.filter { headroom.models[$0] != nil }
    if asked.count > 1 {
      for id in asked {
        guard let figures = headroom.models[id] else { continue }
        lines += layout.wrapped("\(world.models[id]): \(words(figures))", indent: 4)
      }
    }
    return lines
  }

  /// What a drill's incidents changed.
  var drill: [String] {
    guard let drill = outcome.drill else { return [] }
    let dollars = Double(drill.extraPicodollars) / 1e12
    var lines = layout.wrapped(
      "drill: \(signed(dollars, 2)) USD \(drill.isBilled ? "billed" : "for tokens"), "
        + "\(signed(Double(drill.extraLost), 0)) requests lost than without its incidents",
      hanging: 4)
    for (id, change) in drill.workloads.enumerated() {
      let p95 = change.p95Change.map { ", TTFT p95 \(signed(Double($0) / 1e6, 0)) ms" } ?? ""
      lines += layout.wrapped(
        "\(world.workloads[id].spec.name): \(signed(change.goodputChange, 2)) good requests/s\(p95)",
        indent: 4)
    }
    return lines
  }

  private func signed(_ value: Double, _ decimals: Int) -> String {
    (value < 0 ? "−" : "+") + Quantity.fixed(abs(value), decimals)
  }
}

extension IncidentMeasure.Witness {
  fileprivate var phrase: String {
    switch self {
    case .attempt: "an attempt that failed"
    case .probe: "probes"
    case .breaker: "a breaker"
    }
  }
}
