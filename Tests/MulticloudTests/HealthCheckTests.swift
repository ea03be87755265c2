import Multicloud
import SimulationKernel
import Testing

/// Probes: how long it takes to notice, and to come back, follows from interval, timeout and thresholds.
@Suite("Health checks")
struct HealthCheckTests {
  /// Two endpoints, the first preferred; it is struck from 101 s to 201 s.
  private func run(
    _ health: HealthCheck?, _ effect: Incident.Effect = .fails, order: Int = 1
  ) throws -> (measure: IncidentMeasure, audit: AuditKeeper) {
    var worlds = ControlWorlds()
    worlds.endpoints = [
      ControlWorlds.endpoint("first"), ControlWorlds.endpoint("second", order: order),
    ]
    worlds.gateway.health = health
    worlds.gateway.attemptTimeout = .seconds(40)
    worlds.demands = [World.Demand(spec: ControlWorlds.spec(), model: 0)]
    worlds.incidents = [
      Incident(
        target: .deployment(0), effect: effect, start: .seconds(101),
        duration: .seconds(100))
    ]
    let (result, audit) = try worlds.run()
    return (try #require(result.incidents.first), audit)
  }

  @Test("three failed probes, 10 s apart, mark a deployment that refuses")
  func marksAfterThreeFailures() throws {
    let (measure, audit) = try run(HealthCheck())
    // Probes at 110, 120 and 130 s.
    #expect(measure.leftAlone == 29_000_000_000)
    let late = audit.attempts.filter { $0.deployment == 0 && $0.start > 130_000_000_000 }
    let during = late.filter { $0.start < 201_000_000_000 }
    #expect(during.isEmpty)
    let early = audit.attempts.filter {
      $0.deployment == 0 && $0.start >= 101_000_000_000 && $0.start < 130_000_000_000
    }
    #expect(!early.isEmpty)
  }

  @Test("a deployment that hangs is marked when the third probe's time is over")
  func timesOut() throws {
    let (measure, _) = try run(HealthCheck(timeout: .seconds(5)), .hangs)
    #expect(measure.leftAlone == 34_000_000_000)
    #expect(measure.witness == .probe && measure.detected == 34_000_000_000)
  }

  @Test("two probes that succeed bring it back")
  func failsBack() throws {
    let (measure, audit) = try run(HealthCheck())
    // The incident ends at 201 s; probes at 210 and 220 s succeed; service takes a second.
    let back = try #require(measure.failedBack)
    #expect(back > 19_000_000_000 && back < 21_000_000_000)
    let first = audit.attempts.filter { $0.deployment == 0 && $0.start >= 201_000_000_000 }
    #expect(try #require(first.map(\.start).min()) >= 220_000_000_000)
  }

  @Test("the reason stands with the candidates that were not chosen")
  func saysWhy() throws {
    // Of one order: else its turn is over before anybody asks why.
    let (_, audit) = try run(HealthCheck(), order: 0)
    let decisions = Dictionary(
      uniqueKeysWithValues: audit.decisions.map { ($0.number, $0.time) })
    let marked = audit.candidates.filter { $0.eligibility == .unhealthy }
    #expect(!marked.isEmpty)
    for candidate in marked {
      let time = try #require(decisions[candidate.decision])
      #expect(candidate.deployment == 0)
      #expect(time >= 130_000_000_000 && time <= 220_000_000_000)
    }
  }

  @Test("one good probe between failures starts the count anew")
  func needsFailuresInARow() throws {
    var worlds = ControlWorlds()
    worlds.endpoints = [ControlWorlds.endpoint("only")]
    worlds.gateway.health = HealthCheck()
    worlds.demands = [World.Demand(spec: ControlWorlds.spec(), model: 0)]
    // Two probes fall in each outage, and one between them.
    worlds.incidents = [101.0, 131.0].map {
      Incident(
        target: .deployment(0), effect: .fails, start: Duration(seconds: $0),
        duration: .seconds(25))
    }
    let (result, _) = try worlds.run()
    #expect(result.incidents.map(\.leftAlone) == [nil, nil])
  }

  @Test("without checks nobody marks anything, and every request tries the dead one first")
  func without() throws {
    let (measure, audit) = try run(nil)
    #expect(measure.leftAlone == nil)
    let tried = audit.attempts.filter {
      $0.deployment == 0 && $0.start > 130_000_000_000 && $0.start < 200_000_000_000
    }
    #expect(tried.count > 500)
  }

  @Test("where nothing is healthy requests are turned away as those before open breakers")
  func nothingLeft() throws {
    var worlds = ControlWorlds()
    worlds.endpoints = [ControlWorlds.endpoint("only")]
    worlds.gateway.health = HealthCheck(failures: 1)
    worlds.demands = [World.Demand(spec: ControlWorlds.spec(), model: 0)]
    worlds.incidents = [
      Incident(
        target: .deployment(0), effect: .fails, start: .seconds(101), duration: .seconds(100))
    ]
    let (_, audit) = try worlds.run()
    let refused = audit.requests.filter {
      $0.arrival > 111_000_000_000 && $0.arrival < 200_000_000_000
    }
    #expect(!refused.isEmpty && refused.allSatisfy { $0.reason == .coolingDown })
  }
}
