import Multicloud
import Scenario
import SimulationKernel
import Testing
import Workload

/// Surges and growth as a scenario writes them.
@Suite struct CourseScenarioTests {
  @Test func surgesAndGrowthReachTheWorkload() throws {
    let loaded = try SmallScenario.load(
      SmallScenario.text,
      [
        "workloads.chat.surges=[{ at: 5m, for: 10m, rate: x5, ramp: 30s }, { at: 20m, for: 1m, rate: x0.5 }]",
        "workloads.chat.growth=6%/month",
      ])
    let course = loaded.world.workloads[0].spec.course
    #expect(
      course
        == DemandCourse(
          surges: [
            Surge(start: .seconds(300), duration: .seconds(600), factor: 5, ramp: .seconds(30)),
            Surge(start: .seconds(1_200), duration: .seconds(60), factor: 0.5),
          ], monthlyGrowth: 0.06))
    // 40/s, and four times as much more for 10 minutes less one ramp, and half less for a minute.
    let rate = loaded.world.workloads[0].spec.expectedRates(
      binWidth: .seconds(1_800), horizon: .seconds(1_800))[0]
    let steady = (1_800 + 4 * 570 - 30.0) * 40 / 1_800
    #expect(rate > steady && rate < steady * 1.0001)
  }

  @Test func noCourseIsSteady() throws {
    #expect(try SmallScenario.load().world.workloads[0].spec.course.isSteady)
  }

  @Test(arguments: [
    ("6%/month", 0.06), ("+6 % / mo", 0.06), ("-2.5%/month", -0.025), ("100%/year", 0.059463094359),
  ])
  func growth(text: String, monthly: Double) throws {
    let loaded = try SmallScenario.load(
      SmallScenario.text, ["workloads.chat.growth=\"\(text)\""])
    #expect(abs(loaded.world.workloads[0].spec.course.monthlyGrowth - monthly) < 1e-12)
  }

  @Test func problemsAreNamed() {
    func problems(_ changes: String...) -> [String] {
      SmallScenario.problems(SmallScenario.text, changes).map {
        $0.split(separator: " ", maxSplits: 1).last.map(String.init) ?? $0
      }
    }
    func expect(_ found: [String], _ part: String) {
      #expect(found.count == 1 && found[0].contains(part), "\(found)")
    }
    let surge = "workloads.chat.surges"
    expect(
      problems("\(surge)=[{ at: 30m, for: 1m, rate: x2 }]"),
      "a surge begins at or after the horizon; begin it before, or leave it out")
    expect(
      problems("\(surge)=[{ at: 20m, for: 1m, rate: x2 }]", "workloads.chat.end=10m"),
      "a surge begins at or after the end of the stream")
    expect(
      problems("\(surge)=[{ at: 1m, for: 1m, rate: x2, ramp: 31s }]"),
      "give a ramp of at most half of it")
    expect(
      problems(
        "\(surge)=[{ at: 1m, for: 1m, rate: x2 }]",
        "workloads.chat.arrivals={ closed-loop: { clients: 3, think: 1s } }"),
      "surges cannot change a closed loop")
    expect(
      problems("\(surge)=[{ at: 1m, for: 1m, rate: x0.2 }, { at: 1m, for: 1m, rate: x0.2 }]"),
      "below zero at 60.0 s")
    expect(problems("workloads.chat.growth=6%"), "has no unit: write 6%/month or 6%/year")
    expect(problems("workloads.chat.growth=6%/week"), "unknown unit '/week'")
    expect(problems("workloads.chat.growth=1200%/month"), "is out of range")
    expect(problems("workloads.chat.growth=fast"), "expected growth from")
  }
}
