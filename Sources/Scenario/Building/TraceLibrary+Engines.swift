import Foundation
import ServingEngine
import Yams

extension TraceLibrary {
  /// The profile of an engine in a file beside the scenario; `nil` where there is none, which is reported.
  mutating func engine(_ item: Item, _ diagnostics: Diagnostics) -> CalibratedEngine? {
    let name = item.text
    if let known = engines.first(where: { $0.name == name }) { return known.engine }
    let folder = URL(fileURLWithPath: scenarioPath).deletingLastPathComponent().path
    let path = name.hasPrefix("/") ? name : folder + "/" + name
    guard FileManager.default.fileExists(atPath: path) else {
      diagnostics.report(
        item.mark,
        "no engine profile '\(name)': no such file beside the scenario; plimsoll calibrate writes one"
      )
      return nil
    }
    guard let bytes = bytes(path, shownAs: name, item, diagnostics) else { return nil }
    do {
      let text = String(decoding: bytes, as: UTF8.self)
      let isYAML = name.hasSuffix(".yaml") || name.hasSuffix(".yml")
      let engine =
        isYAML
        ? try Self.engine(yaml: text, name: name) : try CalibratedEngine(text: text, name: name)
      inputs.append(LoadedScenario.Input(name: name, contents: bytes))
      notes.append("engine: \(engine.summary(name: name))")
      engines.append((name, engine))
      return engine
    } catch {
      diagnostics.report(item.mark, "\(error)")
      return nil
    }
  }

  private static func engine(
    yaml text: String, name: String
  ) throws(CalibratedEngineError) -> CalibratedEngine {
    let node: Node
    do {
      node = try YAMLText.document(text)
    } catch {
      throw CalibratedEngineError(file: name, line: error.mark.line, problem: error.message)
    }
    guard let mapping = node.mapping else {
      throw CalibratedEngineError(file: name, line: 1, problem: "expected keys and values")
    }
    var entries: [CalibratedEngine.Entry] = []
    for (key, value) in mapping {
      guard let key = key.scalar, let value = value.scalar else {
        throw CalibratedEngineError(
          file: name, line: Mark(key).line, problem: "expected a single value for each key")
      }
      entries.append(
        CalibratedEngine.Entry(
          key: key.string, value: value.string, line: key.mark?.line ?? 0))
    }
    let comments = text.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("# ") }
    guard comments.first == CalibratedEngine.heading[...] else {
      throw CalibratedEngineError(
        file: name, line: 1,
        problem: "expected \"\(CalibratedEngine.heading)\" as plimsoll calibrate writes it")
    }
    return try CalibratedEngine(
      entries: entries, provenance: comments.dropFirst().map { String($0.dropFirst(2)) }, name: name
    )
  }
}

extension CalibratedEngine {
  /// One line on what a profile is and how good.
  fileprivate func summary(name: String) -> String {
    func percent(_ value: Double) -> String {
      let tenths = Int((abs(value) * 1000).rounded())
      return "\(value < 0 ? "-" : "+")\(tenths / 10).\(tenths % 10) %"
    }
    let band =
      stepError.map {
        "; nine of ten that were held out were \(percent($0.low)) to \(percent($0.high)) off it"
      } ?? "; nothing was held out, so nothing is known of its error"
    return "step times of \(name), measured of \(model) on \(accelerator)\(band)"
  }
}
