import SimulationKernel
import Testing
import Workload

/// Exact requests, so that any change of a draw, a rounding or an order is seen. A change here changes
/// what every seed means: it belongs in the release notes.
@Suite("Golden arrivals")
struct GoldenArrivalTests {
  static func kinds() throws -> [(name: String, spec: WorkloadSpec, fingerprint: String)] {
    let hourly = (0..<24).map { Double(10 + $0 * (24 - $0)) }
    let trace = try rows((0..<40).map { row -> Double in Double(row * row) / 8 })
    let profile = try TraceProfile(trace, name: "p", provenance: [])
    let replay = TraceReplay(source: .rows(trace), rateScale: 6.5, copyShift: .seconds(50))
    let summary = TraceReplay(source: .profile(profile), rateScale: 6.5, copyShift: .seconds(50))
    let states = [
      BurstState(rate: 40, meanDuration: .seconds(2)),
      BurstState(rate: 5, meanDuration: .seconds(3)),
    ]
    func with(_ arrivals: ArrivalSpec) -> WorkloadSpec {
      var workload = DemandStreamTests.workload("chat")
      workload.arrivals = arrivals
      return workload
    }
    return [
      ("poisson", with(.poisson(rate: 5)), "83adafe2559fac69"),
      ("gamma", with(.gamma(rate: 5, coefficientOfVariation: 1.7)), "74fbbfbad1420813"),
      ("weibull", with(.weibull(rate: 5, shape: 0.7)), "d447eec76fca71c6"),
      ("diurnal", with(.diurnal(meanRate: 5, hourly: hourly, startUTCHour: 3)), "7702a080cf6810a3"),
      (
        "piecewise",
        with(.piecewise(rates: [9, 0, 3.5], binWidth: .milliseconds(700), repeats: true)),
        "f7706415063f7674"
      ),
      ("bursts", with(.bursts(states: states)), "2a45cb03f9f4e1a8"),
      ("closed loop", with(.closedLoop(clients: 7, thinkTime: .seconds(1))), "1032d0661e3c7167"),
      ("rows", with(.trace(replay)), "818c268eff7e1e43"),
      ("profile", with(.trace(summary)), "cc72356a8c17fbde"),
    ]
  }

  @Test("the first 500 requests of every kind are the stored ones", arguments: 0..<9)
  func fingerprints(kind: Int) throws {
    let (name, spec, stored) = try Self.kinds()[kind]
    var stream = try DemandStream([spec], seed: 42, horizon: .seconds(100_000))
    var fingerprint = Fingerprint()
    for _ in 0..<500 {
      let arrival = stream.pull()
      fingerprint.combine(kind: 0, entity: UInt32(arrival.origin), at: arrival.time)
      fingerprint.combine(arrival.index, UInt64(arrival.promptTokens))
      fingerprint.combine(UInt64(arrival.outputTokens), UInt64(arrival.estimatedOutputTokens))
      if arrival.client >= 0 {
        stream.answered(
          workload: 0, client: arrival.client, at: arrival.time + .milliseconds(300))
      }
    }
    #expect(fingerprint.description == stored, "\(name)")
  }

  @Test("the first five requests of a Poisson workload are the stored ones")
  func firstFive() throws {
    var stream = try DemandStream(
      [DemandStreamTests.workload("chat")], seed: 42, horizon: .seconds(1_000))
    let stored: [(time: Int64, origin: Int32, prompt: Int32, output: Int32, estimate: Int32)] = [
      (8_866_764, 2, 178, 174, 157),
      (465_867_140, 2, 923, 207, 207),
      (854_603_175, 5, 173, 44, 26),
      (912_897_240, 5, 841, 108, 75),
      (1_371_452_855, 5, 576, 291, 286),
    ]
    for (index, request) in stored.enumerated() {
      let expected = Arrival(
        time: SimTime(nanoseconds: request.time), workload: 0, origin: request.origin,
        index: UInt64(index), promptTokens: request.prompt, outputTokens: request.output,
        estimatedOutputTokens: request.estimate, client: -1)
      #expect(stream.pull() == expected)
    }
  }
}
