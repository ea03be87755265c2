import Foundation
import Money
import SimulationKernel
import Testing
import Workload

@testable import Multicloud
@testable import ServingEngine

/// The simulator's laws: they hold after every event of random worlds, and a broken one is seen.
@Suite struct InvariantTests {
  /// Worlds of each family; `PLIMSOLL_INVARIANT_WORLDS` asks for more.
  static let count =
    ProcessInfo.processInfo.environment["PLIMSOLL_INVARIANT_WORLDS"].flatMap(Int.init) ?? 25

  enum Family: CaseIterable {
    case gateway, incidents, disaggregated, elastic

    func world(_ seed: UInt64) -> World {
      var dice = Dice(seed: seed)
      switch self {
      case .gateway: return dice.world().world
      case .incidents: return dice.struckWorld()
      case .disaggregated: return dice.splitWorld()
      case .elastic: return RandomElasticWorld(seed).world
      }
    }
  }

  @Test("hold after every event, and looking changes nothing", arguments: Family.allCases)
  func everyEvent(family: Family) throws {
    for seed in 1...UInt64(Self.count) {
      let world = family.world(seed)
      var simulation = try Simulation(
        world, recorder: SilentRecorder(like: AuditKeeper()), invariants: .everyEvent)
      do throws(InvariantViolation) {
        let watched = try simulation.checkedRun()
        var plain = try! Simulation(world, recorder: SilentRecorder(like: AuditKeeper()))
        #expect(plain.run().fingerprint == watched.fingerprint, "\(family) seed \(seed)")
      } catch {
        Issue.record("\(family), seed \(seed): \(error)")
      }
    }
  }

  // MARK: Each law can break

  /// A world of one pool, or of a gateway with rules.
  private static func simulation(isControlled: Bool, invariants: InvariantWatch = .end) throws
    -> Simulation
  {
    var small = SmallWorlds()
    small.pools = [(region: 0, replicas: 2)]
    small.seconds = 30
    small.arrivals = .poisson(rate: 5)
    var world = small.world
    if isControlled { world.gateway.attemptTimeout = .seconds(1000) }
    return try Simulation(world, invariants: invariants)
  }

  private func broken(_ simulation: consuming Simulation) -> Invariant? {
    do throws(InvariantViolation) {
      _ = try simulation.checkedRun()
      return nil
    } catch {
      return error.invariant
    }
  }

  @Test func soundWorldsBreakNothing() throws {
    for isControlled in [false, true] {
      #expect(broken(try Self.simulation(isControlled: isControlled)) == nil)
    }
  }

  @Test func aLostRequestIsSeen() throws {
    let simulation = try Self.simulation(isControlled: false)
    simulation.workloads[0].totals.arrived += 1
    #expect(broken(simulation) == .requestsAreConserved)
  }

  @Test func aDepartureCountedTwiceIsSeen() throws {
    let simulation = try Self.simulation(isControlled: false)
    simulation.pools[0].ledger.change(-1, at: 0)
    #expect(broken(simulation) == .requestsAreConserved)
  }

  @Test func anAttemptCountedTwiceIsSeen() throws {
    let simulation = try Self.simulation(isControlled: true)
    simulation.deployments[0].totals.attempts += 1
    #expect(broken(simulation) == .attemptsAreConserved)
  }

  /// A request that takes part twice in the sums of a split pool, where nobody looked for long.
  @Test("books of split pools are held too", arguments: [0, 1])
  func splitBooksAreHeld(pool: Int) throws {
    var dice = Dice(seed: 1)
    let world = dice.splitWorld()
    let id = try #require(world.pools.indices.first { world.pools[$0].disaggregation != nil })
    let place = pool == 0 ? id : world.pools[id].disaggregation!.decodePool
    let counted = try Simulation(world)
    counted.pools[place].ledger.change(1, at: 0)
    #expect(broken(counted) == .requestsAreConserved)
    let taken = try Simulation(world)
    taken.pools[place].ledger.take(tokens: 1, prompt: 0)
    #expect(broken(taken) == .tokensAreConserved)
    let spent = try Simulation(world)
    spent.pools[place].ledger.addApart(1)
    #expect(broken(spent) == .timeIsConserved)
    if pool == 1 { return }
    let computed = try Simulation(world)
    computed.pools[place].ledger.take(tokens: 1, prompt: 10_000_000)
    computed.pools[place].ledger.take(tokens: -1, prompt: 0)
    #expect(broken(computed) == .tokensAreConserved)
  }

  @Test func aCallChargedTwiceIsSeen() throws {
    var small = SmallWorlds()
    small.pools = [(region: 0, replicas: 2)]
    small.seconds = 30
    small.arrivals = .poisson(rate: 5)
    var world = small.world
    world.gateway.attemptTimeout = .seconds(1000)
    world.billing = Billing(
      contracts: Contracts(
        starts: BillingTime(seconds: 0), accounts: [BillingAccount(name: "a", cloud: 0)]),
      world: world)
    let simulation = try Simulation(world)
    simulation.deployments[0].used.requests -= 1
    #expect(broken(simulation) == .billsTrace)
  }

