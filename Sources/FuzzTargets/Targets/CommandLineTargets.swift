import Estimate
import Experiment
import Multicloud
import Page
import Runner
import Scenario

/// Values of the command line, and small files that are named there.
enum CommandLineTargets {
  static let all = [argument, placements, library]

  private static let kinds = [
    "span", "range", "sample", "share", "variant", "precision", "shard", "vary", "shards",
  ]

  private static let argument = FuzzTarget(
    "argument", parses: "values of options: times, ranges, rates, shares, targets, shards",
    weight: 120,
    dictionary: kinds.map { $0 + ":" } + [
      "30m..31m", "..", "1/10", "0/4", "0.5%", "ttft_p95: 2%", "azure/eastus2/chat=2..12",
      "10000000000s",
      "a: gateway.route=nearest; seed=3", ";", "=", "9223372036854775807y", "-9223372036854775808",
    ]
  ) { input in
    // The kind of option, a colon, its value.
    let text = try FuzzRefusal.text(input)
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw FuzzRefusal("expected an option, a colon and a value") }
    let value = String(parts[1])
    func expect(_ isTaken: Bool) throws {
      if !isTaken { throw FuzzRefusal("no value of \(parts[0])") }
    }
    switch parts[0] {
    case "span": try expect(ArgumentText.span(value) != nil)
    case "range":
      let range = ArgumentText.range(value)
      try expect(range != nil)
      if let range {
        try FuzzViolation.unless(range.from < range.until, "a range that ends before it begins")
      }
    case "sample": try expect(ArgumentText.sampleRate(value) != nil)
    case "share":
      let share = ArgumentText.share(value)
      try expect(share != nil)
      try FuzzViolation.unless((share ?? 0).isFinite, "a share that is no number")
    case "variant": try expect(ArgumentText.variant(value) != nil)
    case "precision": try expect(PrecisionTarget(value) != nil)
    case "shard":
      let shard = try Shard(value)
      try FuzzViolation.unless(
        0..<shard.count ~= shard.index && 0..<shard.count ~= Shard.index(of: 5, count: shard.count),
        "a shard that is none of its count")
    case "shards":
      let words = value.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      let names = [
        "SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN",
        "SLURM_ARRAY_TASK_STEP",
      ]
      var environment: [String: String] = [:]
      for (name, word) in zip(names, words) { environment[name] = word }
      _ = try Shard.fromEnvironment(environment, shards: nil)
    case "vary": _ = try PlacementList(ranges: smallRanges(value), world: world)
    default: throw FuzzRefusal("no option '\(parts[0].prefix(40))'")
    }
  }

  /// Ranges as given, refused where they are good but a million combinations would only cost time.
  private static func smallRanges(_ value: String) throws -> [String] {
    let ranges = value.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
    let digits = value.utf8.filter { 48...57 ~= $0 }.count
    if digits > 12, ranges.count > 1 { throw FuzzRefusal("too many combinations to try here") }
    return ranges
  }

  private static let world: World = {
    do {
      return try ScenarioDocument(text: BaseScenario.text, path: FuzzTarget.fileName)
        .world(catalog: ScenarioTargets.catalog, dataDirectory: nil).world
    } catch {
      preconditionFailure("the fuzzer's own scenario: \(error)")
    }
  }()

  private static let placements = FuzzTarget(
    "placements", parses: "a table of placements for estimate", weight: 60,
    dictionary: [
      "azure/eastus2/chat", "azure/westeurope/near", "1000000", "1000001", "-0", "+1", " 3 ",
    ],
    namesFile: true
  ) { input in
    let list = try PlacementList(table: input, path: FuzzTarget.fileName, world: world)
    try FuzzViolation.unless(
      !list.placements.isEmpty
        && list.placements.allSatisfy {
          $0.replicas.allSatisfy { 0...PlacementList.mostReplicas ~= $0 }
        },
      "placements without a count")
  }

  private static let library = FuzzTarget(
    "chart-library", parses: "the library of charts for pages", weight: 10,
    dictionary: ["/*!", "Chart.js v3.9.1", "Chart.js v4", "</script", "</SCRIPT>", "*/"],
    namesFile: true
  ) { input in
    _ = try ChartLibrary(path: ScratchFolder.shared.write(input))
  }
}
