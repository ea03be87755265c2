import ArgumentParser
import Catalog
import Foundation
import Report

/// Predicted against measured load tests.
struct PointsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "points",
    abstract: "Replay a table of load tests and compare means of TTFT and TPOT.",
    discussion: """
      The table is CSV with the columns of NVIDIA AIConfigurator's silicon sample: gpu, model, \
      precision, backend, tp_size, isl, osl, concurrency, ttft_ms, tpot_ms and so on. Each row is \
      replayed as the closed loop it was, request by request.

      Half of the configurations, by a hash, is for fitting; errors are those of the other half \
      unless asked otherwise.

      Example:
        plimsoll-validate points silicon_e2e_calibration.csv --half held --limits 12,6,20,10,10
      """)

  enum Half: String, ExpressibleByArgument, CaseIterable {
    case held, fitted, all
  }

  @Argument(help: "Table of load tests, CSV.")
  var table: String

  @Option(help: "Which configurations: held (back), fitted, or all.")
  var half = Half.held

  @Option(help: "Only rows of this engine.")
  var engine: String?

  @Option(help: "Folder with tables that replace those of the catalog.")
  var catalog: String?

  @Flag(help: "Print every row.")
  var rows = false

  @Flag(help: "Print JSON, a line for each group.")
  var json = false

  @Option(
    help: """
      Fail where medians are above these percents: TTFT and TPOT of vLLM, of other engines, and \
      throughput where saturated.
      """)
  var limits: String?

  func run() throws {
    let table = try LoadPoints(path: table)
    let catalog = try Catalog.withTables(inFolder: catalog)
    var predictions: [PointPrediction] = []
    var skipped: [String: Int] = [:]
    for point in table.points {
      if let engine, point.engine != engine { continue }
      if half != .all, point.isForFitting != (half == .fitted) { continue }
      do {
        predictions.append(try PointPrediction(point, catalog: catalog))
      } catch {
        skipped["\(error)", default: 0] += 1
      }
    }
    let aside = predictions.filter { $0.plan.setAside != nil }
    let counted = predictions.filter { $0.plan.setAside == nil }
    if rows { counted.forEach(printRow) }

    let groups = Dictionary(grouping: counted) {
      "\($0.point.engine) \($0.point.accelerator.replacing("_", with: "-")) \(Self.short($0.point))"
    }.sorted { $0.key < $1.key }.map { PointSummary($0.key, $0.value) }
    let vllm = PointSummary("all of vllm", counted.filter { $0.point.engine == "vllm" })
    let others = PointSummary("all others", counted.filter { $0.point.engine != "vllm" })
    let lines = groups + [vllm, others].filter { $0.points + $0.saturated > 0 }
    if json {
      lines.forEach(printJSON)
    } else {
      printTable(lines)
      if table.repeated > 0 { print("\(table.repeated) rows repeat a measurement") }
      if table.incomplete > 0 {
        print("\(table.incomplete) rows cannot be replayed: no number of clients")
      }
      for (reason, count) in skipped.sorted(by: { $0.key < $1.key }) {
        print("\(count) rows left out: \(reason)")
      }
      for (reason, list) in Dictionary(grouping: aside, by: { $0.plan.setAside ?? "" }) {
        print("\(list.count) rows set aside: \(reason)")
      }
    }
    if let limits { try check(limits, vllm, others, counted) }
  }

  private static func short(_ point: LoadPoint) -> String {
    let name = point.model.split(separator: "/").last.map(String.init) ?? point.model
    return point.precision.isEmpty ? name : "\(name) \(point.precision)"
  }

  private func printRow(_ each: PointPrediction) {
    let p = each.point
    print(
      "\(p.line): \(p.engine) \(p.accelerator) \(Self.short(p)) tp \(p.tensorParallel) "
        + "ep \(p.expertParallel) dp \(p.dataParallel) \(p.promptTokens)/\(p.outputTokens) x \(p.clients)"
        + (each.isSaturated ? " full" : "") + ": TTFT "
        + "\(Quantity.fixed(p.timeToFirstToken * 1e3, 1)) -> "
        + "\(Quantity.fixed(each.predicted.meanTimeToFirstToken * 1e3, 1)) ms, TPOT "
        + "\(Quantity.fixed(p.timePerOutputToken * 1e3, 2)) -> "
        + "\(Quantity.fixed(each.predicted.meanTimePerOutputToken * 1e3, 2)) ms")
  }

  private func percent(_ value: Double?) -> String {
    value.map { Quantity.fixed($0 * 100, 1) } ?? "-"
  }

  private func printTable(_ lines: [PointSummary]) {
    let head = ["", "rows", "TTFT", "bias", "TPOT", "bias", "full", "tok/s"]
    let cells = lines.map { line in
      [
        line.name, "\(line.points)", percent(line.timeToFirstToken),
        percent(line.timeToFirstTokenBias), percent(line.timePerOutputToken),
        percent(line.timePerOutputTokenBias), "\(line.saturated)", percent(line.throughput),
      ]
    }
    let widths = head.indices.map { column in
      ([head] + cells).map { $0[column].count }.max() ?? 0
    }
    print(
      "median absolute errors and median errors (bias), percent; full: KV cache too small for all")
    for line in [head] + cells {
      let padded = line.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - line[column].count)
        return column == 0 ? line[column] + space : space + line[column]
      }
      print(padded.joined(separator: "  "))
    }
  }

  private func printJSON(_ line: PointSummary) {
    func number(_ value: Double?) -> String {
      value.map { Quantity.fixed($0, 4) } ?? "null"
    }
    print(
      "{\"group\":\"\(line.name)\",\"points\":\(line.points),"
        + "\"ttft_error\":\(number(line.timeToFirstToken)),"
        + "\"ttft_bias\":\(number(line.timeToFirstTokenBias)),"
        + "\"tpot_error\":\(number(line.timePerOutputToken)),"
        + "\"tpot_bias\":\(number(line.timePerOutputTokenBias)),"
        + "\"tpot_factor_p5\":\(number(line.timePerOutputTokenBand?.low)),"
        + "\"tpot_factor_p95\":\(number(line.timePerOutputTokenBand?.high)),"
        + "\"saturated\":\(line.saturated),\"throughput_error\":\(number(line.throughput))}")
  }

  private func check(
    _ limits: String, _ vllm: PointSummary, _ others: PointSummary, _ all: [PointPrediction]
  ) throws {
    let bounds = limits.split(separator: ",").compactMap { Double($0) }
    guard bounds.count == 5 else {
      throw ValidationError("--limits takes five percents, such as 12,6,20,10,10")
    }
    let everything = PointSummary("", all)
    let found = [
      vllm.timeToFirstToken, vllm.timePerOutputToken, others.timeToFirstToken,
      others.timePerOutputToken, everything.throughput,
    ]
    let names = [
      "TTFT of vLLM", "TPOT of vLLM", "TTFT of other engines", "TPOT of other engines",
      "throughput where saturated",
    ]
    var failed = false
    for (index, value) in found.enumerated() {
      guard let value, value * 100 > bounds[index] else { continue }
      print("\(names[index]): \(percent(value)) % is above \(bounds[index]) %")
      failed = true
    }
    if failed { throw ExitCode(1) }
  }
}
