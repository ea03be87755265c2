import ServingEngine
import SimulationKernel
import Testing

/// Drives one replica of the span engine through a small world, as a simulation would: boundary,
/// failure, arrivals, cancellations, batch, in the order of their instants.
struct SpanAdapter: ~Copyable {
  /// Runs the world and returns what the engine reported, in order.
  @Sendable static func run(_ world: SmallWorld) -> [EngineEvent] { observe(world).events }

  /// What the engine reported, in order, and the replica's totals at the end.
  ///
  /// - Parameters:
  ///   - settles: Whether the replica is settled in the nanosecond before each moment at which something
  ///     happens, which must change nothing.
  ///   - looks: Whether the replica's own books are looked at between any two calls.
  static func observe(
    _ world: SmallWorld, settles: Bool = false, looks: Bool = false
  ) -> (events: [EngineEvent], totals: ReplicaTotals) {
    var adapter = SpanAdapter(world, settles: settles)
    adapter.looks = looks
    adapter.runToTheEnd()
    if let (time, problem) = adapter.problem {
      Issue.record("books of the replica at \(time) ns: \(problem) in \(world)")
    }
    return (adapter.log, adapter.fleet.totals(0))
  }

  private let world: SmallWorld
  private let settles: Bool
  private var looks = false
  private var fleet: ReplicaFleet
  private var log: [EngineEvent] = []
  private var requestInSlot: [Int: Int] = [:]
  private var slotOfRequest: [Int: Int] = [:]
  /// Slots that a lost request keeps until it comes back.
  private var keptSlots: [Int: Int] = [:]
  private var arrivals: [(time: Int64, request: SmallRequest)]
  private var cancels: ArraySlice<(time: Int64, id: Int)>
  private var failures: ArraySlice<SmallFailure>
  private var changes: ArraySlice<SmallProfileChange>
  /// Caches that come, and blocks to be given back, in order of time.
  private var copies: [Copy] = []
  /// The first of the engine's own laws that did not hold between two calls.
  private var problem: (time: Int64, problem: ReplicaFleet.BookProblem)?

  private struct Copy {
    var time: Int64
    /// Whose cache comes; nil where its blocks are given back instead.
    var slot: Int?
    var blocks: Int
  }

  private init(_ world: SmallWorld, settles: Bool) {
    self.world = world
    self.settles = settles
    fleet = ReplicaFleet(
      profiles: world.stepTimes.map { EngineProfile(settings: world.settings, stepTime: $0) },
      replicaProfiles: [0], prefixes: world.prefixes)
    arrivals = world.requests.map { (time: $0.arrival, request: $0) }
    cancels =
      world.requests.compactMap { r in r.cancelTime.map { (time: $0, id: r.id) } }
      .sorted { ($0.time, $0.id) < ($1.time, $1.id) }[...]
    failures = world.failures[...]
    changes = world.profileChanges[...]
  }

  private mutating func runToTheEnd() {
    var latest: Int64 = 0
    func key(_ time: Int64?, _ phase: EventPhase) -> UInt64 {
      time.map { UInt64($0) << 3 | UInt64(phase.rawValue) } ?? UInt64.max
    }
    while true {
      if looks, problem == nil { problem = fleet.problem(of: 0).map { (latest, $0) } }
      let boundary = fleet.key(of: 0)
      let failure = key(
        failures.first?.time, failures.first?.isEarly == true ? .capacity : .tick)
      let change = key(changes.first?.time, .general)
      let arrival = key(arrivals.first?.time, .arrival)
      let cancel = key(cancels.first?.time, .cancellation)
      let copy = key(copies.first?.time, .completion)
      let next = min(boundary, copy, min(failure, change), min(arrival, cancel))
      if next == UInt64.max { break }
      let time = Int64(next >> 3)
      if settles, time > latest { fleet.settle(0, at: time - 1) }
      latest = time
      if boundary == next {
        if next & 7 == 0 { fleet.reachBoundary(0) } else { fleet.formBatch(0) }
        tell(at: time)
        continue
      }
      if copy == next {
        let copy = copies.removeFirst()
        if let slot = copy.slot {
          fleet.receive(slot, at: 0, time: time)
        } else {
          fleet.releaseBlocks(copy.blocks, at: 0, time: time)
        }
      } else if failure == next {
        failures.removeFirst()
        strike(at: time)
      } else if change == next {
        fleet.setProfile(0, to: changes.removeFirst().profile, at: time)
      } else if arrival == next {
        enqueue(arrivals.removeFirst().request, at: time)
      } else if let slot = slotOfRequest[cancels.removeFirst().id] {
        fleet.cancel(slot, at: 0, time: time)
      }
    }
  }

