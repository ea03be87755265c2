import SimulationKernel

/// Recorded requests, one row each, ordered by time.
///
/// Columns are contiguous arrays that all copies of a replay share.
public struct TraceRows: Sendable {
  /// What the rows are called in messages, usually the file's name.
  public let name: String
  /// When each request came, nanoseconds from the start of the trace, ascending.
  public let times: [Int64]
  /// Prompt length of each request, tokens, at least 1.
  public let promptTokens: [Int32]
  /// Output length of each request, tokens, at least 1.
  public let outputTokens: [Int32]
  /// How many lengths were recorded as zero and are read as 1: a request that fails at once still
  /// loads the system, and an engine has no empty requests.
  public let raisedLengths: Int
  /// How long one pass of a looping replay takes. In a recording it is the last time plus one mean gap,
  /// so that the first request of the next pass follows the last as if the recording had gone on; the
  /// mean gap is (last time - first time) / (rows - 1), one second where that is zero.
  public let span: Duration
  /// What the prompts begin with; `nil` where that was not recorded.
  public let texts: TraceTexts?

  /// Longest time, length and number of rows a trace may have: 73 years, a billion tokens, 2^31 - 1.
  static let longestTime = SimTime.never.nanoseconds
  static let longestLength = 1_000_000_000

  /// Creates a trace from its columns; rows are sorted by time, rows of one instant keep their order.
  ///
  /// Zero lengths become 1 and are counted in ``raisedLengths``.
  ///
  /// - Throws: where there are no rows, or a time or length is out of range; `line` is then the row
  ///   from 1.
  /// - Complexity: O(n log n), O(n) for rows that are in order.
  ///
  /// - Parameter texts: What the prompts begin with, a leaf for each row in the order given.
  public init(
    name: String, times: [Int64], promptTokens: [Int32], outputTokens: [Int32],
    texts: TraceTexts? = nil
  ) throws(TraceError) {
    precondition(texts == nil || texts?.leaves.count == times.count)
    precondition(times.count == promptTokens.count && times.count == outputTokens.count)
    for row in times.indices {
      guard times[row] >= 0 && times[row] <= Self.longestTime else {
        throw TraceError(
          file: name, line: row + 1,
          problem: "found a time of \(times[row]) ns, expected one from 0 up to 73 years")
      }
      for length in [promptTokens[row], outputTokens[row]]
      where length < 0 || length > Self.longestLength {
        throw TraceError(
          file: name, line: row + 1,
          problem: "found a length of \(length) tokens, expected one of 0 to \(Self.longestLength)")
      }
    }
    try self.init(
      name: name, checkedTimes: times, promptTokens: promptTokens, outputTokens: outputTokens,
      texts: texts)
  }

  init(
    name: String, checkedTimes: [Int64], promptTokens: [Int32], outputTokens: [Int32],
    span: Duration? = nil, texts: TraceTexts? = nil
  ) throws(TraceError) {
    guard !checkedTimes.isEmpty else {
      throw TraceError(file: name, problem: "found no rows, expected at least one request")
    }
    precondition(checkedTimes.count < Int(Int32.max), "a trace has fewer than 2^31 rows")
    self.name = name
    raisedLengths =
      promptTokens.reduce(0) { $0 + ($1 == 0 ? 1 : 0) }
      + outputTokens.reduce(0) { $0 + ($1 == 0 ? 1 : 0) }
    let (first, last) = (checkedTimes.min() ?? 0, checkedTimes.max() ?? 0)
    let gap = checkedTimes.count > 1 ? (last - first) / Int64(checkedTimes.count - 1) : 0
    self.span = span ?? Duration(nanoseconds: last + (gap > 0 ? gap : 1_000_000_000))
    precondition(self.span.nanoseconds > last, "a pass ends after its last row")
    let inOrder = zip(checkedTimes, checkedTimes.dropFirst()).allSatisfy { $0 <= $1 }
    if inOrder {
      times = checkedTimes
      self.promptTokens = promptTokens.map { max($0, 1) }
      self.outputTokens = outputTokens.map { max($0, 1) }
      self.texts = texts
    } else {
      // The row number as second key makes the sort stable by contract, not by implementation.
      let order = checkedTimes.indices.sorted { (checkedTimes[$0], $0) < (checkedTimes[$1], $1) }
      times = order.map { checkedTimes[$0] }
      self.promptTokens = order.map { max(promptTokens[$0], 1) }
      self.outputTokens = order.map { max(outputTokens[$0], 1) }
      self.texts = texts?.reordered(order)
    }
  }

  /// Number of requests.
  public var count: Int { times.count }

  /// Number of rows before `time`.
  ///
  /// - Complexity: O(log n).
  func rows(before time: Int64) -> Int { times.partitioningIndex { $0 >= time } }
}

extension Array {
  /// The index of the first element that satisfies `predicate`, where all that do come last.
  func partitioningIndex(where predicate: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if predicate(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
