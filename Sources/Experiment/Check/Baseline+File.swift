import Foundation
import Tables

/// The file of a baseline: JSON with one figure, or one checkpoint, to a line, sorted, so that a change in
/// version control shows what changed.
extension Baseline {
  /// The text of the file.
  public var text: String {
    let seedList = seeds.map { "\($0)" }.joined(separator: ", ")
    var lines = [
      "{",
      "  \"plimsoll_baseline\": \(Self.format),",
      "  \"program\": \(Self.quoted(program)),",
      "  \"name\": \(Self.quoted(name)),",
      "  \"scenario_sha256\": \(Self.quoted(scenario)),",
      "  \"seeds\": [\(seedList)],",
    ]
    lines += Self.list(
      "inputs",
      inputs.map {
        "{ \"name\": \(Self.quoted($0.name)), \"sha256\": \(Self.quoted($0.sha256)) }"
      })
    lines += Self.list("fingerprints", fingerprints.map { Self.quoted(Self.hexadecimal($0)) })
    lines += Self.list("figures", figures.map(Self.line))
    lines += Self.list("parts", parts.map(Self.quoted))
    lines += Self.list(
      "checkpoints",
      zip(seeds, checkpoints).flatMap { seed, marks in marks.map { Self.line($0, seed) } },
      isLast: true)
    return (lines + ["}"]).joined(separator: "\n") + "\n"
  }

  private static func list(_ key: String, _ items: [String], isLast: Bool = false) -> [String] {
    let end = "  ]" + (isLast ? "" : ",")
    return ["  \(quoted(key)): ["]
      + items.enumerated().map { "    \($1)" + ($0 + 1 < items.count ? "," : "") } + [end]
  }

  private static func line(_ figure: Figure) -> String {
    let key = figure.key
    let values = figure.values.map { $0.flatMap { RealText.shortest($0) } ?? "null" }
    return "{ \"kind\": \(quoted(key.scopeKind)), \"scope\": \(quoted(key.scope)), "
      + "\"metric\": \(quoted(key.metric)), \"unit\": \(quoted(key.unit)), "
      + "\"source\": \(quoted(key.source)), \"values\": [\(values.joined(separator: ", "))] }"
  }

  private static func line(_ mark: Mark, _ seed: UInt64) -> String {
    let parts = mark.parts.map { hexadecimal(UInt64($0), digits: 8) }.joined(separator: " ")
    return "{ \"seed\": \(seed), \"at_s\": \(RealText.shortest(mark.seconds) ?? "0"), "
      + "\"fingerprint\": \"\(hexadecimal(mark.fingerprint))\", \"events\": \(mark.events), "
      + "\"arrived\": \(mark.arrived), \"completed\": \(mark.completed), \"lost\": \(mark.lost), "
      + "\"parts\": \"\(parts)\" }"
  }

