import ArgumentParser
import Catalog
import Foundation
import Scenario
import Tables

/// What every command that reads a scenario takes.
struct ScenarioOptions: ParsableArguments {
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Override one value, such as workloads.chat.arrivals.poisson=200/s.", valueName: "path=value")
  )
  var overrides: [String] = []

  @Option(
    name: .customLong("incident"),
    help: ArgumentHelp(
      "Something that goes wrong, such as \"azure/eastus2 down at 10m for 45m\": down, hangs, slow x3, "
        + "cut to 40%, loses 5%. May be repeated.", valueName: "what"))
  var incidents: [String] = []

  @Option(help: "Override the scenario's seed.")
  var seed: UInt64?

  @Option(
    name: .customLong("data"),
    help: ArgumentHelp(
      "Folder with recorded traces (traces/azure2023_conv.csv …); default $PLIMSOLL_DATA. Without "
        + "it catalog traces come from their bundled profiles.", valueName: "folder"))
  var dataDirectory: String?

  @Option(
    name: .customLong("catalog"),
    help: ArgumentHelp(
      "Folder with CSV tables that replace the bundled ones of the same name.",
      valueName: "folder"))
  var catalogDirectory: String?

  @Option(
    help: ArgumentHelp(
      "Most memory to hold, such as 2GB, 80% or none; default nine tenths of what there is.",
      valueName: "amount"),
    transform: { text in
      do throws(MemoryLimit.Problem) {
        return try MemoryLimit(argument: text)
      } catch {
        throw ValidationError(error.description)
      }
    })
  var maxMemory: MemoryLimit?

  func validate() throws {
    if let maxMemory { MemoryWatch.begin(maxMemory) }
  }

  /// Overrides in the form of `--set`, the seed among them.
  var allOverrides: [String] { overrides + (seed.map { ["seed=\($0)"] } ?? []) }

  /// The catalog to use.
  func catalog() throws -> Catalog { try Catalog.withTables(ofFolder: catalogDirectory) }

  /// The folder of recorded traces, where one is named. One that is named and not there is refused: profiles
  /// in the place of recordings would change every figure of a run without a word of complaint.
  var traces: String? {
    get throws {
      let variable = ProcessInfo.processInfo.environment["PLIMSOLL_DATA"]
      guard let path = dataDirectory ?? variable, dataDirectory != nil || !path.isEmpty else {
        return nil
      }
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
        return path
      }
      let source = dataDirectory == nil ? "PLIMSOLL_DATA" : "--data"
      throw Failure.input(
        "error: \(source): no folder '\(path)'; name the folder that holds traces/, or leave "
          + "\(source) out, and bundled profiles stand in for recordings")
    }
  }

  /// Files that a scenario was made of: itself and the recordings it names, wherever they may lie.
  func inputPaths(_ scenario: LoadedScenario, of path: String) -> [String] {
    var folders = [URL(fileURLWithPath: path).deletingLastPathComponent().path]
    var paths = [path]
    // Recordings are known by names of the catalog, not by those of their files.
    if let traces = try? traces {
      folders.append(traces)
      paths += OutputPlace.files(in: traces + "/traces")
    }
    for input in scenario.inputs {
      paths.append(input.name)
      for folder in folders { paths.append("\(folder)/\(input.name)") }
    }
    return paths
  }

  /// The overrides that `--incident` stands for in a scenario, whose names and times they need.
  ///
  /// - Parameter extra: Overrides besides those of the command line.
  func incidentOverrides(_ path: String, extra: [String] = []) throws -> [String] {
    if incidents.isEmpty { return [] }
    do {
      let phrases = try incidents.map { try IncidentPhrase($0) }
      var plain = self
      plain.incidents = []
      let (scenario, _) = try plain.load(path, extra: extra)
      return try phrases.map { try $0.override(in: scenario) }
    } catch let problem as IncidentPhrase.Problem {
      throw Failure.input("error: \(problem)")
    }
  }

  /// These options with incidents as overrides, for one scenario.
  func withIncidentOverrides(_ path: String, extra: [String] = []) throws -> ScenarioOptions {
    var options = self
    options.overrides += try incidentOverrides(path, extra: extra)
    options.incidents = []
    return options
  }

  /// Reads a scenario file.
  ///
  /// - Parameter extra: Overrides besides those of the command line.
  func document(
    _ path: String, extra: [String] = []
  ) throws -> (document: ScenarioDocument, file: Manifest.Input) {
    let bytes: [UInt8]
    do {
      bytes = try InputFile.contents(of: path, maximumBytes: 8 << 20)
    } catch {
      throw Failure.input("error: \(error)")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure.input("\(path): error: not UTF-8 text; save the scenario as UTF-8")
    }
    do {
      let added = try incidentOverrides(path, extra: extra)
      let document = try ScenarioDocument(
        text: text, path: path, overrides: allOverrides + extra + added)
      return (document, Manifest.Input(name: path, contents: bytes))
    } catch let error as ScenarioError {
      throw Failure(error)
    }
  }

  /// Reads a scenario file and resolves it against the catalog and the traces.
  ///
  /// - Parameter extra: Overrides besides those of the command line.
  func load(
    _ path: String, extra: [String] = []
  ) throws -> (scenario: LoadedScenario, file: Manifest.Input) {
    let (document, file) = try document(path, extra: extra)
    do {
      return (try document.world(catalog: try catalog(), dataDirectory: try traces), file)
    } catch let error as ScenarioError {
      throw Failure(error)
    }
  }
}
