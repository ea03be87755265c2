import Experiment
import Foundation
import Multicloud
import SimulationKernel
import Statistics
import Tables
import Testing

@Suite("Replications")
struct ReplicationsTests {
  @Test("the same figures for any number of threads, in the order of the seeds")
  func threads() throws {
    let world = try SmallStudy.world(["horizon=2m", "warmup=0s"])
    let one = try #require(try Replications(world, pool: WorkPool(threads: 1)).run(0..<5))
    for threads in [2, 5] {
      let runs = try #require(try Replications(world, pool: WorkPool(threads: threads)).run(0..<5))
      #expect(runs.map(\.fingerprint) == one.map(\.fingerprint))
      #expect(runs.map(\.values) == one.map(\.values))
    }
    #expect(one.map(\.seed) == [40, 41, 42, 43, 44])
    #expect(Set(one.map(\.fingerprint)).count == 5)
    // A range is the same wherever it is cut.
    let later = try #require(try Replications(world, pool: WorkPool(threads: 1)).run(3..<5))
    #expect(later.map(\.fingerprint) == one[3...].map(\.fingerprint))
  }

  @Test("whoever asks to stop gets nothing half done")
  func stopped() throws {
    let world = try SmallStudy.world(["horizon=2m", "warmup=0s"])
    #expect(
      try Replications(world, pool: WorkPool(threads: 2)).run(0..<4, shouldContinue: { false })
        == nil)
  }

  @Test("a count by reason that has no row is zero, any other figure is missing")
  func absent() {
    let refused = SmallStudy.key("requests_failed_server_error", unit: "requests")
    let latency = SmallStudy.key("ttft_p95")
    func run(_ keys: [FigureKey], _ values: [Double?]) -> RunFigures {
      RunFigures(
        keys: keys, values: values, seed: 1, fingerprint: 0, requests: 1, isComplete: true)
    }
    let samples = FigureSamples([
      run([], []), run([refused, latency], [4, 7]), run([latency], [nil]), run([refused], [2]),
    ])
    #expect(samples.values(refused) == [0, 4, 0, 2])
    #expect(samples[latency] == [nil, 7, nil, nil])
    #expect(samples.interval(latency) == nil)
    #expect(samples.keys(named: "chat ttft_p95") == [latency])
    #expect(samples.keys(named: "workload chat ttft_p95") == [latency])
    #expect(samples.keys(named: "ttft") == [])
  }

  @Test("replications end when the interval is narrow enough, after as many whatever the threads")
  func precision() throws {
    let world = try SmallStudy.world(["horizon=2m", "warmup=0s"])
    var counts: [Int] = []
    for threads in [1, 3] {
      var study = PrecisionRun(
        Replications(world, pool: WorkPool(threads: threads)),
        targets: [try #require(PrecisionTarget("chat e2e_mean: 0.5%"))])
      study.pilot = 4
      let (runs, last) = try #require(try study.run())
      #expect(last.isMet && runs.count > 4)
      let interval = try #require(FigureSamples(runs).interval(SmallStudy.key("e2e_mean")))
      let width = try #require(interval.relativeHalfWidth)
      #expect(width <= 0.005)
      counts.append(runs.count)
    }
    #expect(counts[0] == counts[1])
  }

  @Test("a budget ends what no number of replications reaches in time")
  func budget() throws {
    let world = try SmallStudy.world(["horizon=1m", "warmup=0s"])
    var study = PrecisionRun(
      Replications(world, pool: WorkPool()),
      targets: [try #require(PrecisionTarget("e2e_mean=0.0001%"))])
    study.budget = 7
    let (runs, last) = try #require(try study.run())
    #expect(runs.count == 7 && !last.isMet && last.needed == 7)
    #expect(last.widest?.key.metric == "e2e_mean")
  }

  @Test("a target that names no figure says which there are")
  func noFigure() throws {
    let world = try SmallStudy.world(["horizon=1m", "warmup=0s"])
    let study = PrecisionRun(
      Replications(world, pool: WorkPool()),
      targets: [try #require(PrecisionTarget("ttft_p96: 2%"))])
    let error = #expect(throws: PrecisionRun.Problem.self) { _ = try study.run() }
    #expect(try #require(error).description.contains("ttft_p95"))
  }

  @Test(
    "targets as people write them, and what are none",
    arguments: [
      ("ttft_p95: 2%", "ttft_p95", PrecisionTarget.Width.relative(0.02)),
      ("chat ttft_p95=2.5 %", "chat ttft_p95", .relative(0.025)),
      ("tpot_mean : 0.5", "tpot_mean", .absolute(0.5)),
    ])
  func targets(text: String, figure: String, width: PrecisionTarget.Width) throws {
    let target = try #require(PrecisionTarget(text))
    #expect(target.figure == figure && target.width == width)
  }

  @Test(
    "no target",
    arguments: ["", "ttft", ": 2%", "ttft: ", "ttft: 0%", "ttft: -1", "ttft: inf", "a: 100%"])
  func noTargets(text: String) { #expect(PrecisionTarget(text) == nil) }

  @Test("a study that was stored reads back to the bit; one of another form does not")
  func stored() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "plimsoll-study-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let world = try SmallStudy.world(["horizon=1m", "warmup=0s"])
    let runs = try #require(try Replications(world, pool: WorkPool()).run(0..<3))
    let manifest = Manifest(
      toolVersion: "test", scenario: Manifest.Input(name: "s.yaml", contents: []), seed: 40,
      overrides: [], startedUnixSeconds: 0, wall: .zero, simulated: .zero, requests: 1, events: 1,
      fingerprint: 0)
    try StoredStudy.write(runs, level: 0.95, in: try RunDirectory(folder.path), manifest)
    let read = try StoredStudy.read(folder.path)
    #expect(read.map(\.values) == runs.map(\.values))
    #expect(read.map(\.keys) == runs.map(\.keys))
    #expect(read.map(\.seed) == runs.map(\.seed))
    #expect(read.map(\.fingerprint) == runs.map(\.fingerprint))
    let table = folder.appendingPathComponent("replications.csv")
    let text = try String(contentsOf: table, encoding: .utf8)
    try text.replacing("\n1,41,", with: "\n2,41,").write(
      to: table, atomically: true, encoding: .utf8)
    let error = #expect(throws: TableError.self) { _ = try StoredStudy.read(folder.path) }
    #expect(try #require(error).description.contains("not the file that manifest.json describes"))
    // … and so is one whose manifest was made to fit.
    var changed = try Manifest(directory: folder.path)
    let place = try #require(changed.tables.firstIndex { $0.file == "replications.csv" })
    changed.tables[place].sha256 = SHA256.hexDigest(of: try Data(contentsOf: table))
    try changed.json().write(
      to: folder.appendingPathComponent("manifest.json"), atomically: true, encoding: .utf8)
    let second = #expect(throws: TableError.self) { _ = try StoredStudy.read(folder.path) }
    #expect(try #require(second).description.contains("out of order"))
  }
}
