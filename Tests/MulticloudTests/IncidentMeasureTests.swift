import Multicloud
import SimulationKernel
import Testing
import Workload

/// What is measured of an incident, against outages whose figures are known beforehand.
@Suite("Measures of incidents")
struct IncidentMeasureTests {
  /// Ten requests a second; the preferred endpoint is down from 400 s to 500 s.
  private func worlds() -> ControlWorlds {
    var worlds = ControlWorlds()
    worlds.endpoints = [
      ControlWorlds.endpoint("first"), ControlWorlds.endpoint("second", order: 1),
    ]
    worlds.demands = [
      World.Demand(
        spec: ControlWorlds.spec(arrivals: .gamma(rate: 10, coefficientOfVariation: 0.05)), model: 0
      )
    ]
    worlds.incidents = [outage]
    worlds.seconds = 900
    return worlds
  }

  private let outage = Incident(
    target: .deployment(0), effect: .fails, start: .seconds(400), duration: .seconds(100))

  private func measure(_ worlds: ControlWorlds) throws -> IncidentMeasure {
    try #require(try worlds.run().result.incidents.first)
  }

  @Test("failover at once: service never falls, attempts double")
  func failsOverAtOnce() throws {
    let measure = try measure(worlds())
    #expect(measure.scope == "deployment cloud/one/first at 400 s")
    #expect(!measure.hasFallen && measure.recovered == 0 && measure.lost == 0)
    // Requests in service fail at its very start.
    #expect(measure.detected == 0 && measure.witness == .attempt && measure.leftAlone == nil)
    #expect(measure.attemptsBefore >= 2995 && measure.attemptsBefore <= 3015)
    #expect(measure.requestsDuring == 1000 && measure.attemptsDuring == 2000)
    let dip = try #require(measure.goodputDip)
    #expect(dip.part == 0)
  }

  @Test("nowhere to go: service comes back when the outage is over")
  func nothingLeft() throws {
    var worlds = worlds()
    worlds.endpoints.removeLast()
    let measure = try measure(worlds)
    #expect(measure.hasFallen)
    // The last ten seconds are at 95 % again once less than half a second of the outage is among them.
    let recovered = try #require(measure.recovered)
    #expect(recovered >= 109_000_000_000 && recovered <= 111_000_000_000)
    // Those that were in service when it began are lost too.
    #expect(measure.lost >= 1000 && measure.lost <= 1001)
    let dip = try #require(measure.goodputDip)
    #expect(dip.part == dip.whole)
    let back = try #require(measure.failedBack)
    #expect(back >= 1_000_000_000 && back <= 1_200_000_000)
  }

  @Test("a breaker leaves it alone, and that is measured apart from the first failure")
  func breaker() throws {
    var worlds = worlds()
    worlds.gateway.breaker = CircuitBreaker.Settings(
      allowedFailures: 29, failureShare: nil, cooldown: .seconds(500))
    let measure = try measure(worlds)
    #expect(measure.detected == 0)
    // Some ten requests are in service at once; twenty more fail in the next two seconds.
    let leftAlone = try #require(measure.leftAlone)
    #expect(leftAlone > 1_500_000_000 && leftAlone < 2_500_000_000)
    #expect(measure.failedBack == nil)
  }

  @Test("an outage until the run's end is not seen to end")
  func censored() throws {
    var worlds = worlds()
    worlds.endpoints.removeLast()
    worlds.incidents[0].duration = .seconds(100_000)
    let measure = try measure(worlds)
    #expect(measure.hasFallen && measure.recovered == nil && measure.failedBack == nil)
    #expect(measure.lost >= 4990)
  }

  @Test("what the quota of the survivor lacks")
  func missingQuota() throws {
    var worlds = worlds()
    // Two whole minutes. Ten requests a second of 100 + 51 tokens are 90,600 tokens a minute; half of that
    // is there.
    worlds.incidents[0].start = .seconds(420)
    worlds.incidents[0].duration = .seconds(120)
    worlds.quotas = [
      QuotaSpec(
        name: "q", rule: .fixedMinuteTokens(FixedMinuteTokens(tokensPerMinute: 45_300)))
    ]
    worlds.endpoints[1].quotas = [0]
    let measure = try measure(worlds)
    #expect(measure.quotaRefusals > 580 && measure.quotaRefusals < 620)
    #expect(measure.quotaTokens == measure.quotaRefusals * 151)
    #expect(measure.peakQuotaTokens > 43_000 && measure.peakQuotaTokens < 48_000)
    #expect(measure.lost == measure.quotaRefusals)
  }

  @Test("looking changes nothing, and no incident is no counter")
  func noneWhereNothingHappens() throws {
    var worlds = worlds()
    worlds.incidents = []
    let (result, _) = try worlds.run()
    #expect(result.incidents.isEmpty && result.incidentCount == 0)
  }

  @Test("only the first hundred are measured, all are counted")
  func mostMeasured() throws {
    var worlds = worlds()
    worlds.incidents = (0..<150).map {
      Incident(
        target: .deployment(0), effect: .fails, start: .seconds(Int64(5 * $0)),
        duration: .seconds(1))
    }
    let (result, _) = try worlds.run()
    #expect(result.incidents.count == IncidentMeasure.most)
    #expect(result.incidentCount == 150)
    #expect(result.incidents.last?.incident.start == .seconds(495))
  }

  @Test("two incidents of one name are told apart")
  func names() throws {
    var worlds = worlds()
    worlds.incidents.append(outage)
    let scopes = try worlds.run().result.incidents.map(\.scope)
    #expect(scopes[1] == "deployment cloud/one/first at 400 s #2")
  }
}
