import Foundation
import ServingEngine
import SimulationKernel
import Testing
import Workload

/// Recorded prompts at an engine that caches prefixes: what is found is what the recording says.
@Suite struct RecordedPrefixTests {
  private static var data: URL {
    if let path = ProcessInfo.processInfo.environment["PLIMSOLL_DATA"] {
      return URL(fileURLWithPath: path)
    }
    return URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("../shared/data")
  }
  private static let mooncake = data.appendingPathComponent(
    "traces/mooncake_synthetic_trace.jsonl.gz")
  private static let vllm = data.appendingPathComponent(
    "vllm-runs/rtxpro6000-llama-3.1-8b.prefix-blocks.jsonl")

  private struct Row: Decodable {
    var prompt: Int
    var ids: [UInt64]

    enum CodingKeys: String, CodingKey {
      case prompt = "input_length"
      case ids = "hash_ids"
    }
  }

  private struct Logged: Decodable {
    var prompt: Int
    var ids: [UInt64]

    enum CodingKeys: String, CodingKey {
      case prompt = "input_toks"
      case ids = "block_ids"
    }
  }

  private func lines<R: Decodable>(_ file: URL, unzip: Bool = false) throws -> [R] {
    var bytes: Data
    if unzip {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["gzip", "-dc", file.path]
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      bytes = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
    } else {
      bytes = try Data(contentsOf: file)
    }
    return try bytes.split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(R.self, from: Data($0))
    }
  }

  /// Plays prompts one after another, one token of output each, and returns what was found of each.
  private func hits(
    _ prompts: [Int], _ texts: TraceTexts, block: Int, blocks: Int
  ) throws -> [Int] {
    var mixed = StepTimeModel.MixedCoefficients()
    mixed.base = 1e6
    let profile = EngineProfile(
      settings: SchedulerSettings(
        maxBatchedTokens: 1 << 30, maxSequences: 4, blockTokens: block, kvBlocks: blocks,
        prefixCache: true),
      stepTime: StepTimeModel(
        decodeBase: [0, 1_000_000, 1_000_000, 1_000_000, 1_000_000], perKVToken: 0, mixed: mixed))
    var fleet = ReplicaFleet(
      profiles: [profile], replicaProfiles: [0], prefixes: texts.tree)
    var found: [Int] = []
    for (row, prompt) in prompts.enumerated() {
      var features = RequestFeatures()
      features.prefix = texts.leaves[row]
      let slot = fleet.allocateSlot()
      try fleet.enqueue(
        slot, to: 0, at: Int64(row) * 1_000_000, prompt: prompt, output: 1, features: features)
      while fleet.key(of: 0) != WinnerTree.idle {
        if fleet.key(of: 0) & 7 == 0 { fleet.reachBoundary(0) } else { fleet.formBatch(0) }
      }
      found.append(fleet.hitTokens(slot))
      fleet.clearOutcomes()
      fleet.releaseSlot(slot)
    }
    #expect(fleet.totals(0).hitTokens == Int64(found.reduce(0, +)))
    return found
  }

  /// Mooncake's synthetic trace under a cache that forgets nothing: of each prompt what the recording's
  /// ids have seen before, at most all but its last token. 65.1 % of all tokens; the paper says 66 %
  /// (Qin et al., "Mooncake", FAST '25, table of workloads).
  @Test(.enabled(if: FileManager.default.fileExists(atPath: mooncake.path)))
  func mooncakeFindsWhatItsIdsSay() throws {
    let rows: [Row] = try lines(Self.mooncake, unzip: true)
    let csv = try String(
      contentsOf: Self.data.appendingPathComponent("traces/mooncake_synthetic.csv"), encoding: .utf8
    )
    let column = csv.split(separator: "\n").dropFirst().map { Int($0.split(separator: ",")[4])! }
    #expect(rows.count == 3_993 && column.count == rows.count)
    let texts = TraceTexts(rows: rows.map(\.ids), blockTokens: 512)
    let prompts = rows.map(\.prompt)
    let found = try hits(prompts, texts, block: 1, blocks: 1 << 30)
    var whole = 0
    for row in rows.indices {
      #expect(found[row] == min(column[row], prompts[row] - 1), "row \(row)")
      if column[row] == prompts[row] { whole += 1 }
    }
    #expect(found.reduce(0, +) + whole == 39_852_661)
    let share = Double(found.reduce(0, +)) / Double(prompts.reduce(0, +))
    #expect(abs(share - 0.66) < 0.015)
    // Blocks of the recording's size find as much but for the last block of each prompt.
    let coarse = try hits(prompts, texts, block: 512, blocks: 1 << 22)
    for row in rows.indices {
      #expect(coarse[row] == min(column[row], prompts[row] - 1) / 512 * 512, "row \(row)")
    }
    // A cache of 3,000 blocks forgets, but finds something.
    let small = try hits(prompts, texts, block: 512, blocks: 3_000)
    #expect(zip(small, coarse).allSatisfy { $0 <= $1 })
    #expect(small.reduce(0, +) < coarse.reduce(0, +) && small.reduce(0, +) > 0)
  }

  /// The 300 prompts of a recorded vLLM run at its 36,578 blocks of 16 tokens: block for block what an
  /// LRU of the recorded ids finds.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: vllm.path)))
  func recordedRunFindsWhatAnLRUFinds() throws {
    let rows: [Logged] = try lines(Self.vllm)
    let prompts = rows.map(\.prompt)
    #expect(rows.count == 300)
    let texts = TraceTexts(rows: rows.map(\.ids), blockTokens: 16)
    for blocks in [36_578, 2_000] {
      let found = try hits(prompts, texts, block: 16, blocks: blocks)
      #expect(found == lru(rows, blocks: blocks), "\(blocks) blocks")
    }
  }

  /// One request at a time: a list of ids, the next to be taken first; blocks without an id are nil.
  private func lru(_ rows: [Logged], blocks: Int) -> [Int] {
    var queue = [UInt64?](repeating: nil, count: blocks)
    return rows.map { row in
      var hit = 0
      while hit < row.ids.count, (hit + 1) * 16 <= row.prompt - 1,
        queue.contains(row.ids[hit])
      { hit += 1 }
      for id in row.ids.prefix(hit) { queue.remove(at: queue.firstIndex(of: id)!) }
      let needed = (row.prompt + 15) / 16
      queue.removeFirst(needed - hit)
      let full = row.prompt / 16
      var own: [UInt64?] = (0..<needed).map { $0 < full ? row.ids[$0] : nil }
      own.reverse()
      queue += own
      return hit * 16
    }
  }
}
