import ArgumentParser
import Estimate
import Foundation
import Multicloud
import Report
import Runner
import SimulationKernel
import Tables

/// How fast the simulator is, on one core.
///
/// Every figure is CPU time, the best of several runs. Ratios are what to compare between machines.
@main
struct PlimsollBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plimsoll-bench",
    abstract: "Measure requests per second of CPU.",
    discussion: """
      Examples:
        swift run -c release plimsoll-bench
        swift run -c release plimsoll-bench --json
        swift run -c release plimsoll-bench --requests 100000000 --only memory
        swift run -c release plimsoll-bench --only year --days 4
      """)

  @Option(help: "Requests per run.")
  var requests = 2_000_000

  @Option(help: "Runs of each case; the best counts.")
  var times = 3

  @Option(help: "Only cases whose name contains this.")
  var only: String?

  @Option(help: "Days of the year that are simulated.")
  var days = 2

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    LinearAlgebra.setThreads(1)
    let worlds = try BenchmarkWorlds()
    var results: [Measurement] = []
    func measure(_ name: String, _ world: @autoclosure () -> World) throws {
      if let only, !name.contains(only) { return }
      let world = world()
      let result = try Measurement.best(name, of: name.contains("memory") ? 1 : times) {
        var simulation = try Simulation(world)
        return simulation.run()
      }
      results.append(result)
      if !json { show(result) }
    }
    func world(
      _ replicas: Int, _ regions: Int, tokens: Int = 128, loadedTokens: Int? = nil,
      rules: Bool = false
    ) -> World {
      worlds.world(
        replicas: replicas, regions: regions, outputTokens: tokens, loadedTokens: loadedTokens,
        requests: requests, routing: "least-outstanding-requests", rules: rules)
    }
    try measure("1 replica", world(1, 1))
    try measure("16 replicas", world(16, 1))
    try measure("10 replicas, 5 regions", world(10, 5))
    try measure("1000 replicas, 12 regions", world(1000, 12))
    try measure("10000 replicas, 12 regions", world(10_000, 12))
    try measure("1000 replicas, 12 regions, rules", world(1000, 12, rules: true))
    try measure("10000 replicas, 12 regions, rules", world(10_000, 12, rules: true))
    try measure(
      "1000 replicas, 12 regions, changing",
      worlds.changing(world(1000, 12), scaling: false))
    try measure(
      "1000 replicas, 12 regions, scaling",
      worlds.changing(world(1000, 12), scaling: true))
    try measureBill(world(10, 5, rules: true), "10 replicas, 5 regions", worlds, &results)
    try measureBill(
      world(1000, 12, rules: true), "1000 replicas, 12 regions", worlds, &results)
    try measureTable(worlds, &results)
    // The same arrivals with outputs ten times as long: the load of the longer ones is 65 %.
    try measure("16 replicas, 128 tokens", world(16, 1, loadedTokens: 1280))
    try measure("16 replicas, 1280 tokens", world(16, 1, tokens: 1280))
    var estimates: [EstimateMeasurement] = []
    if only.map({ "estimate".contains($0) }) ?? true {
      estimates = try EstimateMeasurement.all(worlds.estimated())
      if !json { for estimate in estimates { print(estimate.line) } }
    }
    if only == "memory" { try measure("memory, 16 replicas", world(16, 1)) }
    var threads: ThreadMeasurement?
    if only.map({ "threads".contains($0) }) ?? true {
      threads = try ThreadMeasurement.run(world(16, 1), times: times)
      if !json, let threads { print(threads.line) }
    }
    var year: YearMeasurement?
    if only.map({ "year".contains($0) }) ?? true {
      year = try YearMeasurement.run(
        worlds.year(), days: min(max(1, days), YearMeasurement.daysOfYear), threads: 2)
      if !json, let year { print(year.line) }
    }
    if json { printJSON(results, estimates, threads, year) } else { showRatios(results) }
  }

  /// A world with rules without and with a bill: books kept, ledgers drawn down, energy read.
  private func measureBill(
    _ world: @autoclosure () -> World, _ name: String, _ worlds: BenchmarkWorlds,
    _ results: inout [Measurement]
  ) throws {
    if let only, !"\(name), billed".contains(only) { return }
    let world = world()
    for (label, world) in [
      ("\(name), not billed", world), ("\(name), billed", worlds.billed(world)),
    ] {
      let result = try Measurement.best(label, of: times) {
        try ScenarioRun(
          world: world, scenario: Manifest.Input(name: "benchmark", contents: []), inputs: [],
          overrides: [], toolVersion: "benchmark", level: .none, sample: 1, outputPath: nil
        ).run { _ in true }.result
      }
      results.append(result)
      if !json { show(result) }
    }
  }

  /// The largest fleet with every request written to a table.
  private func measureTable(_ worlds: BenchmarkWorlds, _ results: inout [Measurement]) throws {
    let name = "10000 replicas, 12 regions, requests.csv"
    if let only, !name.contains(only) { return }
    let world = worlds.world(
      replicas: 10_000, regions: 12, outputTokens: 128, requests: requests,
      routing: "least-outstanding-requests")
    let folder =
      NSTemporaryDirectory() + "plimsoll-bench-\(ProcessInfo.processInfo.processIdentifier)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let result = try Measurement.best(name, of: times) {
      try ScenarioRun(
        world: world, scenario: Manifest.Input(name: "benchmark", contents: []), inputs: [],
        overrides: [], toolVersion: "benchmark", level: .requests, sample: 1, outputPath: folder
      ).run { _ in true }.result
    }
    results.append(result)
    if !json { show(result) }
  }

  private func show(_ m: Measurement) {
    let name = m.name.padding(toLength: 42, withPad: " ", startingAt: 0)
    print(
      "\(name) \(Quantity.rate(m.requestsPerSecond)) requests/s"
        + "  \(Quantity.fixed(m.eventsPerRequest, 2)) events/request"
        + "  \(Quantity.fixed(m.nanosecondsPerEvent, 0)) ns/event"
        + "  batch \(Quantity.fixed(m.meanBatch, 1))  peak \(Quantity.fixed(Double(m.peakMemory) / 1e6, 0)) MB"
    )
  }

  private func ratios(_ results: [Measurement]) -> [(String, Double)] {
    func ratio(_ text: String, _ a: String, _ b: String) -> (String, Double)? {
      guard let a = results.first(where: { $0.name == a }),
        let b = results.first(where: { $0.name == b })
      else { return nil }
      return (text, a.nanosecondsPerRequest / b.nanosecondsPerRequest)
    }
    return [
      ratio(
        "CPU per request, 10x the output tokens", "16 replicas, 1280 tokens",
        "16 replicas, 128 tokens"),
      ratio(
        "CPU per request, 10,000 replicas against 10", "10000 replicas, 12 regions",
        "10 replicas, 5 regions"),
      ratio(
        "CPU per request, limits, residency, failover against none",
        "1000 replicas, 12 regions, rules", "1000 replicas, 12 regions"),
      ratio(
        "CPU per request, billed against not, 10 replicas", "10 replicas, 5 regions, billed",
        "10 replicas, 5 regions, not billed"),
      ratio(
        "CPU per request, billed against not, 1000 replicas", "1000 replicas, 12 regions, billed",
        "1000 replicas, 12 regions, not billed"),
    ].compactMap { $0 }
  }

  private func showRatios(_ results: [Measurement]) {
    for (text, value) in ratios(results) { print("\(text): \(Quantity.fixed(value, 2))x") }
  }

  private func printJSON(
    _ results: [Measurement], _ estimates: [EstimateMeasurement], _ threads: ThreadMeasurement?,
    _ year: YearMeasurement?
  ) {
    var json = JSONWriter()
    json.beginObject()
    json.beginArray("cases")
    for m in results {
      json.beginObject()
      json.string(m.name, "name")
      json.integer(m.requests, "requests")
      json.real(m.seconds, "cpu_seconds")
      json.real(m.requestsPerSecond, "requests_per_second")
      json.real(m.eventsPerRequest, "events_per_request")
      json.real(m.nanosecondsPerEvent, "nanoseconds_per_event")
      json.integer(m.peakMemory, "peak_memory_bytes")
      json.end()
    }
    json.end()
    json.beginArray("estimates")
    for estimate in estimates {
      json.beginObject()
      json.string(estimate.name, "name")
      json.real(estimate.wallSeconds, "wall_seconds")
      json.real(estimate.productSpeed / 1e9, "dgemm_gflops")
      json.real(estimate.bareSpeed / 1e9, "bare_dgemm_gflops")
      json.real(estimate.productShare, "dgemm_over_bare_dgemm")
      json.end()
    }
    json.end()
    if let threads { json.real(threads.speedup, "speedup_of_two_threads") }
    if let year {
      json.beginObject("year")
      json.integer(year.days, "days")
      json.integer(year.threads, "threads")
      json.integer(year.requests, "requests")
      json.real(year.wallSeconds, "wall_seconds")
      json.integer(year.peakMemory, "peak_memory_bytes")
      json.real(year.requestsOfYear, "requests_of_year")
      json.real(year.secondsOfYear, "wall_seconds_of_year")
      json.end()
    }
    json.beginArray("ratios")
    for (text, value) in ratios(results) {
      json.beginObject()
      json.string(text, "name")
      json.real(value, "value")
      json.end()
    }
    json.end()
    json.end()
    print(json.finish())
  }
}
