import ArgumentParser
import Experiment
import Foundation
import Scenario
import Tables

/// What every command that reads a sweep plan takes.
struct SweepOptions: ParsableArguments {
  @OptionGroup var scenario: ScenarioOptions

  @Option(
    help: ArgumentHelp(
      "Seeds of every cell, in place of the plan's: this many from the scenario's own on.",
      valueName: "n"))
  var seeds: Int?

  @Option(help: "Threads; default one a core.")
  var threads: Int?

  func validate() throws {
    if let seeds, !(1...SweepPlan.mostCells ~= seeds) {
      throw ValidationError("--seeds is 1 to \(SweepPlan.mostCells)")
    }
    if let threads, threads < 1 { throw ValidationError("--threads is 1 or more") }
  }

  /// The threads to work on.
  var pool: WorkPool { WorkPool(threads: threads) }

  /// Reads a plan and works out its cells; every mistake in it is found here.
  func sweep(_ path: String) throws -> Sweep {
    if !scenario.incidents.isEmpty {
      throw Failure.input(
        "error: a sweep takes incidents as --set 'incidents.+={ region: …, effect: fails, at: 10m, for: 5m }'"
      )
    }
    do {
      let plan = try SweepPlan(
        text: text(path), path: path, overrides: scenario.overrides, seedCount: seeds,
        reading: text)
      let source = Sweep.Source(
        catalog: try scenario.catalog(), dataDirectory: try scenario.traces,
        overrides: scenario.overrides, seed: scenario.seed, toolVersion: Version.current)
      return try Sweep(plan, source, pool: pool) { !Stop.isWanted }
    } catch let error as ScenarioError {
      throw Failure(error)
    } catch let error as SweepError {
      throw Failure.sweep(error)
    }
  }

  private func text(_ path: String) throws -> String {
    let bytes: [UInt8]
    do {
      bytes = try InputFile.contents(of: path, maximumBytes: 8 << 20)
    } catch {
      throw Failure.input("error: \(error)")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure.input("\(path): error: not UTF-8 text; save the file as UTF-8")
    }
    return text
  }

  /// The same options as arguments of another call, paths made absolute.
  func arguments() throws -> [String] {
    var result: [String] = []
    for override in scenario.overrides { result += ["--set", override] }
    if let seed = scenario.seed { result += ["--seed", String(seed)] }
    if let traces = try scenario.traces { result += ["--data", Self.absolute(traces)] }
    if let catalog = scenario.catalogDirectory { result += ["--catalog", Self.absolute(catalog)] }
    if let seeds { result += ["--seeds", String(seeds)] }
    return result
  }

  /// A path from the root of the file system.
  static func absolute(_ path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.path
  }

  /// Where a sweep goes when nothing is said: `out/` and the name of its plan.
  static func output(_ given: String?, plan: String) -> String {
    given ?? "out/" + URL(fileURLWithPath: plan).deletingPathExtension().lastPathComponent
  }
}

extension Failure {
  /// A failed sweep; an interrupted one ends with code 130, as Ctrl-C does elsewhere.
  static func sweep(_ error: SweepError) -> any Error {
    switch error {
    case .table(let cause): return Failure(cause)
    case .broken(let cell, let violation): return Failure(violation, part: "cell \(cell): ")
    case .failed: return Failure.output(error.description)
    case .interrupted: return Stop.reason
    default: return Failure.input(error.description)
    }
  }
}
