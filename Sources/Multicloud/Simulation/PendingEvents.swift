/// Payloads of queued events, in slots that are used again.
struct PendingEvents: Sendable {
  /// What a queued event will do. A serial tells whether the request is still in the state in which
  /// the event was queued.
  enum Event: Sendable {
    /// A request reaches the gateway.
    case reachesGateway(slot: Int32)
    /// A request reaches its deployment.
    case reachesDeployment(slot: Int32)
    /// A client loses patience, if the slot still holds its request.
    case losesPatience(slot: Int32, generation: UInt32)
    /// A client's time is over, if the slot still holds its request.
    case timesOut(slot: Int32, generation: UInt32)
    /// An endpoint's last token appears.
    case endpointAnswers(slot: Int32, serial: UInt32)
    /// The news of a failed attempt reaches the gateway.
    case failureReachesGateway(slot: Int32, serial: UInt32)
    /// A pause before another attempt, or of a client before it asks again, is over.
    case triesAgain(slot: Int32, serial: UInt32)
    /// The gateway has waited long enough for a first token.
    case attemptTimesOut(slot: Int32, serial: UInt32)
    /// A timed stage of a chain ends.
    case stageEnds(slot: Int32, generation: UInt32, stage: Int16)
    /// The answer of a chain's call is back at the gateway.
    case callReturns(slot: Int32, generation: UInt32, stage: Int16)
    /// An incident begins.
    case incidentBegins(Int32)
    /// An incident ends.
    case incidentEnds(Int32)
    /// A replica's phase is over, if nothing else has happened to it.
    case replicaMoves(replica: Int32, serial: UInt32)
    /// Machines that were not to be had are asked for again.
    case capacityRetry(Int32)
    /// Units that were asked for come into service, by place among the endpoints whose units change.
    case unitsArrive(Int32)
    /// A market's supply changes.
    case marketChanges(Int32)
    /// A market's price is set anew.
    case priceChanges(Int32)
    /// A single spot machine is taken back, if it is still the one meant.
    case spotInterrupts(replica: Int32, start: UInt32)
    /// A machine of a pool fails.
    case machineFails(Int32)
    /// A balancer learns that a replica has failed.
    case failureIsSeen(replica: Int32, serial: UInt32)
    /// Capacity bought for a time begins or ends.
    case blockChanges(pool: Int32, number: Int16, begins: Bool)
    /// A cache has been sent, by number of the copy.
    case cacheIsSent(Int32)
    /// A cache is where its request decodes, by number of the copy.
    case cacheArrives(Int32)
    /// A training job's phase is over, if nothing else has happened to it.
    case jobMoves(job: Int32, serial: UInt32)
    /// A fault stops a training job, if it has not lost its machines since.
    case jobFails(job: Int32, start: UInt32)
    /// An autoscaler's metrics are read.
    case scrapes(Int32)
    /// An autoscaler decides.
    case decides(Int32)
    /// A deployment is probed.
    case probed(Int32)
    /// The outcome of a probe is known.
    case probeAnswers(Int32, isWell: Bool)
    /// Statistics begin.
    case warmupEnds
    /// A minute of the tables ends.
    case minuteEnds
    /// The meters are read.
    case meterMinuteEnds
    /// A billing period ends.
    case billingPeriodEnds
    /// The gateway's copy of the loads is refreshed.
    case gatewayLooks
    /// A balancer's copy of its replicas' loads is refreshed.
    case poolLooks(Int32)
  }

  private var events: [Event] = []
  private var free: [Int32] = []

  /// Keeps an event and returns its slot. O(1) amortised.
  @inline(__always)
  mutating func insert(_ event: Event) -> Int {
    if let slot = free.popLast() {
      events[Int(slot)] = event
      return Int(slot)
    }
    events.append(event)
    return events.count - 1
  }

  /// Gives the event of a slot and frees the slot. O(1).
  @inline(__always)
  mutating func remove(_ slot: Int) -> Event {
    free.append(Int32(truncatingIfNeeded: slot))
    return events[slot]
  }
}
