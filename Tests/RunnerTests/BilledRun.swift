import Catalog
import Foundation
import Money
import Multicloud
import Runner
import Scenario
import SimulationKernel
import Tables

/// A scenario run into a directory of its own.
struct BilledRun {
  let world: World
  let outcome: ScenarioRun.Outcome
  private let folder: URL

  init(
    _ text: String, overrides: [String] = [], level: TableLevel = .requests,
    comparedTo policy: String? = nil
  ) throws {
    world = try ScenarioDocument(text: text, path: "s.yaml", overrides: overrides).world(
      catalog: try Catalog.bundled(), dataDirectory: nil
    ).world
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "plimsoll-bill-\(UUID().uuidString)")
    var run = ScenarioRun(
      world: world, scenario: Manifest.Input(name: "s.yaml", contents: Array(text.utf8)),
      inputs: [], overrides: overrides, toolVersion: "test", level: level, sample: 1,
      outputPath: folder.path)
    run.comparedPolicy = policy
    outcome = try run.run { _ in true }
  }

  var bill: Bill { outcome.money!.bill }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  func exists(_ table: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent(table + ".csv").path)
  }

  /// The rows of a table by column name. None of these tables quotes a field.
  func rows(_ table: String) throws -> [[String: String]] {
    let text = try String(
      contentsOf: folder.appendingPathComponent(table + ".csv"), encoding: .utf8)
    let lines = text.split(separator: "\n")
    func fields(_ line: Substring) -> [String] {
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let header = fields(lines[0])
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, fields($0))) }
  }

  /// A figure of the summary as exact money.
  func money(_ metric: String, _ scope: String = "") -> Money? {
    let row = outcome.summary.first { $0.metric == metric && $0.scope == scope }
    guard case .dollars(let amount) = row?.value else { return nil }
    return Money(picodollars: amount)
  }
}

extension Money {
  /// Reads what tables print.
  init(text: String) {
    let isNegative = text.hasPrefix("-")
    let parts = text.drop { $0 == "-" }.split(separator: ".")
    let decimals = parts.count > 1 ? String(parts[1]) : ""
    let padded = decimals + String(repeating: "0", count: 12 - decimals.count)
    let amount = Int128(String(parts[0]) + padded)!
    self.init(picodollars: isNegative ? -amount : amount)
  }
}

extension [[String: String]] {
  func sum(_ column: String, _ isCounted: ([String: String]) -> Bool = { _ in true }) -> Money {
    reduce(.zero) { isCounted($1) ? $0 + Money(text: $1[column]!) : $0 }
  }
}
