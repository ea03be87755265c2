import Tables

/// What a page shows of one run, read from its directory. Tables that the run does not have are left out.
struct RunContents: Sendable {
  /// Longest run or estimate, seconds: a hundred years.
  private static let longestSeconds = 36_525.0 * 86_400

  /// What it is called on the page.
  let name: String
  let manifest: Manifest
  /// The scenario with every default written out; `nil` where the run did not leave it.
  let scenario: String?
  let figures: RunFigures
  let pools: PoolHistory?
  let deployments: DeploymentHistory?
  let quotas: QuotaHistory?
  let tenants: TenantHistory?
  let estimates: EstimateHistory?
  let requests: RequestDigest?
  let bill: BillDigest?
  let outlooks: [CommitmentOutlook]
  let commitments: [CommitmentState]
  let incidents: [StoredIncident]
  let capacity: CapacityHistory?
  let jobs: [StoredJob]

  /// Reads `summary.csv`. Throws where there is none.
  static func figures(_ run: StoredRun) throws(TableError) -> RunFigures {
    var reader = try run.table(of: SummaryTable.Record.self)
    var rows: [SummaryTable.Record] = []
    while let row = try reader.next() { rows.append(row) }
    let figures = RunFigures(rows)
    guard 0...longestSeconds ~= figures.seconds, figures.warmupSeconds <= figures.seconds else {
      throw TableError(
        .malformed, path: run.path + "/" + SummaryTable.schema.fileName,
        problem:
          "simulated_time is \(figures.seconds) s and \(figures.warmupSeconds) s of it were left "
          + "out, expected less than a hundred years and no more than all of it",
        advice: "run the scenario again")
    }
    return figures
  }

  /// Reads the other tables. O(rows). Throws where a table is out of form.
  init(
    _ run: StoredRun, name: String, figures: RunFigures, bins: TimeBins
  ) throws(TableError) {
    self.name = name
    self.figures = figures
    manifest = run.manifest
    scenario = try run.text(of: RunDirectory.scenarioFile)
    func read<Value>(
      _ schema: TableSchema, _ make: (consuming CSVReader) throws(TableError) -> Value
    ) throws(TableError) -> Value? {
      guard let reader = try run.rows(of: schema) else { return nil }
      return try make(reader)
    }
    pools = try read(PoolsMinuteTable.schema) { (reader) throws(TableError) in
      try PoolHistory(reader, bins)
    }
    deployments = try read(DeploymentMinuteRow.schema) { (reader) throws(TableError) in
      try DeploymentHistory(reader, bins)
    }
    quotas = try read(QuotaMinuteRow.schema) { (reader) throws(TableError) in
      try QuotaHistory(reader, bins)
    }
    tenants = try read(TenantMinuteRow.schema) { (reader) throws(TableError) in
      try TenantHistory(reader, bins)
    }
    estimates = try read(DeploymentEstimateRow.schema) { (reader) throws(TableError) in
      try EstimateHistory(reader, bins)
    }
    requests = try read(RequestsTable.schema) { (reader) throws(TableError) in
      try RequestDigest(reader, warmupSeconds: figures.warmupSeconds)
    }
    bill = try read(ChargeRow.schema) { (reader) throws(TableError) in try BillDigest(reader) }
    outlooks =
      try read(CommitmentMonthRow.schema) { (reader) throws(TableError) in
        try CommitmentOutlook.all(reader)
      } ?? []
    commitments =
      try read(CommitmentDayRow.schema) { (reader) throws(TableError) in
        try CommitmentState.all(reader)
      } ?? []
    incidents =
      try read(IncidentRow.schema) { (reader) throws(TableError) in try StoredIncident.all(reader)
      } ?? []
    capacity = try read(CapacityEventRow.schema) { (reader) throws(TableError) in
      try CapacityHistory(reader, bins)
    }
    jobs =
      try read(TrainingJobRow.schema) { (reader) throws(TableError) in try StoredJob.all(reader) }
      ?? []
  }
}

extension RunContents {
  /// Pools whose number of replicas can change, in the order of `summary.csv`.
  var elasticPools: [String] {
    figures.scopes(.pool).filter { figures.figure(.pool, $0, "replicas_ready_mean") != nil }
  }
}
