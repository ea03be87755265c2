import SimulationKernel
import Testing
import Workload

@Suite("Clients that ask at a pace")
struct PacedLoopTests {
  private static func stream(
    every: Duration, horizon: Duration = .seconds(1000)
  ) throws -> DemandStream {
    try DemandStream(
      [
        WorkloadSpec(
          name: "paced", arrivals: .pacedLoop(clients: 1, every: every),
          shape: .fixed(prompt: 10, output: 5), origins: [OriginShare(origin: 0, share: 1)])
      ], seed: 1, horizon: horizon)
  }

  @Test("the next request is a pace after the last one, or at its answer where that is later")
  func slowAnswers() throws {
    var stream = try Self.stream(every: .seconds(10))
    func ask(answeredAfter seconds: Int64) -> Int64 {
      let arrival = stream.pull()
      let answer = SimTime(
        nanoseconds: arrival.time.nanoseconds + seconds * 1_000_000_000)
      stream.answered(workload: 0, client: arrival.client, at: answer)
      return arrival.time.nanoseconds / 1_000_000_000
    }
    // A slow answer holds the client up; a fast one does not hurry it.
    #expect([4, 25, 1, 10, 3].map { ask(answeredAfter: $0) } == [0, 10, 35, 45, 55])
    #expect(stream.nextTime == SimTime(nanoseconds: 65_000_000_000))
  }

  @Test("what would come exactly at the end does not come")
  func end() throws {
    var stream = try Self.stream(every: .seconds(10), horizon: .seconds(30))
    var times: [Int64] = []
    while stream.nextTime < .never, times.count < 10 {
      let arrival = stream.pull()
      times.append(arrival.time.nanoseconds / 1_000_000_000)
      stream.answered(workload: 0, client: arrival.client, at: arrival.time)
    }
    #expect(times == [0, 10, 20])
  }
}