  private mutating func strike(at time: Int64) {
    fleet.fail(0, at: time)
    copies = []
    precondition(fleet.isEmpty(0) && fleet.running(0) == 0 && fleet.waiting(0) == 0)
    precondition(fleet.freeBlocks(0) == world.settings.kvBlocks)
    precondition(fleet.key(of: 0) == WinnerTree.idle)
    tell(at: time)
    precondition(requestInSlot.isEmpty, "everybody at a replica that died leaves it")
  }

  private mutating func enqueue(_ request: SmallRequest, at time: Int64) {
    let slot = keptSlots.removeValue(forKey: request.id) ?? fleet.allocateSlot()
    var features = RequestFeatures()
    if let transfer = request.transfer {
      features.transferredTokens = Int32(request.promptTokens)
      features.bringsFirstToken = transfer.bringsFirstToken
    }
    features.keepsBlocks = request.keepsFor != nil
    features.decodeSteps = Int32(request.decodeSteps)
    features.adapter = Int32(request.adapter)
    features.prefix = Int32(request.prefix)
    features.session = UInt64(request.session)
    do {
      try fleet.enqueue(
        slot, to: 0, at: time, prompt: request.promptTokens, output: request.outputTokens,
        priority: request.priority, features: features)
      requestInSlot[slot] = request.id
      slotOfRequest[request.id] = slot
      precondition(!fleet.isEmpty(0))
    } catch {
      log.append(EngineEvent(.rejected, request.id, at: time))
      fleet.releaseSlot(slot)
    }
  }

  /// Takes the engine's outcomes into the log.
  private mutating func tell(at time: Int64) {
    for outcome in fleet.outcomes {
      let slot = Int(outcome.slot)
      guard let id = requestInSlot[slot] else { continue }
      switch outcome.kind {
      case .started: log.append(EngineEvent(.started, id, at: time))
      case .reserved:
        log.append(EngineEvent(.reserved, id, at: time))
        add(
          Copy(
            time: time + world.requests[id].transfer!.delay, slot: slot,
            blocks: fleet.blocksTaken(by: slot, at: 0)))
      case .firstToken: log.append(EngineEvent(.firstToken, id, at: time))
      case .preempted: log.append(EngineEvent(.preempted, id, at: time))
      case .finished:
        log.append(EngineEvent(.finished, id, at: time))
        if let keepsFor = world.requests[id].keepsFor {
          add(
            Copy(
              time: time + keepsFor, slot: nil, blocks: fleet.blocksTaken(by: slot, at: 0)))
        }
        leave(id, slot)
        fleet.releaseSlot(slot)
      case .cancelled:
        log.append(EngineEvent(.cancelled, id, at: time))
        for place in copies.indices where copies[place].slot == slot { copies[place].slot = nil }
        leave(id, slot)
        fleet.releaseSlot(slot)
      case .lost:
        log.append(
          EngineEvent(
            .lost, id, at: time,
            EngineEvent.Progress(
              generated: fleet.generatedTokens(slot), startedAt: fleet.startedAt(slot),
              firstTokenAt: fleet.firstTokenAt(slot))))
        leave(id, slot)
        comeBack(id, slot, after: time)
      }
    }
    fleet.clearOutcomes()
  }

  private mutating func add(_ copy: Copy) {
    copies.insert(copy, at: copies.firstIndex { $0.time > copy.time } ?? copies.count)
  }

  private mutating func leave(_ id: Int, _ slot: Int) {
    slotOfRequest[id] = nil
    requestInSlot[slot] = nil
  }

  /// Half of those who come back keep their slot, the others take a new one.
  private mutating func comeBack(_ id: Int, _ slot: Int, after time: Int64) {
    guard let delay = world.comebackDelay else { return fleet.releaseSlot(slot) }
    if id % 2 == 0 { keptSlots[id] = slot } else { fleet.releaseSlot(slot) }
    let place = arrivals.firstIndex { $0.time > time + delay } ?? arrivals.count
    arrivals.insert((time: time + delay, request: world.requests[id]), at: place)
  }
}
