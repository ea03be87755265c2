import Multicloud
import Scenario
import ServingEngine
import SimulationKernel
import Testing
import Workload

/// What a scenario says of prompts that begin alike, and of engines that know it.
@Suite struct TextScenarioTests {
  @Test func enginesCacheWhereTheyAreToldTo() throws {
    let path = "clouds.azure.regions.eastus2.pools.chat.engine"
    #expect(try !SmallScenario.load().world.cachesPrefixes)
    let world = try SmallScenario.load(SmallScenario.text, ["\(path)={ prefix-cache: true }"]).world
    #expect(world.cachesPrefixes)
    let offload = "{ blocks: 50000, load-per-block: 80us, load-latency: 1ms }"
    let tiers = try SmallScenario.load(
      SmallScenario.text, ["\(path)={ prefix-cache: true, offload: \(offload) }"]
    ).world
    #expect(
      tiers.pools[0].scheduler.offload
        == KVOffload(blocks: 50_000, loadLatency: 1_000_000_000, loadPerBlock: 80_000_000))
    #expect(
      SmallScenario.problems(SmallScenario.text, ["\(path)={ offload: \(offload) }"])
        .contains { $0.contains("prefix-cache: true") })
  }

  @Test func sharedTextsAndSessions() throws {
    let spec = try SmallScenario.load(
      SmallScenario.text,
      [
        "workloads.chat.prefix=[ 2k, { tokens: 500, count: 40, weight: 3 } ]",
        "workloads.chat.sessions={ turns: { uniform: { min: 2, max: 9 } }, think: 30s, context: 32k, "
          + "follow-up: { fixed: { prompt: 80, output: 20 } } }",
      ]
    ).world.workloads[0].spec
    #expect(
      spec.prefix
        == SharedPrefix(groups: [
          SharedPrefix.Group(tokens: 2000), SharedPrefix.Group(tokens: 500, count: 40, weight: 3),
        ]))
    let sessions = try #require(spec.sessions)
    #expect(sessions.turns == .uniform(min: 2, max: 9))
    #expect(sessions.thinkTime == .seconds(30) && sessions.contextTokens == 32_000)
    guard case .fixed(prompt: 80, output: 20)? = sessions.followUp else {
      Issue.record("no follow-up")
      return
    }
  }

  @Test func contradictionsAreNamed() {
    func problems(_ overrides: String...) -> String {
      SmallScenario.problems(SmallScenario.text, overrides).joined(separator: "\n")
    }
    let sessions = "workloads.chat.sessions={ turns: 3, think: 1s }"
    #expect(
      problems(sessions, "workloads.chat.arrivals={ closed-loop: { clients: 2, think: 1s } }")
        .contains("open law of arrivals"))
    #expect(problems("workloads.chat.sessions={ turns: 3 }").contains("think"))
    #expect(
      problems("workloads.chat.prefix=[ { token: 5 } ]").contains("tokens"))
    #expect(problems("workloads.chat.prefix=[]").contains("no groups"))
  }
}
