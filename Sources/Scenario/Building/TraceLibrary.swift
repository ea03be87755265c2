import Catalog
import Foundation
import ServingEngine
import Workload

/// Finds recorded traces: a catalog name in the data folder or in the bundled profiles, or a CSV
/// file beside the scenario. Recorded availability is found beside the scenario or in the data folder,
/// profiles of engines beside the scenario.
struct TraceLibrary {
  let catalog: Catalog
  let dataDirectory: String?
  let scenarioPath: String
  var inputs: [LoadedScenario.Input] = []
  var notes: [String] = []
  var engines: [(name: String, engine: CalibratedEngine)] = []
  private var found: [(name: String, source: TraceSource)] = []
  private var availabilities: [(name: String, file: AvailabilityFile)] = []

  /// Files of the data folder that hold the traces of the catalog.
  private static let recordings = [
    (name: "azure-llm-2023-conv", file: "traces/azure2023_conv.csv"),
    (name: "azure-llm-2023-code", file: "traces/azure2023_code.csv"),
  ]
  private static let largestFile = 1 << 30

  init(catalog: Catalog, dataDirectory: String?, scenarioPath: String) {
    self.catalog = catalog
    self.dataDirectory = dataDirectory
    self.scenarioPath = scenarioPath
  }

  /// The trace of a name or path; `nil` where there is none, which is reported.
  mutating func source(_ item: Item, _ diagnostics: Diagnostics) -> TraceSource? {
    let name = item.text
    if let known = found.first(where: { $0.name == name }) { return known.source }
    guard let source = load(item, diagnostics) else { return nil }
    found.append((name, source))
    return source
  }

  private mutating func load(_ item: Item, _ diagnostics: Diagnostics) -> TraceSource? {
    let name = item.text
    if let recording = Self.recordings.first(where: { $0.name == name }), let dataDirectory {
      let path = dataDirectory + "/" + recording.file
      if FileManager.default.fileExists(atPath: path) {
        return read(path, shownAs: name, item, diagnostics)
      }
    }
    if let text = catalog.traceProfileText(named: name) {
      return profile(name, text, item, diagnostics)
    }
    let folder = URL(fileURLWithPath: scenarioPath).deletingLastPathComponent().path
    let path = name.hasPrefix("/") ? name : folder + "/" + name
    guard FileManager.default.fileExists(atPath: path) else {
      let hint = NearestName.hint(for: name, among: catalog.traceProfileNames)
      diagnostics.report(item.mark, "no trace '\(name)': no such file beside the scenario\(hint)")
      return nil
    }
    return read(path, shownAs: name, item, diagnostics)
  }

  /// The recorded availability of a file; `nil` where there is none, which is reported.
  mutating func availability(_ item: Item, _ diagnostics: Diagnostics) -> AvailabilityFile? {
    let name = item.text
    if let known = availabilities.first(where: { $0.name == name }) { return known.file }
    let folder = URL(fileURLWithPath: scenarioPath).deletingLastPathComponent().path
    let paths =
      name.hasPrefix("/")
      ? [name] : [folder + "/" + name] + (dataDirectory.map { [$0 + "/" + name] } ?? [])
    guard let path = paths.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
      diagnostics.report(
        item.mark, "no file '\(name)' beside the scenario or in the data folder (PLIMSOLL_DATA)")
      return nil
    }
    guard let bytes = bytes(path, shownAs: name, item, diagnostics) else { return nil }
    do {
      let file = try AvailabilityFile(csv: bytes, name: name)
      inputs.append(LoadedScenario.Input(name: name, contents: bytes))
      notes.append("supply: recorded availability of \(name)")
      availabilities.append((name, file))
      return file
    } catch {
      diagnostics.report(item.mark, "\(error)")
      return nil
    }
  }

  /// All of a file; `nil` where it cannot be had, which is reported. A last line without an end is noted.
  mutating func bytes(
    _ path: String, shownAs name: String, _ item: Item, _ diagnostics: Diagnostics
  ) -> [UInt8]? {
    do {
      let bytes = try PlainFile.contents(of: path, maximumBytes: Self.largestFile)
      if let last = bytes.last, last != UInt8(ascii: "\n") {
        notes.append(
          "the last line of \(name) has no end; if it was cut off, its last row is wrong")
      }
      return bytes
    } catch {
      switch error {
      case .notPlain: diagnostics.report(item.mark, "'\(name)' is not a file")
      case .unreadable: diagnostics.report(item.mark, "'\(name)' cannot be read")
      case .tooLarge: diagnostics.report(item.mark, "'\(name)' is larger than 1 GiB")
      }
      return nil
    }
  }

  private mutating func read(
    _ path: String, shownAs name: String, _ item: Item, _ diagnostics: Diagnostics
  ) -> TraceSource? {
    guard let bytes = bytes(path, shownAs: name, item, diagnostics) else { return nil }
    do {
      let rows = try TraceRows(csv: bytes, name: name)
      inputs.append(LoadedScenario.Input(name: name, contents: bytes))
      notes.append("demand: \(rows.count) recorded requests of \(name)")
      if rows.raisedLengths > 0 {
        notes.append("  \(rows.raisedLengths) lengths of zero tokens were read as one")
      }
      return .rows(rows)
    } catch {
      diagnostics.report(item.mark, "\(error)")
      return nil
    }
  }

  private mutating func profile(
    _ name: String, _ text: String, _ item: Item, _ diagnostics: Diagnostics
  ) -> TraceSource? {
    do {
      let profile = try TraceProfile(text: text, name: name)
      inputs.append(LoadedScenario.Input(name: "bundled:\(name)", contents: Array(text.utf8)))
      notes.append(
        "demand: bundled profile of \(name), \(profile.total) requests by second and length")
      return .profile(profile)
    } catch {
      diagnostics.report(item.mark, "\(error)")
      return nil
    }
  }
}
