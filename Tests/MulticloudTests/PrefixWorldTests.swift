import Multicloud
import ServingEngine
import SimulationKernel
import Testing
import Workload

/// Prefix caches in a world: what is found follows from routing and capacity.
@Suite struct PrefixWorldTests {
  private func world(
    replicas: Int, policy: String, kvBlocks: Int, rate: Double, prefix: SharedPrefix?,
    sessions: Sessions? = nil, shape: ShapeSpec = .fixed(prompt: 160, output: 16),
    seconds: Double = 300
  ) -> World {
    var small = SmallWorlds()
    small.pools = [(region: 0, replicas: replicas)]
    small.routing = ReplicaRouting(policy: policy)
    small.arrivals = .poisson(rate: rate)
    small.shape = shape
    small.kvBlocks = kvBlocks
    small.seconds = seconds
    var world = small.world
    world.pools[0].scheduler.prefixCache = true
    world.pools[0].scheduler.maxBatchedTokens = 8192
    world.workloads[0].spec.prefix = prefix
    world.workloads[0].spec.sessions = sessions
    return world
  }

  private func run(_ world: World) throws -> (work: PoolMinute, requests: [RequestRecord]) {
    let keeper = Keeper()
    var simulation = try Simulation(world, recorder: keeper)
    let result = simulation.run()
    return (result.pools[0].work, keeper.requests)
  }

  private func rate(_ work: PoolMinute) -> Double {
    Double(work.hitTokens) / Double(work.lookedUpTokens)
  }

  /// One system prompt of 640 tokens before 160 others: all but the first request find it whole, so
  /// prefix / (prefix + rest), less one request's part.
  @Test func oneSystemPromptIsFoundByAllButTheFirst() throws {
    let (work, requests) = try run(
      world(
        replicas: 1, policy: "round-robin", kvBlocks: 4000, rate: 2,
        prefix: SharedPrefix(groups: [SharedPrefix.Group(tokens: 640)])))
    let count = Int64(requests.count)
    #expect(count > 400)
    #expect(work.lookedUpTokens == count * 800)
    #expect(work.hitTokens == (count - 1) * 640)
    #expect(requests.filter { $0.cachedTokens == 640 }.count == requests.count - 1)
    // It computes what it does not find, and nothing else.
    #expect(work.prefillTokens == work.lookedUpTokens - work.hitTokens)
  }

  /// Sixty texts, room for half of them at each of four replicas: who sends equal texts to equal
  /// replicas finds nearly all, who goes round finds what happens to be there.
  @Test func affinityFindsMoreThanGoingRound() throws {
    let texts = SharedPrefix(groups: [SharedPrefix.Group(tokens: 640, count: 60)])
    func found(_ policy: String) throws -> Double {
      rate(
        try run(world(replicas: 4, policy: policy, kvBlocks: 1400, rate: 8, prefix: texts)).work)
    }
    let round = try found("round-robin")
    let least = try found("least-outstanding-requests")
    let affine = try found("prefix-affinity")
    #expect(affine > 0.7 && affine <= 0.8, "\(affine)")
    #expect(round < 0.5 && least < 0.6, "\(round) \(least)")
    // More room at each replica and even going round finds nearly all in the end.
    let roomy = rate(
      try run(
        world(replicas: 4, policy: "round-robin", kvBlocks: 8000, rate: 8, prefix: texts)
      ).work)
    #expect(roomy > round + 0.1)
  }

  /// All requests have one text: affinity may not send them all to one replica.
  @Test func affinityKeepsToItsBound() throws {
    let (_, requests) = try run(
      world(
        replicas: 4, policy: "prefix-affinity", kvBlocks: 4000, rate: 40,
        prefix: SharedPrefix(groups: [SharedPrefix.Group(tokens: 64)]), seconds: 100))
    var events: [(time: Int64, change: Int, replica: Int)] = []
    for request in requests where request.replica >= 0 {
      events.append((request.reachedDeployment, 1, Int(request.replica)))
      if request.ended >= 0 { events.append((request.ended, -1, Int(request.replica))) }
    }
    events.sort { ($0.time, $0.change) < ($1.time, $1.change) }
    var outstanding = [0, 0, 0, 0]
    var most = 0
    for event in events {
      outstanding[event.replica] += event.change
      if event.change > 0 {
        let total = outstanding.reduce(0, +)
        #expect(outstanding[event.replica] <= max(8, (5 * total + 15) / 16))
        most = max(most, total)
      }
    }
    #expect(most > 8)
    #expect(Set(requests.map(\.replica)).count > 1)
  }

  /// A session's turns find all full blocks of what was said where nothing is forgotten.
  @Test func turnsFindWhatWasSaid() throws {
    let (_, requests) = try run(
      world(
        replicas: 1, policy: "round-robin", kvBlocks: 100_000, rate: 0.3, prefix: nil,
        sessions: Sessions(turns: .constant(5), thinkTime: .seconds(2)), seconds: 200))
    let talks = Dictionary(grouping: requests) { $0.index >> 16 }
    var turns = 0
    for (_, unsorted) in talks {
      let talk = unsorted.sorted { $0.index < $1.index }
      for (last, turn) in zip(talk, talk.dropFirst()) {
        // The answer's last token was never computed.
        let said = last.promptTokens + last.outputTokens - 1
        #expect(turn.cachedTokens == said / 16 * 16)
        #expect(turn.promptTokens == last.promptTokens + last.outputTokens + 160)
        turns += 1
      }
    }
    #expect(turns > 100)
  }

  /// At several replicas a session finds its words only where its turns go to one of them.
  @Test func sessionsStayWhereTheyAreFound() throws {
    let sessions = Sessions(turns: .constant(6), thinkTime: .seconds(3))
    func found(_ policy: String) throws -> Double {
      rate(
        try run(
          world(
            replicas: 4, policy: policy, kvBlocks: 4000, rate: 1, prefix: nil, sessions: sessions)
        ).work)
    }
    let round = try found("round-robin")
    let affine = try found("prefix-affinity")
    #expect(affine > 1.5 * round, "\(affine) \(round)")
  }

  @Test func estimatesAndSlicesSayThatTheyCannot() {
    let prefix = SharedPrefix(groups: [SharedPrefix.Group(tokens: 64)])
    var world = world(
      replicas: 1, policy: "round-robin", kvBlocks: 4000, rate: 1, prefix: prefix,
      sessions: Sessions(turns: .constant(2), thinkTime: .zero))
    #expect(world.estimateProblem?.contains("prefix cache") == true)
    #expect(world.sliceProblem?.contains("has sessions") == true)
    world.pools[0].scheduler.prefixCache = false
    #expect(world.estimateProblem?.contains("sessions") == true)
    world.workloads[0].spec.sessions = nil
    #expect(world.estimateProblem?.contains("prefixes") == true)
    #expect(world.sliceProblem == nil)
    world.workloads[0].spec.prefix = nil
    #expect(world.estimateProblem == nil)
    world.pools[0].scheduler.prefixCache = true
    #expect(world.sliceProblem?.contains("prefix cache") == true)
  }
}
