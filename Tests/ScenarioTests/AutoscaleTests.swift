import Catalog
import Foundation
import Multicloud
import SimulationKernel
import Testing

@testable import Scenario

/// The settings of autoscalers: what is read, what is filled in, what is refused.
@Suite struct AutoscaleTests {
  /// A mapping read by the shape, and what is wrong with it.
  private func read(
    _ text: String, starts: String = ""
  ) throws -> (settings: AutoscalerSettings?, problems: [String]) {
    let diagnostics = Diagnostics()
    let node = try YAMLText.document(text)
    let item = ShapeReader(diagnostics: diagnostics).read(
      node, as: .mapping(ScenarioShape.autoscale), path: "autoscale")
    let scenario = SmallScenario.text.replacing(
      "horizon: 30m", with: "horizon: 30m\n\(starts)")
    let catalog = try Catalog.bundled()
    let builder = WorldBuilder(
      root: try SmallScenario.document(scenario).root, catalog: catalog, diagnostics: diagnostics,
      traces: TraceLibrary(catalog: catalog, dataDirectory: nil, scenarioPath: "s.yaml"))
    let settings = item.flatMap { builder.autoscalerSettings($0) }
    return (settings, diagnostics.all.map(\.message))
  }

  @Test func whatIsLeftOutIsThePolicysOwn() throws {
    var expected = try #require(PolicyRegistry.autoscaler(named: "target-rate")).usual
    expected.target = 2.5
    let read = try read("{ policy: target-rate, target: 2.5/s }")
    #expect(read.problems == [] && read.settings == expected)
    #expect(expected.downDelay == .seconds(1200) && expected.interval == .seconds(20))
  }

