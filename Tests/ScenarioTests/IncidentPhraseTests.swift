import Multicloud
import Scenario
import SimulationKernel
import Testing

/// `--incident "azure/eastus2 down at 14:00 for 45m"`.
@Suite("Incidents as one says them")
struct IncidentPhraseTests {
  private static func override(_ text: String, _ overrides: String...) throws -> String {
    let scenario = try SmallScenario.load(ControlScenario.text, overrides)
    return try IncidentPhrase(text).override(in: scenario)
  }

  /// What the scenario's last incident is, once a phrase is added to it.
  private static func incident(_ text: String, _ overrides: String...) throws -> Incident {
    let plain = try SmallScenario.load(ControlScenario.text, overrides)
    let added = try IncidentPhrase(text).override(in: plain)
    let world = try SmallScenario.load(ControlScenario.text, overrides + [added]).world
    // A quota of several limits is cut in each.
    #expect(world.incidents.count > plain.world.incidents.count)
    return try #require(world.incidents.last)
  }

  private static func problem(_ text: String, _ overrides: String...) -> String {
    do {
      let scenario = try SmallScenario.load(ControlScenario.text, overrides)
      return "no problem: \(try IncidentPhrase(text).override(in: scenario))"
    } catch let problem as IncidentPhrase.Problem {
      let head = "--incident \"\(text)\": "
      #expect(problem.description.hasPrefix(head))
      return String(problem.description.dropFirst(head.count))
    } catch {
      return "\(error)"
    }
  }

