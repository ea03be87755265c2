/// Payloads of queued events, in slots that are used again.
struct PendingEvents: Sendable {
  /// What a queued event will do.
  enum Event: Sendable {
    /// A request reaches the gateway's region.
    case reachesGateway(slot: Int32)
    /// A request reaches its pool.
    case reachesPool(slot: Int32)
    /// A client loses patience, if the slot still holds its request.
    case losesPatience(slot: Int32, generation: UInt32)
    /// Statistics begin.
    case warmupEnds
    /// A minute of the pools' table ends.
    case minuteEnds
    /// The gateway's copy of the loads is refreshed.
    case gatewayLooks
    /// A balancer's copy of its replicas' loads is refreshed.
    case poolLooks(Int)
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
