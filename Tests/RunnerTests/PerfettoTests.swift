import Catalog
import Foundation
import Multicloud
import Runner
import Scenario
import SimulationKernel
import Tables
import Testing

/// Traces as a viewer reads them.
@Suite("Traces for Perfetto")
struct PerfettoTests {
  private struct Event {
    var phase: String
    var name: String
    var process: Int
    var thread: Int
    /// Nanoseconds.
    var time: Int64
    var duration: Int64
    var id: Int
    var arguments: [String: Any]
  }

  private static let text = """
    plimsoll: 1
    name: "a \\"quoted\\" name \\\\ with <tags>"
    seed: 3
    horizon: 3m
    warmup: 1m
    clouds:
      azure:
        regions:
          eastus2:
            pools:
              near: { accelerator: H100-SXM, model: llama-3.1-8b, replicas: 2 }
              odd: { accelerator: L4, model: llama-3.1-8b, replicas: 3 }
    gateway: { route: round-robin }
    workloads:
      chat:
        model: llama-3.1-8b
        arrivals: { poisson: 12/s }
        shape: { fixed: { prompt: 400, output: 60 } }
        origins: { us-east: 100% }
    incidents:
      - { region: azure/eastus2, effect: hangs, at: 90s, for: 10s }

    """

  /// One replica, three from the second minute on, and room for more.
  private static let elastic = """
    plimsoll: 1
    seed: 3
    horizon: 4m
    clouds:
      azure:
        regions:
          eastus2:
            pools:
              near:
                accelerator: H100-SXM
                model: llama-3.1-8b
                replicas: 1
                elastic: { minimum: 1, maximum: 12, provisioning: 10s, loading: 10s, warming: 0s }
                autoscale: { policy: scheduled, schedule: [{ from: "00:00", replicas: 1 }, { from: "00:02", replicas: 3 }], look-ahead: 0s }
    workloads:
      chat:
        model: llama-3.1-8b
        arrivals: { poisson: 12/s }
        shape: { fixed: { prompt: 400, output: 60 } }
        origins: { us-east: 100% }

    """

  /// A run, and the trace it left.
  private struct Traced {
    var outcome: ScenarioRun.Outcome
    var world: World
    var data: Data?
  }

