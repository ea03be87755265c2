import Experiment
import Statistics
import Testing

@Suite("Comparison")
struct ComparisonTests {
  private func alternative(_ name: String, _ values: [Double], seed: Int = 1) -> Alternative {
    var runs = SmallStudy.runs([("ttft_p95", values)])
    for place in runs.indices { runs[place].seed = UInt64(seed + place) }
    return Alternative(name: name, runs: runs)
  }

  // The vectors of paired and independent differences that statistics texts are checked with.
  private let a = [12.1, 10.4, 15.3, 9.8, 13.0]
  private let b = [11.0, 9.9, 14.1, 9.5, 11.8]

  @Test("pairs by seed: the difference and its interval by hand, and what pairing gained")
  func paired() throws {
    let study = try ComparisonStudy([alternative("b", b), alternative("a", a)], names: [])
    let figure = try #require(study.figures.first)
    let row = figure.rows[1]
    let difference = try #require(row.difference)
    let independent = try #require(row.independentHalfWidth)
    let narrowing = try #require(figure.narrowing)
    #expect(study.isPaired && abs(difference.estimate - 0.86) < 1e-12)
    #expect(abs(difference.halfWidth - 0.531_165_224_437_434_4) < 1e-9)
    #expect(abs(independent - 2.960_727_176_963_687) < 1e-9)
    #expect(abs(narrowing - 2.960_727_176_963_687 / 0.531_165_224_437_434_4) < 1e-6)
    #expect(row.verdict == .worse && figure.rows[0].verdict == .base)
  }

  @Test("other seeds: not paired, and nothing decided")
  func unpaired() throws {
    let study = try ComparisonStudy(
      [alternative("b", b), alternative("a", a, seed: 9)], names: ["ttft_p95"])
    let row = study.figures[0].rows[1]
    #expect(!study.isPaired && row.verdict == .undecided && study.figures[0].narrowing == nil)
    let difference = try #require(row.difference)
    #expect(abs(difference.halfWidth - 2.960_727_176_963_687) < 1e-9)
  }

  @Test("three alternatives share the error out, equal ones are equal, and the best is marked")
  func family() throws {
    let study = try ComparisonStudy(
      [alternative("a", a), alternative("same", a), alternative("b", b)], names: [])
    let figure = study.figures[0]
    #expect(figure.level == 0.975)
    #expect(figure.rows[1].verdict == .equal && figure.rows[2].verdict == .better)
    #expect(figure.rows.map(\.mayBeBest) == [false, false, true])
    #expect(study.rows.count == 3)
  }

  @Test("a figure nobody has is named with those there are")
  func noFigure() {
    let error = #expect(throws: ComparisonStudy.Problem.self) {
      _ = try ComparisonStudy([alternative("a", a), alternative("b", b)], names: ["tpot"])
    }
    #expect(error?.description.contains("ttft_p95") == true)
  }

  @Test("common random numbers narrow the difference of two policies")
  func commonNumbers() throws {
    func runs(_ policy: String, from: Int) throws -> [RunFigures] {
      try #require(
        try Replications(
          try SmallStudy.world([
            "gateway.route=\(policy)", "horizon=3m", "workloads.chat.arrivals={ poisson: 30/s }",
          ]), pool: WorkPool()
        ).run(from..<from + 10))
    }
    let study = try ComparisonStudy(
      [
        Alternative(name: "nearest", runs: try runs("nearest", from: 0)),
        Alternative(name: "weighted", runs: try runs("weighted", from: 0)),
      ], names: ["chat e2e_mean", "chat completion_rate"])
    for figure in study.figures {
      let narrowing = try #require(figure.narrowing)
      #expect(narrowing > 2, "\(figure.key.name)")
    }
  }

  @Test("the best is found with fewer runs than all would take, for any number of threads")
  func selection() throws {
    let worlds = try [1, 2, 3].map { replicas in
      (
        name: "\(replicas)",
        world: try SmallStudy.world([
          "clouds.azure.regions.eastus2.pools.h.replicas=\(replicas)", "horizon=3m",
          "workloads.chat.arrivals={ poisson: 60/s }",
        ])
      )
    }
    var runs: [Int] = []
    for threads in [1, 3] {
      let selection = BestSelection(worlds, figure: "chat tpot_mean", indifference: 0.05)
      let outcome = try #require(try selection.run(pool: WorkPool(threads: threads)))
      #expect(outcome.selected == 2)
      runs.append(outcome.procedure.runs)
    }
    #expect(runs[0] == runs[1])
  }

  @Test("a figure without a better side, or one of many, cannot select")
  func noSelection() throws {
    let world = try SmallStudy.world(["horizon=1m", "warmup=0s"])
    let worlds = [(name: "a", world: world), (name: "b", world: world)]
    for (figure, message) in [
      ("busy_fraction", "is several"), ("chat requests_arrived", "neither more nor less"),
      ("nothing", "no figure"),
    ] {
      let error = #expect(throws: BestSelection.Problem.self) {
        _ = try BestSelection(worlds, figure: figure, indifference: 1).run(pool: WorkPool())
      }
      #expect(error?.description.contains(message) == true, "\(figure)")
    }
  }
}