  private static func hexadecimal(_ value: UInt64, digits count: Int = 16) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, count - digits.count)) + digits
  }

  private static func quoted(_ text: String) -> String { JSONWriter.quoted(text) }

  /// Why a file is not a baseline that can be used.
  public struct Problem: Error, Hashable, CustomStringConvertible {
    /// What and where, and what to do.
    public var description: String

    /// Creates a problem.
    public init(_ description: String) { self.description = description }
  }

  /// Reads the file of a baseline.
  ///
  /// - Parameter path: Its place, for messages.
  /// - Throws: ``Problem`` where it is no baseline, of another format, or does not add up.
  public init(text: [UInt8], path: String) throws(Problem) {
    let data = Data(text)
    let again = "make it again with --update"
    guard let head = try? JSONDecoder().decode(Head.self, from: data) else {
      throw Problem("\(path): not a baseline: no JSON with the key plimsoll_baseline; \(again)")
    }
    guard head.format == Self.format else {
      throw Problem(
        "\(path): format \(head.format) of a baseline, this program reads format "
          + "\(Self.format); \(again), or use the program that wrote it")
    }
    let file: File
    do {
      file = try JSONDecoder().decode(File.self, from: data)
    } catch {
      throw Problem("\(path): a baseline that is damaged: \(Self.explain(error)); \(again)")
    }
    guard let baseline = file.baseline else {
      throw Problem("\(path): a baseline that does not add up: \(file.fault); \(again)")
    }
    self = baseline
  }

  private static func explain(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return "it cannot be read" }
    func place(_ context: DecodingError.Context) -> String {
      let path = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
      return path.isEmpty ? "the top" : path.joined(separator: ".")
    }
    switch error {
    case .keyNotFound(let key, let context):
      return "no key '\(key.stringValue)' at \(place(context))"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "another kind of value than expected at \(place(context))"
    case .dataCorrupted(let context): return "no valid value at \(place(context))"
    @unknown default: return "it cannot be read"
    }
  }

  private struct Head: Decodable {
    var format: Int

    enum CodingKeys: String, CodingKey {
      case format = "plimsoll_baseline"
    }
  }

  private struct File: Decodable {
    var program: String
    var name: String
    var scenario: String
    var inputs: [Input]
    var seeds: [UInt64]
    var fingerprints: [String]
    var figures: [FigureLine]
    var parts: [String]
    var checkpoints: [CheckpointLine]

    enum CodingKeys: String, CodingKey {
      case scenario = "scenario_sha256"
      case program, name, inputs, seeds, fingerprints, figures, parts, checkpoints
    }

    struct FigureLine: Decodable {
      var kind: String
      var scope: String
      var metric: String
      var unit: String
      var source: String
      var values: [Double?]
    }

    struct CheckpointLine: Decodable {
      var seed: UInt64
      var seconds: Double
      var fingerprint: String
      var events: Int64
      var arrived: Int64
      var completed: Int64
      var lost: Int64
      var parts: String

      enum CodingKeys: String, CodingKey {
        case seconds = "at_s"
        case seed, fingerprint, events, arrived, completed, lost, parts
      }

      var mark: Mark? {
        let words = parts.split(separator: " ").map { UInt32($0, radix: 16) }
        guard let hash = UInt64(fingerprint, radix: 16), !words.contains(nil) else { return nil }
        return Mark(
          seconds: seconds, fingerprint: hash, events: events, arrived: arrived,
          completed: completed, lost: lost, parts: words.compactMap { $0 })
      }
    }

    /// What does not add up, for a message.
    var fault: String {
      if seeds.isEmpty || Set(seeds).count != seeds.count { return "seeds" }
      if fingerprints.count != seeds.count { return "a fingerprint for every seed" }
      if figures.contains(where: { $0.values.count != seeds.count }) {
        return "a value of every figure for every seed"
      }
      return "fingerprints and checkpoints"
    }

    var baseline: Baseline? {
      let hashes = fingerprints.compactMap { UInt64($0, radix: 16) }
      var marks = seeds.map { _ in [Mark]() }
      guard !seeds.isEmpty, Set(seeds).count == seeds.count, hashes.count == seeds.count else {
        return nil
      }
      for line in checkpoints {
        guard let index = seeds.firstIndex(of: line.seed), let mark = line.mark,
          mark.parts.count == parts.count, mark.seconds > marks[index].last?.seconds ?? 0
        else { return nil }
        marks[index].append(mark)
      }
      guard figures.allSatisfy({ $0.values.count == seeds.count }) else { return nil }
      // Sorted again: whoever merged two versions by hand may have moved a line.
      let sorted = figures.map { line in
        Figure(
          key: FigureKey(
            scopeKind: line.kind, scope: line.scope, metric: line.metric, unit: line.unit,
            source: line.source), values: line.values)
      }.sorted { $0.key < $1.key }
      return Baseline(
        program: program, name: name, scenario: scenario, inputs: inputs, seeds: seeds,
        fingerprints: hashes, figures: sorted, parts: parts, checkpoints: marks)
    }
  }
}