  private func run(
    _ window: (Int64, Int64)?, mostBytes: Int = 64 << 20, tables: TableLevel = .none,
    text: String = text
  ) throws -> Traced {
    let world = try ScenarioDocument(text: text, path: "s.yaml", overrides: []).world(
      catalog: try Catalog.bundled(), dataDirectory: nil
    ).world
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "plimsoll-trace-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var run = ScenarioRun(
      world: world, scenario: Manifest.Input(name: "s.yaml", contents: []), inputs: [],
      overrides: [], toolVersion: "test", level: tables, sample: 1,
      outputPath: folder.appendingPathComponent("run").path)
    let file = folder.appendingPathComponent("trace.json")
    run.trace = window.map {
      TraceRequest(
        path: file.path,
        window: TraceWindow(from: $0.0 * 1_000_000_000, until: $0.1 * 1_000_000_000),
        mostBytes: mostBytes)
    }
    let outcome = try run.run { _ in true }
    #expect(!FileManager.default.fileExists(atPath: file.path + ".partial"))
    return Traced(outcome: outcome, world: world, data: try? Data(contentsOf: file))
  }

  /// All events of a trace, times exact: they are read as text of three decimals.
  private func events(_ data: Data?) throws -> [Event] {
    let bytes = try #require(data)
    let whole = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    let list = try #require(whole["traceEvents"] as? [[String: Any]])
    func nanoseconds(_ value: Any?) -> Int64 {
      guard let number = value as? NSNumber else { return 0 }
      return Int64((number.doubleValue * 1000).rounded())
    }
    return try list.map { event in
      Event(
        phase: try #require(event["ph"] as? String), name: try #require(event["name"] as? String),
        process: try #require(event["pid"] as? Int), thread: try #require(event["tid"] as? Int),
        time: nanoseconds(event["ts"]), duration: nanoseconds(event["dur"]),
        id: event["id"] as? Int ?? -1, arguments: event["args"] as? [String: Any] ?? [:])
    }
  }

  @Test("slices of a replica do not overlap and add up to the pool's busy time")
  func busyTime() throws {
    // From the end of the warm-up to the end: what the summary counts too.
    let traced = try run((60, 180))
    let all = try events(traced.data)
    for pool in traced.world.pools.indices {
      let name = "pool \(traced.world.poolName(pool))"
      let named = all.first {
        $0.name == "process_name" && $0.arguments["name"] as? String == name
      }
      let process = try #require(named).process
      let slices = all.filter { $0.phase == "X" && $0.process == process }
      let busy = slices.reduce(0) { $0 + $1.duration }
      #expect(busy == traced.outcome.result.pools[pool].work.busy)
      for thread in 1...traced.world.pools[pool].replicas {
        let own = slices.filter { $0.thread == thread }
        #expect(own.count > 1)
        for place in 1..<own.count {
          #expect(own[place - 1].time + own[place - 1].duration <= own[place].time)
        }
      }
      let names = Set(slices.map(\.name))
      #expect(names.isSuperset(of: ["prefill", "decode"]))
      let batches = slices.compactMap { $0.arguments["batch"] as? Int }
      #expect(batches.count == slices.count && batches.min() ?? 0 > 0)
    }
    let counters = Set(all.filter { $0.phase == "C" }.map(\.name))
    #expect(counters.isSuperset(of: ["replica 0 KV blocks", "replica 1 waiting"]))
    let note = try #require(traced.outcome.trace)
    #expect(!note.isCut && note.from.seconds == 60 && note.until.seconds == 180)
  }

  @Test(
    "an elastic pool has a counter of its ready replicas, and tracks only of those that were there")
  func ready() throws {
    let traced = try run((60, 180), text: Self.elastic)
    let all = try events(traced.data)
    let counts = all.filter { $0.name == "ready replicas" }
    #expect(counts.map { $0.arguments["replicas"] as? Int } == [1, 2, 3])
    // What is there when the window begins, and one more each time one is ready.
    #expect(counts[0].time < 61_000_000_000)
    #expect(counts[1].time == counts[2].time || counts[1].time < counts[2].time)
    let threads = all.filter { $0.name == "thread_name" && $0.process == counts[0].process }
    #expect(threads.count == 3)
  }

  @Test("begin and end of requests pair up, and their stages lie inside them")
  func requests() throws {
    let everything = try events(try run((70, 110)).data)
    let all = everything.filter { $0.phase == "b" || $0.phase == "e" }
    #expect(all.count > 20)
    var open: [Int: [Event]] = [:]
    for event in all {
      #expect(event.time >= 70_000_000_000 && event.time <= 110_000_000_000)
      var stack = open[event.id] ?? []
      if event.phase == "b" {
        if stack.isEmpty { #expect(event.name == "chat") }
        stack.append(event)
      } else {
        let last = stack.popLast()
        let begin = try #require(last)
        #expect(begin.name == event.name && begin.time <= event.time)
      }
      open[event.id] = stack
    }
    let left = open.values.reduce(0) { $0 + $1.count }
    #expect(left == 0)
    let incident = everything.first { $0.phase == "X" && $0.name == "region azure/eastus2 hangs" }
    let slice = try #require(incident)
    #expect(slice.time == 90_000_000_000 && slice.duration == 10_000_000_000)
  }

  @Test("the run is the same with and without, names are escaped")
  func neutral() throws {
    let alone = try run(nil, tables: .requests)
    #expect(alone.data == nil && alone.outcome.trace == nil)
    let traced = try run((0, 180), tables: .requests)
    #expect(traced.outcome.result.fingerprint == alone.outcome.result.fingerprint)
    #expect(traced.outcome.result.events == alone.outcome.result.events)
    let data = try #require(traced.data)
    let whole = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    let other = try #require(whole?["otherData"] as? [String: Any])
    #expect(other["scenario"] as? String == traced.world.name)
    #expect(traced.world.name == "a \"quoted\" name \\ with <tags>")
    let again = try run((0, 180), tables: .none)
    #expect(again.data == data)
    #expect(again.outcome.result.fingerprint == alone.outcome.result.fingerprint)
  }

  @Test("a full trace is cut at one moment, before which nothing is missing")
  func limit() throws {
    let whole = try events(try run((60, 180)).data).filter { $0.phase == "X" && $0.process != 1 }
    let traced = try run((60, 180), mostBytes: 100_000)
    let note = try #require(traced.outcome.trace)
    #expect(note.isCut && note.until.seconds < 120)
    #expect(note.bytes < 150_000 && note.bytes == traced.data?.count)
    let cut = note.until.nanoseconds
    let kept = try events(traced.data).filter { $0.phase == "X" && $0.process != 1 }
    let expected = whole.filter { $0.time < cut }
    #expect(kept.count == expected.count)
    let keptTime = kept.reduce(0) { $0 + $1.duration }
    let expectedTime = expected.reduce(0) { $0 + min($1.duration, cut - $1.time) }
    #expect(keptTime == expectedTime)
  }

  @Test("where the trace cannot be written the run fails and leaves nothing")
  func failure() throws {
    let world = try ScenarioDocument(text: Self.text, path: "s.yaml", overrides: []).world(
      catalog: try Catalog.bundled(), dataDirectory: nil
    ).world
    var run = ScenarioRun(
      world: world, scenario: Manifest.Input(name: "s.yaml", contents: []), inputs: [],
      overrides: [], toolVersion: "test", level: .none, sample: 1, outputPath: nil)
    run.trace = TraceRequest(
      path: "/nonexistent/trace.json", window: TraceWindow(from: 0, until: 1))
    #expect(throws: RunError.self) { try run.run { _ in true } }
  }
}
