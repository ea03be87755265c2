import Workload

extension ImportedTrace {
  /// The requests of a benchmark's results or of an engine's log as a trace: when each was sent, and its
  /// lengths.
  ///
  /// - Throws: ``RecordingError`` where a run has no start times, or a file is no such thing.
  public init(runs bytes: [UInt8], name: String) throws(RecordingError) {
    guard case .runs(let runs) = try Recording(bytes, name: name) else {
      throw RecordingError(file: name, problem: "holds steps of an engine, not requests")
    }
    guard runs.count == 1 else {
      throw RecordingError(
        file: name, line: runs[1].line,
        problem:
          "\(runs.count) runs, expected one: a trace has one course of time; keep one in the file")
    }
    guard runs[0].arrivals != .unknown else {
      throw RecordingError(
        file: name, line: runs[0].line,
        problem:
          "no start_times, and a request rate that is not inf: when requests came is not known")
    }
    self.init()
    for request in runs[0].requests {
      append(
        time: Int64((request.arrival * 1e9).rounded()), prompt: Int32(request.promptTokens),
        output: Int32(request.outputTokens))
    }
    if runs[0].leftOut > 0 { notes.append("\(runs[0].leftOut) requests that failed were left out") }
    if runs[0].arrivals == .reconstructed {
      notes.append("start times follow from the number of clients: they are this engine's own pace")
    }
  }
}

/// Lengths of a ServeGen client's requests, `chunk-*-dataset.json`.
///
/// Source: alibaba/ServeGen, read 2026-07: an object of moments (seconds) to objects of fields; each field
/// is a Python dictionary, written as text, of a length to its probability.
public enum ServeGenDataset {
  /// Reads the laws by rising moment; moments without requests are passed over.
  ///
  /// - Throws: ``RecordingError`` where the file is no such thing.
  public static func lengths(
    _ bytes: [UInt8], name: String
  ) throws(RecordingError) -> [ServeGenClient.Lengths] {
    let objects = try JSONObjects(bytes, file: name)
    var lengths: [ServeGenClient.Lengths] = []
    for (key, value) in objects.found[0].fields {
      guard let moment = Int64(key), let fields = value as? [String: Any] else {
        throw RecordingError(
          file: name, problem: "found the key \"\(key.prefix(40))\", expected seconds and an object"
        )
      }
      func law(_ field: String) throws(RecordingError) -> LengthSpec? {
        guard let text = fields[field] as? String else {
          throw RecordingError(
            file: name, problem: "at \(key): no text under '\(field)', expected lengths and shares")
        }
        return try Self.law(text, file: name, place: "\(field) at \(key)")
      }
      guard let prompt = try law("input_tokens"), let output = try law("output_tokens") else {
        continue
      }
      lengths.append(ServeGenClient.Lengths(from: moment, prompt: prompt, output: output))
    }
    guard !lengths.isEmpty else {
      throw RecordingError(file: name, problem: "no moment has lengths of requests")
    }
    return lengths.sorted { $0.from < $1.from }
  }

  /// The law that `{12: 0.25, 40: 0.75}` is; `nil` for an empty one.
  private static func law(
    _ text: String, file: String, place: String
  ) throws(RecordingError) -> LengthSpec? {
    let body = text.filter { $0 != " " }
    guard body.hasPrefix("{"), body.hasSuffix("}") else {
      throw RecordingError(file: file, problem: "\(place): found no braces around lengths")
    }
    var values: [Int] = []
    var weights: [Double] = []
    for pair in body.dropFirst().dropLast().split(separator: ",") {
      let parts = pair.split(separator: ":")
      guard parts.count == 2, let value = Int(parts[0]), let weight = Double(parts[1]), value >= 0,
        value <= 1_000_000_000, weight >= 0, weight.isFinite
      else {
        throw RecordingError(
          file: file,
          problem: "\(place): found \"\(pair.prefix(40))\", expected a length and its share")
      }
      values.append(max(1, value))
      weights.append(weight)
    }
    return weights.contains { $0 > 0 } ? .empirical(values: values, weights: weights) : nil
  }
}
