import Catalog
import Experiment
import Foundation
import Scenario
import Tables
import Testing

/// Sweeps in this process: identities, shards, merges, and what is refused.
@Suite("Sweeps") struct SweepTests {
  private static let catalog = Result { try Catalog.bundled() }

  private static let scenario = """
    plimsoll: 1
    horizon: 5s
    clouds:
      azure:
        regions:
          eastus2:
            pools:
              chat: { accelerator: H100-SXM, model: llama-3.1-8b, replicas: 2 }
    workloads:
      chat:
        model: llama-3.1-8b
        arrivals: { poisson: 20/s }
        shape: { fixed: { prompt: 64, output: 16 } }
        origins: { us-east: 1 }

    """

  private static let grid = """
    scenario: s.yaml
    axes:
      workloads.chat.arrivals.poisson: [10/s, 20/s]
      gateway.route: [nearest, least-loaded]
    seeds: 2
    """

  private func sweep(
    _ text: String = grid, scenario: String = scenario, version: String = "1"
  ) throws -> Sweep {
    let plan = try SweepPlan(text: text, path: "p.yaml") { _ in scenario }
    return try Sweep(
      plan,
      Sweep.Source(
        catalog: Self.catalog.get(), dataDirectory: nil, overrides: [], seed: nil,
        toolVersion: version), pool: WorkPool(threads: 2))
  }

  @discardableResult
  private func run(
    _ sweep: Sweep, in folder: SweepFolder, shard: Shard = .whole, threads: Int = 2
  ) throws -> SweepRun.Progress {
    try SweepRun(sweep, into: folder, shard: shard, pool: WorkPool(threads: threads)).run(
      progress: { _ in }, shouldContinue: { true })
  }

  private func merged(_ sweep: Sweep, _ folders: [SweepFolder], in place: Folder) throws -> Data {
    let path = place.path("merged-\(UUID().uuidString)/results.csv")
    _ = try SweepMerge(sweep, from: folders).write(to: path)
    return try Data(contentsOf: URL(fileURLWithPath: path))
  }

