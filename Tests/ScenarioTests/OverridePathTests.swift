import Multicloud
import Scenario
import SimulationKernel
import Testing
import Workload

/// `--set path=value`.
@Suite struct OverridePathTests {
  @Test func leadsThroughKeysTheFileLeavesOut() throws {
    let world = try SmallScenario.load(
      overrides: ["gateway.route=least-loaded", "network.ingress=azure/eastus2"]
    ).world
    #expect(world.gateway.policy == "least-loaded")
    #expect(world.network.ingress == 0)
  }

  @Test func keepsWhatAShortFormSaid() throws {
    let text = SmallScenario.text.replacing("replicas: 2", with: "replicas: 2, routing: random")
    let world = try SmallScenario.load(
      text, ["\(SmallScenario.chat).routing.staleness=250ms"]
    ).world
    #expect(
      world.pools[0].routing
        == ReplicaRouting(policy: "random", staleness: .milliseconds(250)))
  }

  @Test func replacesOneFormOfArrivalsByAnother() throws {
    let world = try SmallScenario.load(
      overrides: ["workloads.chat.arrivals.gamma={ rate: 3/s, cv: 2 }"]
    ).world
    guard case .gamma(3, 2) = world.workloads[0].spec.arrivals else {
      Issue.record("arrivals are \(world.workloads[0].spec.arrivals)")
      return
    }
  }

  @Test func reachesIntoLists() throws {
    let bursts = "[ { rate: 0/s, mean: 1m }, { rate: 10/s, mean: 5m } ]"
    let world = try SmallScenario.load(
      overrides: [
        "workloads.chat.arrivals.bursts=\(bursts)", "workloads.chat.arrivals.bursts.1.rate=90/min",
      ]
    ).world
    guard case .bursts(let states) = world.workloads[0].spec.arrivals else {
      Issue.record("arrivals are \(world.workloads[0].spec.arrivals)")
      return
    }
    #expect(states.map(\.rate) == [0, 1.5])
  }

  @Test(arguments: [
    ("horizon", "expected path=value, such as horizon=2h"),
    ("horizon=", "there is no value after ="),
    ("a..b=1", "a part of the path is empty"),
    ("name=[a", "'[a' not YAML: did not find expected ',' or ']'"),
    ("cloud.azure=1", "there is no 'cloud' (did you mean 'clouds'?)"),
    (
      "clouds.azure.regions.eastus2.pools.chit.replicas=3",
      "there is no 'chit' (did you mean 'chat'?)"
    ),
    (
      "clouds.azure.regions.eastus2.pools.chat.replica=3",
      "there is no 'replica' (did you mean 'replicas'?)"
    ),
    ("gateway.rote=nearest", "there is no 'rote' (did you mean 'route'?)"),
    ("horizon.x=1", "there is no 'x'"),
  ])
  func pathErrorsNameTheNearestKey(_ override: String, _ problem: String) {
    #expect(SmallScenario.problems(overrides: [override]) == ["--set \(override): \(problem)"])
  }

  @Test func aBadValueIsNotShownAtALineOfTheFile() {
    #expect(
      SmallScenario.problems(overrides: ["workloads.chat.arrivals={ poisson: -1/s }"]) == [
        "workloads.chat.arrivals.poisson: '-1/s' is negative: expected a rate above zero such as "
          + "12/s, 90k/min or 1.2M/h"
      ])
  }
}

extension SmallScenario {
  static func load(overrides: [String]) throws -> LoadedScenario { try load(text, overrides) }
  static func problems(overrides: [String]) -> [String] { problems(text, overrides) }
}