  @Test func everySettingIsRead() throws {
    let hpa = try #require(
      try read(
        """
        { policy: target-utilization, target: 6, signal: concurrency, interval: 30s,
          scrape-interval: 10s, scrape-delay: 5s, lock-while-starting: true, window: 2m,
          tolerance-up: 5%, tolerance-down: 20%, up-delay: 1m, down-delay: 10m, maximum-up-rate: 3,
          maximum-down-rate: 4, maximum-up-step: 7, rate-period: 1m }
        """
      ).settings)
    var expected = AutoscalerSettings(policy: "target-utilization", target: 6)
    expected.signal = .concurrency
    expected.interval = .seconds(30)
    expected.scrapeInterval = .seconds(10)
    expected.scrapeDelay = .seconds(5)
    expected.locksWhileStarting = true
    expected.window = .seconds(120)
    expected.toleranceUp = 0.05
    expected.toleranceDown = 0.2
    expected.upDelay = .seconds(60)
    expected.downDelay = .seconds(600)
    expected.maximumUpRate = 3
    expected.maximumDownRate = 4
    expected.maximumUpStep = 7
    expected.ratePeriod = .seconds(60)
    #expect(hpa == expected)
    let panic = try #require(
      try read(
        """
        { policy: stable-panic, target: 70%, signal: busy, panic-window: 10s, panic-threshold: 150% }
        """
      ).settings)
    #expect(panic.target == 0.7 && panic.signal == .busy)
    #expect(panic.panicWindow == .seconds(10) && panic.panicThreshold == 1.5)
    let headroom = try #require(
      try read(
        "{ policy: headroom, queue-limit: 0.5, first-token-limit: 800ms, first-token-share: 99% }"
      ).settings)
    #expect(headroom.queueLimit == 0.5 && headroom.firstTokenShare == 0.99)
    #expect(headroom.firstTokenLimit == .milliseconds(800) && headroom.target == 0.7)
    let scheduled = try #require(
      try read(
        """
        { policy: scheduled, look-ahead: 10m, start-of-day: 20:20,
          schedule: [ { from: 8:00, replicas: 6 }, { from: 20:30, replicas: 2 } ] }
        """
      ).settings)
    #expect(
      scheduled.schedule == [
        .init(from: .seconds(28_800), replicas: 6),
        .init(from: .seconds(73_800), replicas: 2),
      ])
    #expect(scheduled.startOfDay == .seconds(73_200))
    #expect(scheduled.lookAhead == .seconds(600))
    let forecast = try #require(
      try read(
        """
        { policy: forecast, target: 90/min, season: 4h, plan-interval: 30m, headroom: 15%,
          deviations: 2, level-weight: 20%, trend-weight: 0.05, season-weight: 40%,
          history: [1/s, 2/s, 3/s, 120/min] }
        """
      ).settings)
    #expect(forecast.target == 1.5 && forecast.history == [1, 2, 3, 2])
    #expect(forecast.season == .seconds(14_400) && forecast.planInterval == .seconds(1800))
    #expect(forecast.headroom == 0.15 && forecast.deviations == 2)
    #expect(
      forecast.levelWeight == 0.2 && forecast.trendWeight == 0.05 && forecast.seasonWeight == 0.4)
  }

  @Test func theShapeHasEverySettingAndNoMore() {
    #expect(
      ScenarioShape.autoscale.map(\.key).sorted()
        == (["policy"] + AutoscalerSetting.allCases.map(\.rawValue)).sorted())
  }

  @Test func theDayBeginsWhereTheRunDoes() throws {
    let text = "{ policy: forecast, target: 1/s }"
    #expect(try read(text).settings?.startOfDay == .zero)
    let starts = "starts: 2026-03-02T08:30Z"
    #expect(try read(text, starts: starts).settings?.startOfDay == .seconds(30_600))
    let own = try read("{ policy: forecast, target: 1/s, start-of-day: 9:00 }", starts: starts)
    #expect(own.settings?.startOfDay == .seconds(32_400))
  }

  struct Case: CustomTestStringConvertible, Sendable {
    var text: String
    var problem: String
    var testDescription: String { text }
    init(_ text: String, _ problem: String) {
      self.text = text
      self.problem = problem
    }
  }

  static let wrong = [
    Case(
      "{ policy: target-rat, target: 1/s }",
      "autoscale.policy: unknown name 'target-rat' (did you mean 'target-rate'?)"),
    Case(
      "{ policy: target-rate, target: 1/s, panic-window: 6s }",
      "autoscale: policy target-rate does not know 'panic-window'; it knows target, window, up-delay, "
        + "down-delay, interval, scrape-interval, scrape-delay, lock-while-starting"),
    Case(
      "{ policy: target-rate, target: 1/s, signal: busy }",
      "autoscale: policy target-rate does not know 'signal'; it knows target, window, up-delay, "
        + "down-delay, interval, scrape-interval, scrape-delay, lock-while-starting"),
    Case(
      "{ policy: target-rate }",
      "autoscale: policy target-rate needs target, such as target: 2.5/s"),
    Case(
      "{ policy: stable-panic }",
      "autoscale: policy stable-panic needs target, such as target: 8"),
    Case(
      "{ policy: tolerance-band }",
      "autoscale: policy tolerance-band needs target, such as target: 60%"),
    Case(
      "{ policy: scheduled }",
      "autoscale: policy scheduled needs schedule, such as schedule: [ { from: 8:00, replicas: 6 }, "
        + "{ from: 20:00, replicas: 2 } ]"),
    Case(
      "{ policy: target-rate, target: 60% }",
      "autoscale.target: expected a rate above zero such as 12/s, 90k/min or 1.2M/h, found '60%'; "
        + "target-rate has a target of requests a second for a replica, such as 2.5/s"),
    Case(
      "{ policy: target-utilization, target: 6 }",
      "autoscale.target: '6' is not between 0% and 100%; write 6% for percent; signal slots is a share, "
        + "such as 60%"),
    Case(
      "{ policy: stable-panic, target: 60% }",
      "autoscale.target: expected a number of at least 0, found '60%'; signal concurrency counts "
        + "requests at a replica, such as 8"),
    Case(
      "{ policy: provisioned-units, target: 0% }", "autoscale.target: give a load above zero"),
    Case(
      "{ policy: scheduled, schedule: [] }",
      "autoscale.schedule: is empty; give at least one size"),
    Case(
      "{ policy: scheduled, schedule: [ { from: 8:00, replicas: 6 }, { from: 8:00, replicas: 2 } ] }",
      "autoscale.schedule: times of day must rise; put the entry from 8:00 in its place"),
    Case(
      "{ policy: stable-panic, target: 4, panic-window: 61s }",
      "autoscale.panic-window: is longer than the window"),
    Case(
      "{ policy: tolerance-band, target: 60%, maximum-up-rate: 1 }",
      "autoscale.maximum-up-rate and maximum-down-rate: with 1 nothing may change; give more than 1"
    ),
    Case(
      "{ policy: target-utilization, target: 60%, maximum-up-rate: 1, maximum-up-step: 0 }",
      "autoscale.maximum-up-step: with 0, and maximum-up-rate 1, nothing may be added"),
    Case(
      "{ policy: provisioned-units, target: 80%, maximum-up-step: 0 }",
      "autoscale.maximum-up-step: with 0 nothing may be added; give at least 1"),
    Case(
      "{ policy: forecast, target: 1/s, bin: 7m }",
      "autoscale.bin: 420s does not fill the season of 86400s a whole number of times"),
    Case(
      "{ policy: forecast, target: 1/s, bin: 1ms }",
      "autoscale.bin: a season of more than 527040 bins; give a longer bin or a shorter season"),
    Case(
      "{ policy: forecast, target: 1/s, bin: 1h, history: [1/s, 2/s] }",
      "autoscale.bin: history brings its own bins, season / 2; leave bin out"),
    Case(
      "{ policy: forecast, target: 1/s, season: 1s, history: [1/s, 2/s, 3/s] }",
      "autoscale.history: 3 bins do not fill the season of 1s with whole nanoseconds; give one for each "
        + "hour, or any other number that does"),
  ]

  @Test(arguments: wrong) func mistakesNameTheFix(_ each: Case) throws {
    let read = try read(each.text)
    #expect(read.settings == nil && read.problems == [each.problem])
  }

  // MARK: The documentation

  private static func sections() throws -> [(title: String, text: String)] {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("docs/autoscaling.md")
    return try String(contentsOf: page, encoding: .utf8).components(separatedBy: "\n## ").map {
      (String($0.prefix { $0 != "\n" }), $0)
    }
  }

  @Test(arguments: PolicyRegistry.autoscalers.map { $0.name })
  func everyPolicyHasASectionWithItsKeysAndAnExampleThatReads(_ name: String) throws {
    let type = try #require(PolicyRegistry.autoscaler(named: name))
    let section = try #require(try Self.sections().first { $0.title == name }).text
    for setting in type.reads {
      #expect(section.contains("`\(setting.rawValue)`"), "\(name) says nothing of \(setting)")
    }
    let example = try #require(section.components(separatedBy: "\nautoscale: ").dropFirst().first)
    let read = try read(try #require(example.components(separatedBy: "\n```").first))
    #expect(read.problems == [] && read.settings?.policy == name)
  }
}