  @Test func becomesAnItemOfTheList() throws {
    #expect(
      try Self.override("aws/us-east-1 down at 10m for 45s")
        == "incidents.+={ region: \"aws/us-east-1\", effect: fails, at: 10m, for: 45s }")
    let document = try SmallScenario.document(
      ControlScenario.text,
      ["incidents.+={ region: \"aws/us-east-1\", effect: fails, at: 10m, for: 45s }"])
    #expect(document.effectiveYAML.contains("region: aws/us-east-1"))
  }

  @Test(arguments: [
    ("azure down at 1m for 2m", Incident.Target.cloud(0), Incident.Effect.fails),
    ("azure/swedencentral fails at 1m for 2m", .region(0), .fails),
    ("eu hangs at 1m for 2m", .zone(0), .hangs),
    ("azure/prod down at 1m for 2m", .account(0), .fails),
    ("acme slow x3 at 1m for 2m", .provider(0), .slows(3)),
    ("aws/us-east-1/other slows 2x at 1m for 2m", .deployment(2), .slows(2)),
    ("deployment azure/swedencentral/own hangs at 1m for 2m", .deployment(0), .hangs),
    // Its own quota bears the same name.
    ("azure/swedencentral/gpt slow x3 at 1m for 2m", .deployment(1), .slows(3)),
    ("azure/swedencentral/gpt cut to 40% at 1m for 2m", .quota(0), .cuts(0.4)),
    ("gpt-eu:tokens cut to 40% at 1m for 2m", .quota(3), .cuts(0.4)),
    ("quota gpt-eu:tokens cuts 0.4 at 1m for 2 m", .quota(3), .cuts(0.4)),
    (
      "aws/us-east-1 loses 5% at 1m for 2m", .region(1), .loses(PacketLoss(share: 0.05))
    ),
  ])
  func says(_ text: String, _ target: Incident.Target, _ effect: Incident.Effect) throws {
    let incident = try Self.incident(text)
    #expect(incident.effect == effect)
    if case .quota = target {
      guard case .quota = incident.target else {
        Issue.record("\(incident.target)")
        return
      }
    } else {
      #expect(incident.target == target)
    }
    #expect(incident.start == .seconds(60) && incident.duration == .seconds(120))
  }

  @Test func aLinkTakesTwoClouds() throws {
    let incident = try Self.incident(
      "link aws azure loses 5% at 1m for 2m", "network.ingress=aws/us-east-1")
    #expect(incident.target == .link(1, 0))
  }

  @Test func clockTimesAndMomentsCountFromTheStart() throws {
    let start = "starts=2026-03-02T13:50Z"
    #expect(try Self.incident("azure down at 14:00 for 2m", start).start == .seconds(600))
    #expect(
      try Self.incident("azure down at 2026-03-02T14:05Z for 2m", start).start == .seconds(900))
    // The first such time in the run, on the next day where need be.
    #expect(
      try Self.incident(
        "azure down at 00:10 for 2m", "starts=2026-03-02T23:50Z"
      ).start == .seconds(1200))
  }

  @Test(arguments: [
    ("", "expected a target, what happens, at when and for how long"),
    ("azure", "expected a target, what happens, at when and for how long"),
    ("azure dwn at 1m for 2m", "found 'dwn' (did you mean 'down'?)"),
    ("azure down", "expected 'at' and a time such as 10m, 14:00 or 2026-03-02T14:20Z at the end"),
    ("azure down on 1m for 2m", "expected 'at' and a time"),
    ("azure down at 1m", "expected 'for' and how long, such as 45m at the end"),
    ("azure down at 1m for", "expected how long, such as 45m after 'for'"),
    ("azure down at 1m for 2m please", "nothing follows how long it lasts, found 'please'"),
    ("azure down at 1m for 2", "for: '2' has no unit"),
    ("azure down at noon for 2m", "at noon: expected a time from the run's start such as 10m"),
    ("azure slow at 1m for 2m", "slow: expected a multiple such as x60 or 1.5x, found 'at'"),
    ("gpt-eu cut to 140% at 1m for 2m", "cut: '140%' is not between 0% and 100%"),
    ("azure loses 100% at 1m for 2m", "loses: 100% is out of range"),
    (
      "azure/swedencentrl down at 1m for 2m",
      "there is no cloud, region, zone, account, provider or deployment "
        + "'azure/swedencentrl' (did you mean 'azure/swedencentral'?)"
    ),
    (
      "azure/swedencentral cut to 40% at 1m for 2m",
      "there is no quota, which is what can be cut, 'azure/swedencentral'"
    ),
    ("region azure down at 1m for 2m", "there is no region 'azure'"),
    ("azure down at 14:00 for 2m", "at 14:00: a clock time needs the run's real time; give starts"),
    ("azure down at 2026-03-02T14:00Z for 2m", "a moment needs the run's real time; give starts"),
  ])
  func problems(_ text: String, _ message: String) {
    #expect(Self.problem(text).contains(message), "\(Self.problem(text))")
  }

  @Test func aTimeThatDoesNotComeInTheRun() {
    let start = "starts=2026-03-02T13:50Z"
    #expect(
      Self.problem("azure down at 13:00 for 2m", start)
        == "at 13:00: the run ends before that time comes; it begins at 13:50 UTC and lasts 1800 s")
    #expect(
      Self.problem("azure down at 2026-03-03T14:00Z for 2m", start)
        == "at 2026-03-03T14:00Z: the run begins at 13:50 UTC on 2026-03-02 and lasts 1800 s")
  }

  @Test func aNameWithTwoReadings() throws {
    let text = ControlScenario.text.replacing("account: lab", with: "account: us-east-1")
    let scenario = try SmallScenario.load(text)
    let phrase = try IncidentPhrase("aws/us-east-1 down at 1m for 2m")
    do {
      _ = try phrase.override(in: scenario)
      Issue.record("two readings are one")
    } catch let problem {
      #expect(
        problem.description.hasSuffix(
          "'aws/us-east-1' may be 'region aws/us-east-1' or 'account aws/us-east-1': write which"))
    }
    let clear = try IncidentPhrase("account aws/us-east-1 down at 1m for 2m")
    #expect(try clear.override(in: scenario).contains("{ account: \"aws/us-east-1\""))
  }

  @Test func plusAddsToListsAlone() throws {
    func problem(_ override: String) -> String {
      SmallScenario.problems(SmallScenario.text, [override]).first ?? ""
    }
    #expect(problem("horizon.+=1h").contains("+ adds to a list, and this is none"))
    #expect(problem("incidents.+.at=1h").contains("nothing follows +, which adds to a list"))
    let world = try SmallScenario.load(
      overrides: [
        "incidents.+={ cloud: azure, effect: fails, at: 1m, for: 1m }",
        "incidents.+={ cloud: azure, effect: hangs, at: 2m, for: 1m }",
      ]
    ).world
    #expect(world.incidents.map(\.effect) == [.fails, .hangs])
  }
}
