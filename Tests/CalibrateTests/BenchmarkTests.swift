import ServingEngine
import SimulationKernel
import Testing

@testable import Calibrate
@testable import Recordings

/// Benchmarks of an engine that is played step by step here, by nothing of the simulator: clients that send
/// their next request 3 ms after the last is answered, prompts computed whole in the first step that begins
/// after they come.
@Suite("Calibrating from benchmarks")
struct BenchmarkTests {
  /// Microseconds.
  private static let truth: [StepColumn: Double] = [
    .base: 9000, .perSequence: 40, .perKVToken: 0.08, .prefillPerToken: 35,
  ]

  private struct Live {
    var client: Int
    var request: RecordedRequest
    var generated = 0
  }

  /// What a benchmark leaves: of some clients that wait, or of requests that come at random.
  private static func run(
    clients: Int, requests: Int, seed: UInt64, rate: Double? = nil
  ) -> RecordedRun {
    var generator = SplitMix64(seed: seed)
    func request(_ time: Double) -> RecordedRequest {
      RecordedRequest(
        arrival: time, firstToken: 0, lastToken: 0,
        promptTokens: 100 + Int(generator.next() % 1500),
        outputTokens: 20 + Int(generator.next() % 150), line: 1)
    }
    var now = 0.0
    var sent = 0
    var waiting: [Live] = []
    func send(_ client: Int) {
      guard sent < requests else { return }
      sent += 1
      waiting.append(Live(client: client, request: request(now == 0 ? 0 : now + 0.003)))
    }
    if let rate {
      var time = 0.0
      for _ in 0..<requests {
        waiting.append(Live(client: 0, request: request(time)))
        time += Distribution.unitExponential(unitInterval(generator.next())) / rate
      }
      sent = requests
    } else {
      for client in 0..<clients { send(client) }
    }
    var running: [Live] = []
    var done: [RecordedRequest] = []
    while !running.isEmpty || !waiting.isEmpty {
      var prefills: [Live] = []
      if running.isEmpty, let next = waiting.first { now = max(now, next.request.arrival) }
      while let next = waiting.first, next.request.arrival <= now,
        prefills.reduce(next.request.promptTokens, { $0 + $1.request.promptTokens }) <= 2048
      {
        prefills.append(waiting.removeFirst())
      }
      let cached = running.reduce(0) { $0 + $1.request.promptTokens + $1.generated - 1 }
      let prompts = prefills.reduce(0) { $0 + $1.request.promptTokens }
      let time =
        9000 + 40 * Double(running.count + prefills.count) + 0.08 * Double(cached)
        + 35 * Double(prompts)
      now += time / 1e6
      for index in running.indices {
        running[index].generated += 1
        running[index].request.gaps.append(time / 1e6)
      }
      for var fresh in prefills {
        fresh.generated = 1
        fresh.request.firstToken = now
        running.append(fresh)
      }
      for index in running.indices.reversed()
      where running[index].generated == running[index].request.outputTokens {
        var live = running.remove(at: index)
        live.request.lastToken = now
        done.append(live.request)
        send(live.client)
      }
    }
    var run = RecordedRun(
      name: "bench-\(clients).json", line: 1, arrivals: .recorded, requests: done, summary: nil,
      leftOut: 0)
    run.isClosedLoop = rate == nil
    run.rebase()
    return run
  }

  private static func runs() -> [RecordedRun] {
    [1, 4, 12, 32, 60].map { run(clients: $0, requests: 20 + 3 * $0, seed: UInt64($0)) }
  }

