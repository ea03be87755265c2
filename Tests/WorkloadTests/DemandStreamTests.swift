import SimulationKernel
import Testing
import Workload

@Suite("Demand streams")
struct DemandStreamTests {
  static let mixed = ShapeSpec.independent(
    prompt: .lognormal(median: 500, sigma: 1, max: 8_000), output: .exponential(mean: 200))
  static let places = [
    OriginShare(origin: 2, share: 1), OriginShare(origin: 5, share: 3, utcOffsetHours: 2),
  ]

  static func workload(_ name: String, rate: Double = 5) -> WorkloadSpec {
    WorkloadSpec(
      name, .poisson(rate: rate), shape: mixed, origins: places,
      estimate: .noisy(coefficientOfVariation: 0.5))
  }

  @Test("requests of all workloads come in order of time, ties by workload id")
  func order() throws {
    let trace = try rows([1, 2, 2, 3])
    let replay = ArrivalSpec.trace(TraceReplay(source: .rows(trace), loops: false))
    let all = try arrivals(
      WorkloadSpec("b", replay), WorkloadSpec("a", replay), WorkloadSpec("c", .poisson(rate: 10)),
      horizon: .seconds(10))
    #expect(zip(all, all.dropFirst()).allSatisfy { $0.time <= $1.time })
    let ties = all.filter { $0.workload < 2 }.map(\.workload)
    #expect(ties == [0, 1, 0, 0, 1, 1, 0, 1])
    #expect(all.count { $0.workload == 2 } > 60)
  }

  @Test("a workload's requests do not depend on which others there are, nor on its place")
  func independence() throws {
    let alone = try arrivals(Self.workload("chat"), horizon: .seconds(200))
    let together = try arrivals(
      Self.workload("batch", rate: 30),
      WorkloadSpec("agents", .closedLoop(clients: 3, thinkTime: .seconds(1))),
      Self.workload("chat"), horizon: .seconds(200))
    var own = together.filter { $0.workload == 2 }
    for i in own.indices { own[i].workload = 0 }
    #expect(own == alone)
    let batch = together.filter { $0.workload == 0 }
    #expect(batch.prefix(50).map(\.promptTokens) != alone.prefix(50).map(\.promptTokens))
  }

