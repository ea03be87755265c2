import SimulationKernel
import Statistics
import Tables

/// Replications in a run directory: `replications.csv`, `intervals.csv`, the manifest.
public enum StoredStudy {
  /// Writes a study. Nothing looks whole where that fails.
  ///
  /// - Throws: ``TableError``.
  public static func write(
    _ runs: [RunFigures], level: Double, in directory: RunDirectory, _ manifest: Manifest
  ) throws(TableError) {
    var table: TextTableFile<ReplicationRow> = try directory.table(of: ReplicationRow.self)
    for (number, run) in runs.enumerated() {
      for (key, value) in zip(run.keys, run.values) {
        try table.append(
          ReplicationRow(
            replication: number, seed: run.seed, fingerprint: run.fingerprint,
            scopeKind: key.scopeKind, scope: key.scope, metric: key.metric, unit: key.unit,
            source: key.source, value: value))
      }
    }
    let finished = try table.finish()
    let samples = FigureSamples(runs)
    let intervals = try writeIntervals(
      samples.keys.map { ($0, samples.values($0)) }, level: level, in: directory)
    try directory.complete(manifest, tables: [finished, intervals])
  }

  /// Writes `intervals.csv` of figures with their values.
  public static func writeIntervals(
    _ figures: [(key: FigureKey, values: [Double])], level: Double, in directory: RunDirectory
  ) throws(TableError) -> FinishedTable {
    var table: TextTableFile<IntervalRow> = try directory.table(of: IntervalRow.self)
    for (key, values) in figures {
      let moments = SampleMoments(values)
      guard let minimum = values.min(), let maximum = values.max() else { continue }
      try table.append(
        IntervalRow(
          scopeKind: key.scopeKind, scope: key.scope, metric: key.metric, unit: key.unit,
          source: key.source, count: moments.count, mean: moments.mean,
          halfWidth: ConfidenceInterval(moments, level: level)?.halfWidth, level: level,
          deviation: moments.count > 1 ? moments.deviation : nil, minimum: minimum,
          maximum: maximum))
    }
    return try table.finish()
  }

  /// Reads the replications of a stored study, or the one run of a directory without.
  ///
  /// - Throws: ``TableError`` where the directory holds no whole run, or one of another version.
  public static func read(_ path: String) throws(TableError) -> [RunFigures] {
    let run = try StoredRun(path: path)
    guard run.manifest.tables.contains(where: { $0.file == ReplicationRow.schema.fileName }) else {
      return [try single(run)]
    }
    var reader = try run.table(of: ReplicationRow.Record.self)
    var runs: [RunFigures] = []
    while let row = try reader.next() {
      let key = FigureKey(
        scopeKind: row.scopeKind, scope: row.scope, metric: row.metric, unit: row.unit,
        source: row.source)
      if row.replication == runs.count {
        runs.append(
          RunFigures(
            keys: [], values: [], seed: row.seed, fingerprint: row.fingerprint, requests: 0,
            isComplete: true))
      }
      guard row.replication == runs.count - 1, runs[row.replication].seed == row.seed else {
        throw TableError(
          .malformed, path: path + "/" + ReplicationRow.schema.fileName,
          problem: "replication \(row.replication) is out of order",
          advice: "run the study again")
      }
      runs[row.replication].keys.append(key)
      runs[row.replication].values.append(row.value)
    }
    guard !runs.isEmpty else {
      throw TableError(
        .malformed, path: path + "/" + ReplicationRow.schema.fileName,
        problem: "no replications in it", advice: "run the study again")
    }
    return runs
  }

  private static func single(_ run: StoredRun) throws(TableError) -> RunFigures {
    var reader = try run.table(of: SummaryTable.Record.self)
    var figures = RunFigures(
      keys: [], values: [], seed: run.manifest.seed, fingerprint: run.manifest.fingerprint,
      requests: Int64(run.manifest.requests), isComplete: true)
    while let row = try reader.next() {
      figures.keys.append(
        FigureKey(
          scopeKind: row.scopeKind.rawValue, scope: row.scope, metric: row.metric, unit: row.unit,
          source: row.source.rawValue))
      figures.values.append(row.value)
    }
    return figures
  }
}
