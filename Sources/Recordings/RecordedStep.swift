/// One step of an engine as a table has it.
public struct RecordedStep: Hashable, Sendable {
  /// Sequences that decoded.
  public var decodes: Int
  /// Tokens in the KV cache of those.
  public var decodeKVTokens: Int
  /// Sequences that prefilled.
  public var prefills: Int
  /// Prompt tokens computed.
  public var prefillTokens: Int
  /// Pairs of query and key in the chunks; `nil` where the table has none.
  public var attentionPairs: Double?
  /// Time of the step, seconds.
  public var seconds: Double
  /// Line of the file.
  public var line: Int

  /// Creates a step.
  public init(
    decodes: Int, decodeKVTokens: Int, prefills: Int, prefillTokens: Int,
    attentionPairs: Double? = nil, seconds: Double, line: Int
  ) {
    self.decodes = decodes
    self.decodeKVTokens = decodeKVTokens
    self.prefills = prefills
    self.prefillTokens = prefillTokens
    self.attentionPairs = attentionPairs
    self.seconds = seconds
    self.line = line
  }
}

extension RecordedStep {
  /// Reads a table of steps: columns `decodes`, `decode_kv_tokens`, `prefills`, `prefill_tokens`,
  /// `step_ms`, and `attention_pairs` where it is known; an empty field of that is not known.
  static func table(_ csv: CSVText) throws(RecordingError) -> [RecordedStep] {
    let what = "a table of steps"
    let decodes = try csv.required("decodes", of: what)
    let kv = try csv.required("decode_kv_tokens", of: what)
    let prefills = try csv.required("prefills", of: what)
    let tokens = try csv.required("prefill_tokens", of: what)
    let time = try csv.required("step_ms", of: what)
    let pairs = csv.column("attention_pairs")
    let most = 1 << 40
    var steps: [RecordedStep] = []
    steps.reserveCapacity(csv.rows.count)
    for row in csv.rows {
      let step = RecordedStep(
        decodes: try csv.count(row, decodes, 0...most, "a whole number of sequences"),
        decodeKVTokens: try csv.count(row, kv, 0...most, "a whole number of tokens"),
        prefills: try csv.count(row, prefills, 0...most, "a whole number of sequences"),
        prefillTokens: try csv.count(row, tokens, 0...most, "a whole number of tokens"),
        attentionPairs: try attentionPairs(csv, row, pairs),
        seconds: try csv.number(row, time, "milliseconds above 0") / 1000, line: row.line)
      // Steps of an engine: a millionth of a millisecond is a cycle, an hour a machine that hangs.
      guard 1e-9...3600 ~= step.seconds else {
        throw RecordingError(
          file: csv.file, line: row.line,
          problem: "step_ms: expected milliseconds from 0.000001 to 3600000")
      }
      guard step.decodes + step.prefills > 0 else {
        throw RecordingError(
          file: csv.file, line: row.line,
          problem: "neither decodes nor prefills, expected a step that does something")
      }
      guard step.prefillTokens >= step.prefills, step.prefills > 0 || step.prefillTokens == 0 else {
        throw RecordingError(
          file: csv.file, line: row.line,
          problem:
            "found \(step.prefillTokens) prefill tokens of \(step.prefills) prefills, expected "
            + "at least a token of each, and none without one")
      }
      steps.append(step)
    }
    return steps
  }

  private static func attentionPairs(
    _ csv: CSVText, _ row: CSVText.Row, _ column: Int?
  ) throws(RecordingError) -> Double? {
    guard let column, !row.fields[column].isEmpty else { return nil }
    return try csv.number(row, column, "a number of pairs, or nothing")
  }
}