  private func problem(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test func identitiesTellEverythingApart() throws {
    let all = try sweep().cells.map(\.identity)
    #expect(all.count == 8 && Set(all).count == 8)
    #expect(try sweep().cells.map(\.identity) == all)
    let changed = [
      try sweep(version: "2"), try sweep(scenario: Self.scenario + "# a comment\n"),
    ]
    for other in changed { #expect(Set(other.cells.map(\.identity)).isDisjoint(with: all)) }
    // More seeds and values keep the cells there are.
    let larger = try sweep(Self.grid.replacing("20/s]", with: "20/s, 30/s]") + "3").cells
    #expect(Set(all).isSubset(of: larger.map(\.identity)) && larger.count == 6 * 23)
  }

  @Test func cellsAreDealtEvenly() throws {
    for count in 1...12 {
      let dealt = (0..<120).map { Shard.index(of: $0, count: count) }
      let sizes = (0..<count).map { shard in dealt.filter { $0 == shard }.count }
      #expect(sizes.max()! - sizes.min()! <= 1, "\(count)")
      // 6 values × 20 seeds: as many shards as seeds must not get a seed each.
      guard count > 1 else { continue }
      for shard in 0..<count {
        let own = dealt.indices.filter { dealt[$0] == shard }
        #expect(Set(own.map { $0 % 20 }).count >= min(8, own.count), "\(count)")
        #expect(Set(own.map { $0 / 20 }).count >= 5, "\(count)")
      }
    }
  }

  @Test func anySplitMergesToTheSameBytes() throws {
    let place = try Folder()
    let sweep = try sweep()
    let whole = SweepFolder(place.path("whole"))
    try run(sweep, in: whole, threads: 1)
    let bytes = try merged(sweep, [whole], in: place)
    #expect(bytes.count > 1000)
    for count in [2, 3, 7, 11] {
      let folders = (0..<count).map { SweepFolder(place.path("\(count)-\($0)")) }
      for index in 0..<count {
        try run(sweep, in: folders[index], shard: Shard(index, of: count))
      }
      #expect(try merged(sweep, folders, in: place) == bytes)
      #expect(try merged(sweep, folders.reversed(), in: place) == bytes)
      #expect(try merged(sweep, folders + [whole], in: place) == bytes)
    }
  }

  @Test func aRunComputesOnlyWhatIsMissing() throws {
    let place = try Folder()
    let sweep = try sweep()
    let folder = SweepFolder(place.path("out"))
    #expect(try run(sweep, in: folder, shard: Shard(1, of: 2)).computed == 4)
    let rest = try run(sweep, in: folder)
    #expect(rest.skipped == 4 && rest.computed == 4 && rest.left == 0)
    #expect(try run(sweep, in: folder).computed == 0)
  }

  @Test func everyCutOffCellIsRecognised() throws {
    let place = try Folder()
    let sweep = try sweep()
    let folder = SweepFolder(place.path("out"))
    try run(sweep, in: folder)
    let bytes = try merged(sweep, [folder], in: place)
    let victim = place.path("out/cells/\(sweep.cells[3].identity).csv")
    let good = try Data(contentsOf: URL(fileURLWithPath: victim))
    // Cut anywhere, the last byte alone included; a digit changed; a line left out; a closing row alone.
    var bad = stride(from: 0, to: good.count, by: 97).map { good.prefix($0) }
    bad.append(good.dropLast())
    var changed = good
    changed[good.count / 2] ^= 1
    bad.append(changed)
    let lines = good.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    bad.append(Data((lines[..<9] + lines[10...]).joined(separator: [UInt8(ascii: "\n")])))
    bad.append(Data(lines.suffix(2).joined(separator: [UInt8(ascii: "\n")])))
    for (index, text) in bad.enumerated() {
      try Data(text).write(to: URL(fileURLWithPath: victim))
      #expect(
        problem { _ = try merged(sweep, [folder], in: place) }.hasPrefix(
          "error: 1 of 8 cells are missing (1 half-written): cell 4 ("), "\(index)")
    }
    let again = try run(sweep, in: folder)
    #expect(again.computed == 1 && again.halfWritten == 1)
    #expect(try Data(contentsOf: URL(fileURLWithPath: victim)) == good)
    #expect(try merged(sweep, [folder], in: place) == bytes)
  }

  @Test func overlappingCellsMustAgree() throws {
    let place = try Folder()
    let sweep = try sweep()
    let (a, b) = (SweepFolder(place.path("a")), SweepFolder(place.path("b")))
    try run(sweep, in: a)
    try run(sweep, in: b, shard: Shard(0, of: 2))
    let cell = try #require(sweep.cells.first { Shard.index(of: $0.index, count: 2) == 0 })
    let path = place.path("b/cells/\(cell.identity).csv")
    var table = try CellTable(path: path)
    table.figures[0].value += "1"
    try Data(table.bytes()).write(to: URL(fileURLWithPath: path))
    let text = problem { _ = try merged(sweep, [a, b], in: place) }
    #expect(
      text.contains("hold the same cell (\(sweep.name(cell))) with other bytes"))
    // Under another cell's name it is none of either.
    let wrong = place.path("b/cells/\(sweep.cells[7].identity).csv")
    try? FileManager.default.removeItem(atPath: wrong)
    try FileManager.default.moveItem(atPath: path, toPath: wrong)
    #expect(
      problem { _ = try merged(sweep, [b], in: place) }.contains(
        "the file holds another cell than its name says"))
  }

  @Test func foreignCellsAreRefusedAndExplained() throws {
    let place = try Folder()
    let sweep = try sweep()
    let others: [(Sweep, String)] = [
      (try self.sweep(version: "0.9"), "was made by version 0.9, this is 1"),
      (
        try self.sweep(scenario: Self.scenario + "#\n"),
        "was made from another scenario, or 's.yaml' has been changed"
      ),
      (
        try self.sweep("scenario: s.yaml\naxes: { warmup: [1s] }\nseeds: [9]"),
        "is warmup=1s, seed 9"
      ),
    ]
    for (index, (other, reason)) in others.enumerated() {
      let folder = SweepFolder(place.path("f\(index)"))
      try run(sweep, in: folder)
      try run(other, in: folder)
      let text = problem { _ = try merged(sweep, [folder], in: place) }
      #expect(text.contains("not of this plan") && text.contains(reason), "\(text)")
      #expect(try folder.prune(to: sweep) == other.cells.count)
      _ = try merged(sweep, [folder], in: place)
    }
    try FileManager.default.createDirectory(
      atPath: place.path("g/cells"), withIntermediateDirectories: true)
    try Data().write(to: URL(fileURLWithPath: place.path("g/cells/notes.txt")))
    #expect(
      problem { _ = try merged(sweep, [SweepFolder(place.path("g"))], in: place) }.contains(
        "holds what no sweep writes: 'notes.txt'"))
  }

  @Test func missingCellsAreNamedUnlessTheyMayBe() throws {
    let place = try Folder()
    let sweep = try sweep()
    let folder = SweepFolder(place.path("out"))
    try run(sweep, in: folder, shard: Shard(0, of: 2))
    let path = place.path("r/results.csv")
    let lost = sweep.cells.filter { Shard.index(of: $0.index, count: 2) == 1 }
    let named = lost.prefix(3).map { "cell \($0.index + 1) (\(sweep.name($0)))" }
    #expect(
      problem { _ = try SweepMerge(sweep, from: [folder]).write(to: path) }.hasPrefix(
        "error: 4 of 8 cells are missing: \(named.joined(separator: "; ")), …; run the sweep again")
    )
    #expect(sweep.name(sweep.cells[3]) == "poisson=10/s, route=least-loaded, seed 2")
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.path("r")).isEmpty)
    let outcome = try SweepMerge(sweep, from: [folder], allowsMissing: true).write(to: path)
    #expect(outcome.cells == 4 && outcome.missing.count == 4)
    let manifest = try String(
      contentsOfFile: place.path("r/results.manifest.json"), encoding: .utf8)
    #expect(manifest.contains("\"complete\": false"))
    #expect(lost.allSatisfy { manifest.contains($0.identity) })
    let schema = try TableReader<SchemaRecord>.all(path: place.path("r/results.schema.csv"))
    let header = try #require(
      String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").first)
    #expect(schema.map(\.column).joined(separator: ",") == header)
  }

  @Test func figuresAreKeptByName() throws {
    let place = try Folder()
    let all = try sweep()
    let folder = SweepFolder(place.path("out"))
    try run(all, in: folder)
    func metrics(_ figures: String) throws -> Set<String> {
      let text = try merged(try sweep(Self.grid + "\nfigures: \(figures)"), [folder], in: place)
      return Set(
        String(decoding: text, as: UTF8.self).split(separator: "\n").dropFirst().map {
          $0.split(separator: ",", omittingEmptySubsequences: false)[4...6].joined(separator: " ")
        })
    }
    #expect(try metrics("[ttft_p95]").contains("workload chat ttft_p95"))
    #expect(try metrics("[chat ttft_p95]") == ["workload chat ttft_p95"])
    #expect(try metrics("['chat ttft_p9*']").count >= 3)
    #expect(
      problem { _ = try metrics("[ttft_p96]") }.contains(
        "no cell has a figure 'ttft_p96' (did you mean 'ttft_p9"))
  }

  @Test func aCombinationThatMakesNoWorldIsFoundBeforeAnyRuns() {
    let text = problem {
      _ = try sweep("scenario: s.yaml\naxes: { warmup: [1s, 7s], horizon: [5s, 8s] }")
    }
    #expect(text.contains("with warmup=7s, horizon=5s:"))
    #expect(text.contains("warmup is not shorter than the horizon"))
    #expect(!text.contains("horizon=8s"))
  }

  @Test(
    arguments: [
      (
        ["SLURM_ARRAY_TASK_ID": "5", "SLURM_ARRAY_TASK_MIN": "3", "SLURM_ARRAY_TASK_COUNT": "4"],
        nil, "2/4"
      ),
      (
        [
          "SLURM_ARRAY_TASK_ID": "8", "SLURM_ARRAY_TASK_MIN": "2", "SLURM_ARRAY_TASK_STEP": "3",
          "SLURM_ARRAY_TASK_COUNT": "4",
        ], nil, "2/4"
      ),
      // One task of seven submitted again by itself.
      (
        ["SLURM_ARRAY_TASK_ID": "5", "SLURM_ARRAY_TASK_MIN": "5", "SLURM_ARRAY_TASK_COUNT": "1"], 7,
        "5/7"
      ),
      (["JOB_COMPLETION_INDEX": "0"], 3, "0/3"),
      (["AWS_BATCH_JOB_ARRAY_INDEX": "9", "AWS_BATCH_JOB_ARRAY_SIZE": "10"], nil, "9/10"),
      (["PATH": "/bin"], nil, "none"),
      (
        ["JOB_COMPLETION_INDEX": "1"], nil,
        "error: JOB_COMPLETION_INDEX is 1, but nothing says how many shards there are: give --shards n, or "
          + "--shard 0/1 for all cells"
      ),
      (["JOB_COMPLETION_INDEX": "3"], 3, "error: shard 3 of 3: shards are counted from 0 to 2"),
      (
        ["SLURM_ARRAY_TASK_ID": "x"], 3,
        "error: SLURM_ARRAY_TASK_ID is 'x', expected a whole number"
      ),
    ] as [([String: String], Int?, String)])
  func enginesSayWhichPart(_ environment: [String: String], _ shards: Int?, _ wanted: String) {
    var found = "none"
    let failure = problem {
      if let (shard, _) = try Shard.fromEnvironment(environment, shards: shards) {
        found = "\(shard.index)/\(shard.count)"
      }
    }
    #expect((failure.isEmpty ? found : failure) == wanted)
  }

  @Test(arguments: ["", "1", "1/", "a/b", "2/2", "-1/2", "0/0", "1/2/3"])
  func partsOutOfForm(_ text: String) {
    #expect(throws: SweepError.self) { try Shard(text) }
  }
}

/// A row of a schema table.
private struct SchemaRecord: TableRecord {
  static let schema = SchemaTable.schema
  var column: String

  init(_ reader: borrowing CSVReader) throws(TableError) { column = try reader.text(1) }
}

/// A folder that goes away with its test.
private final class Folder {
  private let root: String

  init() throws {
    root = NSTemporaryDirectory() + "plimsoll-sweeps-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  func path(_ name: String) -> String { root + "/" + name }
}
