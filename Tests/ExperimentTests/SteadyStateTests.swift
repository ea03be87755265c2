import Experiment
import Multicloud
import SimulationKernel
import Statistics
import Testing
import Workload

@Suite("Warm-up and batches")
struct SteadyStateTests {
  @Test("a system that fills slowly needs a warm-up, and one that never settles is refused")
  func warmup() throws {
    // Answers take some 36 s, so the pools fill for about as long.
    let slow = try SmallStudy.world([
      "workloads.chat.shape={ fixed: { prompt: 200, output: 4000 } }",
      "workloads.chat.arrivals={ poisson: 1/s }",
      "horizon=40m",
    ])
    let finding = try #require(try WarmupStudy.run(slow, replications: 3, pool: WorkPool()))
    guard case .delete(let time) = finding else {
      Issue.record("\(finding)")
      return
    }
    #expect(time >= .seconds(10) && time < .seconds(300), "\(time)")
    // Three times what can be served: the queue grows to the end.
    let endless = try SmallStudy.world([
      "workloads.chat.arrivals={ poisson: 400/s }", "horizon=5m",
    ])
    #expect(try WarmupStudy.run(endless, replications: 2, pool: WorkPool()) == .refused)
  }

  @Test("the same warm-up for any number of threads")
  func threads() throws {
    let world = try SmallStudy.world(["horizon=5m"])
    let one = try WarmupStudy.run(world, pool: WorkPool(threads: 1))
    #expect(try WarmupStudy.run(world, pool: WorkPool(threads: 4)) == one)
  }

  @Test("batches of one run agree with replications, figure by figure")
  func batches() throws {
    let world = try SmallStudy.world(["horizon=61m"])
    let run = try #require(try BatchRun(world, batches: 20))
    #expect(run.length == .seconds(180))
    let short = try SmallStudy.world(["horizon=4m"])
    let samples = FigureSamples(
      try #require(try Replications(short, pool: WorkPool()).run(100..<140)))
    for metric in ["ttft_mean", "tpot_mean", "e2e_mean", "e2e_p95"] {
      let figure = try #require(run.figures.first { $0.key.metric == metric })
      let other = try #require(samples.interval(SmallStudy.key(metric), level: 0.999))
      let own = figure.batches.interval
      #expect(
        abs(own.estimate - other.estimate) < 2 * (own.halfWidth + other.halfWidth),
        "\(metric): \(own) against \(other)")
      #expect(own.halfWidth > 0)
    }
    let rate = try #require(run.figures.first { $0.key.metric == "completion_rate" })
    #expect(rate.batches.interval.contains(12) || abs(rate.batches.interval.estimate - 12) < 0.3)
  }

  @Test("batches of a system near saturation depend on each other, and it is said")
  func linked() throws {
    // Bursts of ten minutes at three times the rate between are longer than a batch.
    let world = try SmallStudy.world([
      "workloads.chat.arrivals={ bursts: [{ rate: 5/s, mean: 10m }, { rate: 40/s, mean: 10m }] }",
      "horizon=61m",
    ])
    let run = try #require(try BatchRun(world, batches: 60))
    let rate = try #require(run.figures.first { $0.key.metric == "completion_rate" })
    #expect(!rate.batches.isTrusted)
  }
}
