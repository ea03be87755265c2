import Multicloud
import SimulationKernel
import Tables

/// The measured incidents of a run as rows of `failures.csv`, in the order of their numbers.
struct FailureRows {
  let rows: [FailureRow]

  init(_ world: World, _ measures: [IncidentMeasure]) {
    rows = measures.map { measure in
      let (domain, name) = world.place(of: measure.incident.target)
      let (effect, factor) = measure.incident.effect.columns
      var service = FailureRow.Service()
      service.detected = measure.detected
      service.detectedBy = measure.detected == nil ? "" : measure.witness.word
      service.leftAlone = measure.leftAlone
      service.recovered = measure.recovered
      service.failedBack = measure.failedBack
      service.goodputDip = measure.goodputDip.map { Ratio($0.part, over: $0.whole) } ?? .none
      service.lost = measure.lost
      service.attemptsBefore = Ratio(measure.attemptsBefore, over: measure.requestsBefore)
      service.attemptsDuring = Ratio(measure.attemptsDuring, over: measure.requestsDuring)
      service.quotaRefusals = measure.quotaRefusals
      service.quotaTokens = measure.quotaTokens
      service.peakQuotaTokens = measure.peakQuotaTokens
      return FailureRow(
        start: measure.incident.start.nanoseconds, isRandom: measure.isRandom, domain: domain,
        target: name, effect: effect, factor: factor,
        duration: measure.incident.duration.nanoseconds, deployments: measure.deployments,
        service: service)
    }
  }
}

extension IncidentMeasure.Witness {
  /// The word in tables.
  public var word: String {
    switch self {
    case .attempt: "attempt"
    case .probe: "probe"
    case .breaker: "breaker"
    }
  }
}
