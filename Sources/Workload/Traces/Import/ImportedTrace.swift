/// Recorded requests as they are brought in, in columns: sixteen bytes a request, and eight for each hash
/// of a block.
public struct ImportedTrace: Sendable {
  /// When each request came, nanoseconds, ascending.
  public private(set) var times: [Int64] = []
  /// Prompt lengths, tokens.
  public private(set) var promptTokens: [Int32] = []
  /// Output lengths, tokens; 0 for requests that failed and were kept.
  public private(set) var outputTokens: [Int32] = []
  /// Hashes of the prompts' blocks, one request after the other; empty where the recording has none.
  public private(set) var hashes: [UInt64] = []
  /// Where each request's hashes end in ``hashes``; empty where the recording has none.
  public private(set) var hashEnds: [Int] = []
  /// Tokens of a block that is hashed; `nil` where the recording has no hashes.
  public var blockTokens: Int?
  /// Requests that failed and were left out.
  public internal(set) var leftOut = 0
  /// What a reader should know.
  public var notes: [String] = []
  /// Where each request lies in the columns of hashes, once rows were put in order.
  private var order: [Int]?

  /// An import of nothing.
  public init() {}

  /// Number of requests.
  public var count: Int { times.count }

  /// Adds a request, in any order of time.
  public mutating func append(
    time: Int64, prompt: Int32, output: Int32, hashes new: [UInt64]? = nil
  ) {
    precondition(order == nil && time >= 0 && prompt >= 0 && output >= 0)
    times.append(time)
    promptTokens.append(prompt)
    outputTokens.append(output)
    if let new {
      hashes += new
      hashEnds.append(hashes.count)
    }
    precondition(hashEnds.isEmpty || hashEnds.count == times.count, "hashes of all or of none")
  }

  /// The hashes of a request's blocks.
  public func hashes(of row: Int) -> ArraySlice<UInt64> {
    let place = order?[row] ?? row
    return hashes[(place == 0 ? 0 : hashEnds[place - 1])..<hashEnds[place]]
  }

  /// Puts the requests in order of time, those of one instant as they stood, and counts time from the
  /// first where `rebased`.
  ///
  /// - Complexity: O(n log n), O(n) where they are in order.
  mutating func finish(rebased: Bool) {
    let first = rebased ? times.min() ?? 0 : 0
    if first != 0 { for row in times.indices { times[row] -= first } }
    guard zip(times, times.dropFirst()).contains(where: { $0 > $1 }) else { return }
    // The row number as second key makes the sort stable by contract.
    let sorted = times.indices.sorted { (times[$0], $0) < (times[$1], $1) }
    times = sorted.map { times[$0] }
    promptTokens = sorted.map { promptTokens[$0] }
    outputTokens = sorted.map { outputTokens[$0] }
    order = sorted
  }

  /// Writes the trace as CSV in pieces of bytes: `t_s,prompt_tokens,output_tokens` and, where there are
  /// hashes, `hash_ids` with blanks between and `block_tokens`. Times are exact.
  ///
  /// - Complexity: O(bytes), a piece of memory.
  public func write<Failure: Error>(
    _ body: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    var piece = Array("t_s,prompt_tokens,output_tokens".utf8)
    let hasHashes = !hashEnds.isEmpty
    if hasHashes { piece += Array(",hash_ids,block_tokens".utf8) }
    piece.append(UInt8(ascii: "\n"))
    for row in times.indices {
      Self.appendSeconds(times[row], to: &piece)
      piece += Array(",\(promptTokens[row]),\(outputTokens[row])".utf8)
      if hasHashes {
        piece.append(UInt8(ascii: ","))
        for (index, hash) in hashes(of: row).enumerated() {
          if index > 0 { piece.append(UInt8(ascii: " ")) }
          piece += Array("\(hash)".utf8)
        }
        piece += Array(",\(blockTokens ?? 0)".utf8)
      }
      piece.append(UInt8(ascii: "\n"))
      if piece.count >= 1 << 16 {
        try body(piece)
        piece.removeAll(keepingCapacity: true)
      }
    }
    if !piece.isEmpty { try body(piece) }
  }

  /// Seconds with as many decimals as nanoseconds need.
  private static func appendSeconds(_ nanoseconds: Int64, to bytes: inout [UInt8]) {
    bytes += Array("\(nanoseconds / 1_000_000_000)".utf8)
    var rest = nanoseconds % 1_000_000_000
    if rest == 0 { return }
    bytes.append(UInt8(ascii: "."))
    var scale: Int64 = 100_000_000
    while rest > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(rest / scale))
      rest %= scale
      scale /= 10
    }
  }
}
