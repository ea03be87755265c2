import Multicloud
import Scenario
import Testing

/// What a plan varies, and what is said of one that is wrong.
@Suite("Sweep plans") struct SweepPlanTests {
  private func plan(
    _ text: String, scenario: String = SmallScenario.text, overrides: [String] = [],
    seeds: Int? = nil
  ) throws -> SweepPlan {
    try SweepPlan(
      text: text, path: "plans/p.yaml", overrides: overrides, seedCount: seeds
    ) { path in
      #expect(path == "plans/s.yaml")
      return scenario
    }
  }

  /// The first lines of what is wrong, as `line:column message`.
  private func problems(_ text: String, scenario: String = SmallScenario.text) -> [String] {
    do {
      _ = try plan(text, scenario: scenario)
      return []
    } catch let error as ScenarioError {
      return error.diagnostics.map { "\($0.mark.line):\($0.mark.column) \($0.message)" }
    } catch {
      return ["\(error)"]
    }
  }

  @Test func everyCombinationTheLastAxisFastest() throws {
    let plan = try plan(
      """
      scenario: s.yaml
      axes:
        gateway.route: [nearest, least-loaded]
        workloads.chat.arrivals: [{ poisson: 5/s }, { gamma: { rate: 3/s, cv: 2 } }]
      seeds: 3
      figures: ttft_p95
      """)
    #expect(plan.columns == ["gateway.route", "workloads.chat.arrivals"])
    #expect(
      plan.combinations == [
        ["nearest", "{ poisson: 5/s }"], ["nearest", "{ gamma: { rate: 3/s, cv: 2 } }"],
        ["least-loaded", "{ poisson: 5/s }"],
        ["least-loaded", "{ gamma: { rate: 3/s, cv: 2 } }"],
      ])
    #expect(plan.seeds == .count(3) && plan.cellCount == 12)
    #expect(plan.figures == ["ttft_p95"])
    #expect(
      plan.overrides(3) == [
        "gateway.route=least-loaded", "workloads.chat.arrivals={ gamma: { rate: 3/s, cv: 2 } }",
      ])
  }

  @Test func cellsOneByOneLeaveColumnsEmpty() throws {
    let plan = try plan(
      """
      scenario: s.yaml
      cells:
        - { gateway.route: least-loaded }
        - { gateway.staleness: 1s, gateway.route: nearest }
        - {}
      seeds: [7, 18446744073709551615]
      """)
    #expect(plan.columns == ["gateway.route", "gateway.staleness"])
    #expect(plan.combinations == [["least-loaded", nil], ["nearest", "1s"], [nil, nil]])
    #expect(plan.seeds == .list([7, .max]))
    #expect(plan.overrides(2) == [])
  }

  @Test func aScenarioMayHoldItsAxes() throws {
    let text = SmallScenario.text + "axes:\n  horizon: [1m, 2m]\n"
    let own = try SweepPlan(text: text, path: "s.yaml", seedCount: 4) { _ in
      Issue.record("nothing else is read")
      return ""
    }
    #expect(own.scenarioPath == "s.yaml" && own.columns == ["horizon"])
    #expect(own.combinations == [["1m"], ["2m"]] && own.seeds == .count(4))
    // A plan that says nothing of its own takes them; one that does leaves them.
    #expect(try plan("scenario: s.yaml", scenario: text).columns == ["horizon"])
    #expect(
      try plan("scenario: s.yaml\naxes: { warmup: [0s, 1s] }", scenario: text).columns
        == ["warmup"])
    // A run takes no notice, and what is written out reads back.
    let effective = try SmallScenario.document(text).effectiveYAML
    #expect(try SmallScenario.document(effective).effectiveYAML == effective)
    #expect(effective.contains("axes:\n  horizon:\n    - \"1m\"\n"))
    #expect(try SmallScenario.load(text).world.horizon == SmallScenario.load().world.horizon)
    #expect(ScenarioSchema.jsonSchema.contains("\"axes\""))
  }

  @Test func axesOfAScenarioAreHeldAgainstIt() {
    #expect(
      SmallScenario.problems(
        SmallScenario.text + "axes:\n  gateway.rote: [nearest]\n  horizon: [1m, long]\n") == [
          "16:3 'gateway.rote': there is no 'rote' (did you mean 'route'?)",
          "17:17 horizon: expected a duration above zero such as 45ms, 1.2s or 12h, found 'long'",
        ])
  }

  @Test(arguments: [
    (
      "axes: { workloads.chit.band: [1] }",
      "2:9 'workloads.chit.band': there is no 'chit' (did you mean 'chat'?)"
    ),
    (
      "axes: { gateway.route: [nearest, nearst] }",
      "2:34 gateway.route: unknown name 'nearst' (did you mean 'nearest'?)"
    ),
    ("axes: { gateway.route: [] }", "2:9 axis 'gateway.route' is empty; give at least one value"),
    (
      "axes: { gateway.route: nearest }",
      "2:24 axes.gateway.route: expected a list, found a single value"
    ),
    (
      "axes: { horizon: [1m, ~] }",
      "2:23 axes.horizon[1]: has no value; expected what may stand after = in --set"
    ),
    ("axes: { horizon: [1m, 1m] }", "2:23 axis 'horizon' has the value '1m' twice"),
    ("axes: { seed: [1, 2] }", "2:9 'seed' is no axis; write seeds, a number or a list"),
    (
      "axes: { axes.horizon: [1m] }", "2:9 'axes' is no place in a scenario that a sweep can vary"
    ),
    (
      "axes: { gateway.route: [nearest], gateway: [{ staleness: 1s }] }",
      "2:35 'gateway' replaces what 'gateway.route' sets before it; give it first, or leave one out"
    ),
    ("axes: { a..b: [1] }", "2:9 'a..b': a part of the path is empty"),
    ("axis: { horizon: [1m] }", "2:1 unknown key 'axis' (did you mean 'axes'?)"),
    ("cells: []", "2:8 cells is empty; give at least one"),
    (
      "cells: [{ horizon: 1m }, { horizon: 1m }]", "2:26 cell 2 is the same as cell 1"
    ),
    (
      "cells: [{ horizonn: 1m }]",
      "2:21 'horizonn': there is no 'horizonn' (did you mean 'horizon'?)"
    ),
    ("seeds: 0", "2:8 0 seeds: expected a number from 1 to 100000, or a list of seeds in brackets"),
    ("seeds: [3, 4, 3]", "2:15 seed 3 stands in the list twice"),
    (
      "seeds: many",
      "2:8 seeds: expected a whole number from 0 to 18446744073709551615, found 'many'"
    ),
    (
      "seeds: 1", "1:1 nothing varies: give axes, cells or seeds, such as `seeds: 10`"
    ),
    (
      "axes: { horizon: [1m, 2m] }\nseeds: 60k",
      "2:9 120000 cells with 60000 seeds each, at most 100000 are allowed; take fewer values, or "
        + "several plans"
    ),
  ])
  func everyMistakeHasAPlace(_ line: String, _ problem: String) {
    #expect(problems("scenario: s.yaml\n\(line)\n") == [problem])
  }

  /// A thousand equal cells, each held against the whole scenario, took the checker seconds.
  @Test func aMistakeOfEqualCellsIsSaidOnce() {
    let found = problems(
      "scenario: s.yaml\ncells: [{ gateway.route: nearst }, { gateway.route: nearst }]\n")
    #expect(found.count == 2 && found.contains { $0.hasSuffix("cell 2 is the same as cell 1") })
    #expect(found.contains { $0.contains("unknown name 'nearst'") }, "\(found)")
  }

  @Test func axesAndCellsDoNotGoTogether() {
    #expect(
      problems("scenario: s.yaml\naxes: { horizon: [1m] }\ncells: [{ warmup: 0s }]\n") == [
        "3:8 give axes or cells, not both"
      ])
  }

  @Test func anOverrideThatAnAxisReplacesIsRefused() {
    do {
      _ = try plan("scenario: s.yaml\naxes: { horizon: [1m, 2m] }", overrides: ["horizon=9m"])
      Issue.record("it was taken")
    } catch {
      #expect(
        "\(error)".contains(
          "--set horizon=9m: the sweep varies 'horizon', which would replace it"))
    }
  }

  @Test func aPlanWithoutScenarioIsNone() {
    #expect(
      problems("axes: { horizon: [1m] }\n") == [
        "1:1 missing key 'scenario': The scenario that is varied, beside the plan"
      ])
    #expect(problems("- a\n") == ["1:1 expected keys and values, found a list"])
    #expect(problems("scenario: s.yaml\naxes: [\n").first?.contains("not YAML") == true)
  }
}
