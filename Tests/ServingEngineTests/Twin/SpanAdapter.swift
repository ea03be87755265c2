import ServingEngine
import SimulationKernel

/// Drives one replica of the span engine through a small world, as a simulation would: boundary,
/// arrivals, cancellations, batch, in the order of their instants.
enum SpanAdapter {
  /// Runs the world and returns what the engine reported, in order.
  static func run(_ world: SmallWorld) -> [EngineEvent] {
    var fleet = ReplicaFleet(
      profiles: [EngineProfile(settings: world.settings, stepTime: world.stepTime)],
      replicaProfiles: [0])
    var log: [EngineEvent] = []
    var requestInSlot: [Int: Int] = [:]
    var slotOfRequest: [Int: Int] = [:]
    var arrivals = world.requests[...]
    var cancels = world.requests.compactMap { r in r.cancelTime.map { (time: $0, id: r.id) } }
      .sorted { ($0.time, $0.id) < ($1.time, $1.id) }[...]
    let never = UInt64.max

    func drain(at time: Int64) {
      for outcome in fleet.outcomes {
        let slot = Int(outcome.slot)
        guard let id = requestInSlot[slot] else { continue }
        let kind: EngineEvent.Kind =
          switch outcome.kind {
          case .started: .started
          case .firstToken: .firstToken
          case .preempted: .preempted
          case .finished: .finished
          case .cancelled: .cancelled
          }
        log.append(EngineEvent(kind, id, at: time))
        if kind == .finished || kind == .cancelled {
          slotOfRequest[id] = nil
          requestInSlot[slot] = nil
          fleet.releaseSlot(slot)
        }
      }
      fleet.clearOutcomes()
    }

    while true {
      let boundary = fleet.key(of: 0)
      let arrival =
        arrivals.first.map { UInt64($0.arrival) << 3 | UInt64(EventPhase.arrival.rawValue) }
        ?? never
      let cancel =
        cancels.first.map { UInt64($0.time) << 3 | UInt64(EventPhase.cancellation.rawValue) }
        ?? never
      let next = min(boundary, arrival, cancel)
      if next == never { break }
      let time = Int64(next >> 3)
      if boundary == next {
        if next & 7 == 0 { fleet.reachBoundary(0) } else { fleet.formBatch(0) }
        drain(at: time)
      } else if arrival == next {
        let request = arrivals.removeFirst()
        let slot = fleet.allocateSlot()
        do {
          try fleet.enqueue(
            slot, to: 0, at: time, prompt: request.promptTokens, output: request.outputTokens,
            priority: request.priority)
          requestInSlot[slot] = request.id
          slotOfRequest[request.id] = slot
        } catch {
          log.append(EngineEvent(.rejected, request.id, at: time))
          fleet.releaseSlot(slot)
        }
      } else {
        let request = cancels.removeFirst()
        if let slot = slotOfRequest[request.id] { fleet.cancel(slot, at: 0, time: time) }
      }
    }
    return log
  }
}
