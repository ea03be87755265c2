import Multicloud
import Scenario
import SimulationKernel
import Testing

/// Random failures, packet loss and health checks as scenarios write them.
@Suite("Failures in scenarios")
struct FailureScenarioTests {
  private func world(_ overrides: String...) throws -> World {
    try SmallScenario.load(ControlScenario.text, overrides).world
  }

  private func problems(_ overrides: String...) -> [String] {
    SmallScenario.problems(ControlScenario.text, overrides)
  }

  @Test func oneThing() throws {
    let processes = try world(
      "failures=[{ region: aws/us-east-1, effect: hangs, mtbf: 30d, mttr: 45m }]"
    ).failureProcesses
    #expect(
      processes == [
        FailureProcess(
          target: .region(1), effect: .hangs, meanTimeUp: .seconds(30 * 86_400),
          repair: .constant(.seconds(2700)))
      ])
  }

  @Test func eachThing() throws {
    let processes = try world(
      "failures=[{ each: deployment, effect: { slows: x3 }, mtbf: 30d, "
        + "mttr: { median: 30m, sigma: 1.2 }, common: 25% }]"
    ).failureProcesses
    // The region's common cause, then its deployments.
    #expect(
      processes.map(\.target) == [
        .region(0), .deployment(0), .deployment(1), .region(1), .deployment(2),
      ])
    #expect(processes[0].meanTimeUp == .seconds(120 * 86_400))
    #expect(processes[1].meanTimeUp == .seconds(40 * 86_400))
    #expect(
      processes.allSatisfy { $0.repair == .lognormal(median: .seconds(1800), sigma: 1.2) })
    #expect(processes.allSatisfy { $0.effect == .slows(3) })
    let accounts = try world("failures=[{ each: account, effect: fails, mtbf: 30d, mttr: 1h }]")
    #expect(
      accounts.failureProcesses.map(\.target) == accounts.accounts.indices.map { .account($0) })
    #expect(accounts.accounts.count > 1)
    #expect(
      try world("failures=[{ each: region, effect: fails, mtbf: 30d, mttr: 1h, common: 100% }]")
        .failureProcesses.map(\.target) == [.cloud(0), .cloud(1)])
  }

  @Test func losesPackets() throws {
    let world = try world(
      "network.ingress=aws/us-east-1",
      "incidents=[{ link: [aws, azure], effect: { loses: 5% }, at: 1m, for: 1m }, "
        + "{ cloud: aws, effect: { loses: 1%, retransmission: 1s }, at: 1m, for: 1m }]")
    #expect(world.incidents[0].target == .link(1, 0))
    #expect(
      world.incidents.map(\.effect) == [
        .loses(PacketLoss(share: 0.05, retransmission: .milliseconds(200))),
        .loses(PacketLoss(share: 0.01, retransmission: .seconds(1))),
      ])
  }

  @Test func healthChecks() throws {
    #expect(try world().gateway.health == nil)
    #expect(
      try world("gateway.health={}").gateway.health
        == HealthCheck(
          interval: .seconds(10), timeout: .seconds(5), failures: 3, successes: 2))
    #expect(
      problems("gateway.health={ interval: 2s }") == [
        "gateway.health: a probe may not wait longer (5s) than until the next one (2s)"
      ])
  }

  @Test(arguments: [
    (
      "incidents=[{ link: [aws, azure], effect: { loses: 5% }, at: 1m, for: 1m }]",
      "a link needs the gateway in a cloud: give network.ingress, the region where requests enter"
    ),
    (
      "incidents=[{ link: [aws, aws], effect: { loses: 5% }, at: 1m, for: 1m }]",
      "a link is between two clouds, such as [aws, azure]"
    ),
    (
      "incidents=[{ link: [aws, azur], effect: { loses: 5% }, at: 1m, for: 1m }]",
      "unknown cloud 'azur' (did you mean 'azure'?)"
    ),
    (
      "incidents=[{ quota: gpt-eu, effect: { loses: 5% }, at: 1m, for: 1m }]",
      "a quota is cut: write effect: { cuts: 40% }"
    ),
    (
      "failures=[{ effect: fails, mtbf: 30d, mttr: 1h }]",
      "a failure befalls one of cloud, region, zone, account, provider, deployment, each: name one"
    ),
    (
      "failures=[{ cloud: aws, each: region, effect: fails, mtbf: 30d, mttr: 1h }]",
      "a failure befalls one thing, not cloud and each"
    ),
    (
      "failures=[{ cloud: aws, effect: fails, mtbf: 30d, mttr: 1h, common: 10% }]",
      "failures: common is of all deployments of a region or all regions of a cloud; write each: "
        + "deployment or each: region"
    ),
    (
      "failures=[{ region: aws/us-east-2, effect: fails, mtbf: 30d, mttr: 1h }]",
      "unknown region 'aws/us-east-2' (did you mean 'aws/us-east-1'?)"
    ),
    (
      "failures=[{ cloud: aws, effect: fails, mtbf: 10ms, mttr: 1ms }]",
      "failures: some 163636 failures are expected in the run, more than 10000; give a longer mtbf"
    ),
  ])
  func mistakes(_ override: String, _ problem: String) {
    #expect(problems(override) == [problem])
  }

  @Test func aLinkOnlyLoses() {
    #expect(
      problems(
        "network.ingress=aws/us-east-1",
        "incidents=[{ link: [aws, azure], effect: fails, at: 1m, for: 1m }]") == [
          "a link loses packets: write effect: { loses: 5% }"
        ])
  }

  @Test func figuresOfAnIncidentMayBeAsserted() {
    #expect(
      problems(
        "assert=[{ incident: account azure/prod at 840 s, metric: failover_time, at-most: 30s }]")
        == [])
    #expect(
      problems(
        "assert=[{ incident: account azure/prod at 84 s, metric: failover_time, at-most: 30s }]")
        == [
          "unknown incident 'account azure/prod at 84 s' (did you mean 'account azure/prod at 840 s'?)"
        ])
  }

  @Test func whatIsNotThereChangesNothing() throws {
    let text = try SmallScenario.document(ControlScenario.text).effectiveYAML
    #expect(!text.contains("failures") && !text.contains("health"))
  }
}