  @Test("request i has the same lengths and origin under another rate and other arrivals")
  func commonDraws() throws {
    let base = try arrivals(Self.workload("chat"), horizon: .seconds(100))
    let faster = try arrivals(Self.workload("chat", rate: 50), horizon: .seconds(100))
    var bursty = Self.workload("chat")
    bursty.arrivals = .gamma(rate: 9, coefficientOfVariation: 3)
    for (a, b) in zip(base, faster) {
      #expect(a.index == b.index && a.promptTokens == b.promptTokens)
      #expect(a.outputTokens == b.outputTokens && a.origin == b.origin)
      #expect(a.estimatedOutputTokens == b.estimatedOutputTokens)
    }
    for (a, b) in zip(base, try arrivals(bursty, horizon: .seconds(100))) {
      #expect(a.promptTokens == b.promptTokens && a.origin == b.origin)
    }
    // The same gaps, scaled.
    #expect(
      zip(base, faster).allSatisfy {
        abs($0.time.nanoseconds - 10 * $1.time.nanoseconds) < 10 * (Int64($1.index) + 2)
      })
    // Another output law leaves the prompts alone.
    var longer = Self.workload("chat")
    longer.shape = .independent(
      prompt: .lognormal(median: 500, sigma: 1, max: 8_000), output: .constant(7))
    for (a, b) in zip(base, try arrivals(longer, horizon: .seconds(100))) {
      #expect(a.promptTokens == b.promptTokens && b.outputTokens == 7)
    }
  }

  @Test("another seed gives other requests")
  func seeds() throws {
    let one = try arrivals(Self.workload("chat"), seed: 1, horizon: .seconds(100))
    let two = try arrivals(Self.workload("chat"), seed: 2, horizon: .seconds(100))
    #expect(one.first?.time != two.first?.time)
    #expect(one.map(\.promptTokens).prefix(20) != two.map(\.promptTokens).prefix(20))
  }

  @Test("origins come by their shares")
  func origins() throws {
    let all = try arrivals(Self.workload("chat", rate: 100), horizon: .seconds(300))
    let share = Double(all.count { $0.origin == 5 }) / Double(all.count)
    #expect(abs(share - 0.75) < 0.013 && all.allSatisfy { $0.origin == 2 || $0.origin == 5 })
  }

  @Test("what policies are told of the output is what the specification says")
  func estimates() throws {
    var workload = Self.workload("chat", rate: 100)
    workload.outputEstimate = .mean
    let means = try arrivals(workload, horizon: .seconds(20))
    #expect(Set(means.map(\.estimatedOutputTokens)) == [200])
    workload.outputEstimate = .fixed(77)
    #expect(
      try arrivals(workload, horizon: .seconds(20)).allSatisfy { $0.estimatedOutputTokens == 77 })
    workload.outputEstimate = .noisy(coefficientOfVariation: 0.4)
    workload.shape = .fixed(prompt: 1, output: 10_000)
    let noisy = try arrivals(workload, horizon: .seconds(1_000)).map {
      Double($0.estimatedOutputTokens) / 10_000
    }
    #expect(abs(mean(noisy) - 1) < 0.006)
    #expect(near(variance(noisy).squareRoot(), 0.4, 0.03))
    workload.outputEstimate = .noisy(coefficientOfVariation: 0)
    let exact = try arrivals(workload, horizon: .seconds(5))
    #expect(exact.allSatisfy { $0.estimatedOutputTokens == 10_000 })
  }

  @Test("a closed loop has at most one request per client and waits for answers")
  func closedLoop() throws {
    let spec = WorkloadSpec(
      "agents", .closedLoop(clients: 4, thinkTime: .seconds(2)), shape: Self.mixed)
    var stream = try DemandStream([spec], seed: 1, horizon: .seconds(100_000))
    var first: [Arrival] = []
    while stream.nextTime < .never { first.append(stream.pull()) }
    #expect(Set(first.map(\.client)) == [0, 1, 2, 3] && first.count == 4)
    // Everyone waits; one answer brings one request, after a thought.
    stream.answered(workload: 0, client: 2, at: .zero + .seconds(50))
    let next = stream.pull()
    #expect(next.client == 2 && next.time > .zero + .seconds(50) && next.index == 2 << 32 | 1)
    #expect(stream.nextTime == .never)
  }

  @Test("a closed loop with answers after a fixed time has the rate of the renewal theorem")
  func closedLoopRate() throws {
    let spec = WorkloadSpec("agents", .closedLoop(clients: 10, thinkTime: .seconds(2)))
    var stream = try DemandStream([spec], seed: 1, horizon: .seconds(20_000))
    var sent = 0
    while stream.nextTime < .never {
      let arrival = stream.pull()
      sent += 1
      // The answer is known at once here; its client comes again three seconds and a thought later.
      stream.answered(workload: 0, client: arrival.client, at: arrival.time + .seconds(3))
    }
    #expect(abs(Double(sent) / (10 * 20_000 / 5) - 1) < 0.02)
  }

  @Test("a client's thoughts do not depend on how long answers take")
  func closedLoopDraws() throws {
    let spec = WorkloadSpec(
      "agents", .closedLoop(clients: 5, thinkTime: .seconds(2)), shape: Self.mixed)
    func run(_ response: Duration) throws -> [UInt64: (thought: Int64, prompt: Int32)] {
      var stream = try DemandStream([spec], seed: 1, horizon: .seconds(300))
      var seen: [UInt64: (Int64, Int32)] = [:]
      var answeredAt = [Int64](repeating: 0, count: 5)
      while stream.nextTime < .never {
        let arrival = stream.pull()
        let client = Int(arrival.client)
        seen[arrival.index] = (arrival.time.nanoseconds - answeredAt[client], arrival.promptTokens)
        answeredAt[client] = (arrival.time + response).nanoseconds
        stream.answered(workload: 0, client: arrival.client, at: arrival.time + response)
      }
      return seen
    }
    let quick = try run(.milliseconds(10))
    let slow = try run(.seconds(10))
    #expect(slow.count > 50 && quick.count > 4 * slow.count)
    for (index, value) in slow {
      let other = try #require(quick[index])
      #expect(other == value)
    }
  }

  @Test("two copies of a stream go the same way")
  func valueSemantics() throws {
    var a = try DemandStream([Self.workload("chat")], seed: 9, horizon: .seconds(1_000))
    for _ in 0..<10 { _ = a.pull() }
    var b = a
    for _ in 0..<100 { #expect(a.pull() == b.pull()) }
  }

  @Test("no workloads, no requests")
  func empty() throws {
    #expect(try DemandStream([], seed: 1, horizon: .seconds(10)).nextTime == .never)
  }
}