  @Test("token by token: pieces of sixteen tokens give every coefficient back")
  func tokens() throws {
    let found = try Calibration(
      [("benches", .runs(Self.runs()))], facts: KnownEngine.facts(),
      method: CalibrationMethod(form: .linear, replays: false))
    for term in try #require(found.linear).terms {
      let truth = try #require(Self.truth[term.column])
      // Means over time stand for means over steps: what rises with the batch suffers most.
      let isSure = term.column == .base || term.column == .prefillPerToken
      #expect(abs(term.value / truth - 1) < (isSure ? 0.02 : 0.08), "\(term)")
    }
    let held = try #require(found.errors(.step, heldOut: true))
    #expect(held.count > 200 && held.meanAbsolute < 0.01)
  }

  @Test("requests of clients that wait: by their equations, whole runs held out")
  func waitingClients() throws {
    let runs = Self.runs().map { run in
      var run = run
      for index in run.requests.indices { run.requests[index].gaps = [] }
      return run
    }
    let found = try Calibration(
      [("benches", .runs(runs))], facts: KnownEngine.facts(),
      method: CalibrationMethod(holdOut: HoldOut(share: 0.4, unit: .run)))
    #expect(found.form == .linear && found.factors.isEmpty)
    #expect(found.notes.contains { $0.contains("clients waited for their answers") })
    let held = try #require(found.errors(.step, heldOut: true))
    #expect(held.meanAbsolute < 0.02, "\(held)")
    let c = found.engine.coefficients
    #expect(abs(c.decodeBase / 9e9 - 1) < 0.02)
    #expect(abs(c.mixed.prefillAttentionPerToken / 35e6 - 1) < 0.06)
  }

  @Test("requests that come by themselves, replayed: an engine that the simulator did not make")
  func replayed() throws {
    let runs = [(4.0, 3), (9.0, 4)].map { rate, seed in
      var run = Self.run(clients: 0, requests: 250, seed: UInt64(seed), rate: rate)
      run.name = "open-\(seed)"
      for index in run.requests.indices { run.requests[index].gaps = [] }
      return run
    }
    let found = try Calibration(
      [("open", .runs(runs))], facts: KnownEngine.facts(),
      method: CalibrationMethod(form: .linear))
    let held = try #require(found.errors(.timePerOutputToken, heldOut: true))
    #expect(held.meanAbsolute < 0.01, "\(held)")
    let first = try #require(found.errorOfMeans(.timeToFirstToken, heldOut: true))
    #expect(abs(first) < 0.05, "\(first)")
    let c = found.engine.coefficients
    #expect(abs(c.decodeBase / 9e9 - 1) < 0.01, "\(c)")
    #expect(abs(c.mixed.prefillAttentionPerToken / 35e6 - 1) < 0.03)
  }

  @Test("means of runs alone: base and prompts within a tenth, and the profile says no more")
  func means() throws {
    let runs = (1...24).map { number in
      let clients = 1 + 2 * number
      var run = Self.run(clients: clients, requests: 6 * clients, seed: UInt64(100 + number))
      let count = Double(run.requests.count)
      func mean(_ value: (RecordedRequest) -> Double) -> Double {
        run.requests.reduce(0) { $0 + value($1) } / count
      }
      run.summary = RecordedRun.Summary(
        requests: run.requests.count, duration: run.requests.map(\.lastToken).max() ?? 0,
        meanPromptTokens: mean { Double($0.promptTokens) },
        meanOutputTokens: mean { Double($0.outputTokens) },
        timeToFirstToken: mean(\.timeToFirstToken),
        timePerOutputToken: mean { $0.timePerOutputToken ?? 0 })
      run.requests = []
      run.arrivals = .unknown
      return run
    }
    let found = try Calibration([("means", .runs(runs))], facts: KnownEngine.facts())
    #expect(found.form == .linear && found.factors.isEmpty)
    #expect(abs(found.engine.coefficients.decodeBase / 9e9 - 1) < 0.1)
    let held = try #require(found.errors(.step, heldOut: true))
    #expect(held.meanAbsolute < 0.05)
    #expect(found.engine.timeToFirstTokenError == nil && found.engine.stepError != nil)
    #expect(found.notes.contains { $0.contains("no start times") })
  }
}