  /// A million requests that nobody touches for a month: their time does not fit into 64 bits.
  @Test func timeOfManyForLongIsCounted() {
    var ledger = PoolLedger()
    ledger.change(1_000_000, at: 0)
    let month: Int64 = 30 * 86_400 * 1_000_000_000
    #expect(ledger.requestTime(at: month) == Int128(1_000_000) * Int128(month))
    ledger.change(-1_000_000, at: month)
    #expect(ledger.requestTime(at: 2 * month) == Int128(1_000_000) * Int128(month))
    var state = DeploymentState()
    state.changeInFlight(1_000_000, at: 0)
    state.changeInFlight(-1_000_000, at: month)
    #expect(state.inFlightIntegral == Int128(1_000_000) * Int128(month))
    for _ in 0..<1000 { state.noteLatency(.max / 100, at: 1, window: 10) }
    #expect(state.latency(at: 1, window: 10) == .max / 100)
  }

  @Test func aTokenOutOfNothingIsSeen() throws {
    let simulation = try Self.simulation(isControlled: false)
    simulation.pools[0].ledger.take(tokens: 1, prompt: 0)
    #expect(broken(simulation) == .tokensAreConserved)
  }

  @Test func aLeakedBlockIsSeen() throws {
    // Seen at once: an engine that falls idle would assert it.
    let simulation = try Self.simulation(
      isControlled: false, invariants: InvariantWatch(from: 1))
    simulation.fleet.replicas[0].freeBlocks -= 1
    #expect(broken(simulation) == .blocksAreConserved)
  }

  @Test func timeThatNobodySpentIsSeen() throws {
    let simulation = try Self.simulation(isControlled: false)
    simulation.fleet.replicas[0].totals.waitingIntegral += 1
    #expect(broken(simulation) == .timeIsConserved)
  }

  @Test func aReplicaThatSleepsIsSeen() throws {
    var simulation = try Self.simulation(
      isControlled: false, invariants: InvariantWatch(from: 1))
    simulation.boundaries.update(1, to: 20_000_000_000 << 3)
    #expect(broken(simulation) == .workIsConserved)
  }

  @Test func aClockThatGoesBackIsSeen() throws {
    var simulation = try Self.simulation(isControlled: false)
    simulation.now = 20_000_000_000
    #expect(broken(simulation) == .clockIsMonotone)
  }

  @Test func momentsOutOfOrderAreSeen() {
    var record = RequestRecord()
    record.status = .completed
    record.arrival = 1
    record.reachedDeployment = 2
    record.started = 3
    record.firstToken = 4
    record.ended = 5
    #expect(record.isInOrder)
    // What was broken off may lack moments, not their order.
    record.status = .cancelled
    record.firstToken = -1
    #expect(record.isInOrder)
    record.started = 1
    #expect(!record.isInOrder)
    record.started = 3
    record.firstToken = 6
    #expect(!record.isInOrder)
    record.firstToken = 4
    record.status = .completed
    for path in [
      \RequestRecord.arrival, \.reachedDeployment, \.started, \.firstToken,
    ] as [WritableKeyPath<RequestRecord, Int64>] {
      var wrong = record
      wrong[keyPath: path] = 9
      #expect(!wrong.isInOrder)
    }
  }

  @Test func aQuotaPassedIsSeen() throws {
    var simulation = try Self.simulation(isControlled: true)
    #expect(simulation.violation == nil)
    var worlds = ControlWorlds()
    worlds.quotas = [
      QuotaSpec(name: "q", rule: .tokenBucket(TokenBucket(.tokens, perMinute: 100)))
    ]
    worlds.pools = [ControlWorlds.pool("p", region: 0, replicas: 1)]
    simulation = try Simulation(worlds.world)
    let ask = QuotaAsk(promptTokens: 50, cachedTokens: 0, maximumOutputTokens: 50)
    var reading = QuotaReading(limit: 100, effectiveLimit: 100, used: 100, usedFraction: 1)
    simulation.checkQuota(0, ask, reading)
    #expect(simulation.violation == nil)
    reading.used = 102
    simulation.checkQuota(0, ask, reading)
    #expect(simulation.violation?.invariant == .quotaIsKept)
  }

  // MARK: The event

  @Test("the event that broke a law is found", arguments: [1, 2, 65_535, 65_536, 65_537, 400_000])
  func search(breaks event: Int64) {
    // A run of a million events that counts a request twice in one of them.
    func play(_ watch: InvariantWatch) -> InvariantViolation? {
      var seen = watch.from ?? 1_000_000
      while seen < event { seen += watch.stride }
      guard seen <= watch.until ?? 1_000_000 else {
        return watch.until.map {
          InvariantViolation(
            .requestsAreConserved, "", event: $0, time: .zero, isExact: false)
        }
      }
      return InvariantViolation(
        .requestsAreConserved, "", event: seen, time: .zero, isExact: watch.stride == 1)
    }
    let found = InvariantViolation(
      .requestsAreConserved, "", event: 1_000_000, time: .zero, isExact: false)
    let exact = InvariantSearch.event(of: found, play: play)
    #expect(exact.event == event && exact.isExact)
  }

  @Test func whatBreaksAtTheEndIsOfNoEvent() {
    let found = InvariantViolation(
      .billsTrace, "of the end", event: 77, time: .zero, isExact: false)
    #expect(InvariantSearch.event(of: found) { _ in nil } == found)
  }

  @Test func everyLawHasANameAndAStatement() {
    #expect(Set(Invariant.allCases.map(\.rawValue)).count == Invariant.allCases.count)
    #expect(Set(Invariant.allCases.map(\.statement)).count == Invariant.allCases.count)
  }
}
