import SimulationKernel
import Testing
import Workload

@Suite("Turns of sessions")
struct SessionTurnsTests {
  @Test("a session has exactly the turns that were drawn", arguments: [1, 3])
  func exactly(turns: Int) throws {
    var spec = WorkloadSpec(
      name: "talk", arrivals: .poisson(rate: 0.2),
      shape: .fixed(prompt: 10, output: 5), origins: [OriginShare(origin: 0, share: 1)])
    spec.sessions = Sessions(turns: .constant(turns), thinkTime: .zero)
    var stream = try DemandStream([spec], seed: 1, horizon: .seconds(1000))
    var counts: [UInt64: Int] = [:]
    while stream.nextTime < .never {
      let arrival = stream.pull()
      counts[arrival.index >> 16, default: 0] += 1
      stream.answered(workload: 0, client: arrival.client, at: arrival.time)
    }
    #expect(counts.count > 100)
    #expect(counts.values.allSatisfy { $0 == turns })
  }
}
