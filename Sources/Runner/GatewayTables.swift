import Multicloud
import SimulationKernel
import Tables
import Workload

/// The tables of the gateway: decisions, attempts, chains, and minutes of deployments, quotas and
/// tenants. Those that a world has nothing for are not started.
struct GatewayTables: ~Copyable {
  private let world: World
  private let stageStarts: [Int]
  private var decisions: RowTable<DecisionRow>?
  private var candidates: RowTable<DecisionCandidateRow>?
  private var attempts: RowTable<AttemptRow>?
  private var stages: RowTable<ChainStageRow>?
  private var deployments: RowTable<DeploymentMinuteRow>?
  private var quotas: RowTable<QuotaMinuteRow>?
  private var tenants: RowTable<TenantMinuteRow>?

  init(_ world: World, level: TableLevel, in directory: RunDirectory) throws(TableError) {
    self.world = world
    var starts: [Int] = []
    var stageNames: [String] = []
    for workload in world.workloads {
      starts.append(stageNames.count)
      stageNames += (workload.chain?.stages ?? []).map { "\(workload.spec.name)/\($0.name)" }
    }
    stageStarts = starts
    let names = world.deploymentNames
    let reasons = RequestRecord.Reason.allCases.map(\.word)
    if level >= .audit {
      decisions = try directory.table(
        of: DecisionRow.self,
        names: [
          names, [world.gateway.policy, "provider"],
          DecisionRecord.Occasion.allCases.map(\.word),
        ])
      attempts = try directory.table(of: AttemptRow.self, names: [names, reasons])
      if !stageNames.isEmpty {
        stages = try directory.table(
          of: ChainStageRow.self,
          names: [
            stageNames, Self.stageKinds, world.regions.indices.map(world.regionName),
            RequestRecord.Status.allCases.map(\.word),
          ])
      }
    }
    if level >= .full {
      candidates = try directory.table(
        of: DecisionCandidateRow.self, names: [names, Eligibility.allCases.map(\.word)])
    }
    guard level >= .summary, world.hasGatewayRules || level >= .audit else { return }
    deployments = try directory.table(
      of: DeploymentMinuteRow.self, names: world.deploymentMinuteNames)
    if !world.quotas.isEmpty {
      quotas = try directory.table(
        of: QuotaMinuteRow.self,
        names: [
          world.quotas.map(\.name), world.quotas.map(\.rule.word), world.quotas.map(\.rule.unit),
        ])
    }
    tenants = try directory.table(
      of: TenantMinuteRow.self,
      names: [
        world.tenantNames.map(\.tenant), world.tenantNames.map(\.project), world.workloadNames,
      ])
  }

  private static let stageKinds = Chain.Timed.Kind.allCases.map(\.word) + ["call"]

  mutating func append(_ row: borrowing DecisionRecord) throws(TableError) {
    let isSpillover = row.occasion == .spillover
    try decisions?.append(
      DecisionRow(
        decision: row.number, request: Int64(row.request), attempt: Int(row.attempt),
        time: row.time, policy: isSpillover ? 1 : 0, candidates: row.candidates,
        eligible: row.eligible, chosen: Int(row.chosen), score: isSpillover ? nil : row.score,
        runnerUp: Int(row.runnerUp), runnerUpScore: row.runnerUp < 0 ? nil : row.runnerUpScore,
        reason: Int(row.occasion.rawValue), snapshotAge: row.snapshotAge))
  }

  mutating func append(_ row: borrowing CandidateRecord) throws(TableError) {
    try candidates?.append(
      DecisionCandidateRow(
        decision: row.decision, deployment: Int(row.deployment),
        rejection: row.eligibility == .eligible ? -1 : Int(row.eligibility.rawValue),
        score: row.score, outstanding: row.outstanding,
        load: Ratio(row.outstanding, over: row.slots), expectedCost: row.picodollars,
        roundTrip: row.roundTrip))
  }

  mutating func append(_ row: borrowing AttemptRecord) throws(TableError) {
    let status = row.reason.httpStatus
    try attempts?.append(
      AttemptRow(
        number: row.number, request: Int64(row.request), decision: row.decision,
        attempt: Int(row.attempt), deployment: Int(row.deployment), start: row.start, end: row.end,
        httpStatus: row.end < 0 || status == 0 ? -1 : status,
        cause: row.reason == .none ? -1 : Int(row.reason.rawValue), retryAfter: row.retryAfter,
        spilledFrom: Int(row.spilledFrom), promptTokens: Int(row.promptTokens),
        cachedTokens: Int(row.cachedTokens), outputTokens: Int(row.outputTokens),
        cost: row.picodollars))
  }

  mutating func append(_ row: borrowing StageRecord) throws(TableError) {
    guard let chain = world.workloads[Int(row.workload)].chain else { return }
    let kind =
      switch chain.stages[Int(row.stage)].work {
      case .timed(let timed): Int(timed.kind.rawValue)
      case .call: Self.stageKinds.count - 1
      }
    try stages?.append(
      ChainStageRow(
        request: Int64(row.request), stage: stageStarts[Int(row.workload)] + Int(row.stage),
        kind: kind, region: Int(row.region), start: row.start, end: row.end,
        status: Int(row.status.rawValue), call: row.call, bytesIn: row.bytesIn,
        bytesOut: row.bytesOut, egressBytes: row.egressBytes, egressFrom: Int(row.egressFrom)))
  }

  mutating func append(_ minute: borrowing DeploymentMinute) throws(TableError) {
    let length = Int128(minute.length)
    let integral = minute.inFlightIntegral
    let counts = minute.counts
    try deployments?.append(
      DeploymentMinuteRow(
        minute: Self.minute(minute.start), deployment: minute.deployment,
        attempts: counts.attempts, completions: counts.completed,
        refused: RefusalCause.columns(counts.refused), errors: counts.total(.failed),
        cancellations: counts.cancelled, spilledOut: counts.spilledOut,
        spilledIn: counts.spilledIn, promptTokens: counts.promptTokens,
        cachedTokens: counts.cachedTokens, outputTokens: counts.outputTokens,
        inFlightMean: Ratio(integral, over: length), inFlightMax: minute.mostInFlight,
        loadMean: Ratio(integral, over: length * Int128(minute.slots)),
        loadMax: Ratio(minute.mostInFlight, over: minute.slots),
        cost: Int64(counts.picodollars)))
  }

  mutating func append(_ minute: borrowing QuotaMinute) throws(TableError) {
    try quotas?.append(
      QuotaMinuteRow(
        minute: Self.minute(minute.start), quota: minute.quota, limit: minute.limit,
        effectiveLimit: minute.effectiveLimit, mostUsed: minute.mostUsed,
        admitted: minute.admitted, refused: minute.refused, overflowed: minute.overflowed))
  }

  mutating func append(_ minute: borrowing TenantMinute) throws(TableError) {
    let lost = minute.lost
    func count(_ reason: RequestRecord.Reason) -> Int64 { lost[Int(reason.rawValue)] }
    try tenants?.append(
      TenantMinuteRow(
        minute: Self.minute(minute.start), workload: minute.workload, arrivals: minute.arrivals,
        completions: minute.completions, rejected: RejectionCause.columns(lost),
        failed: count(.serverError) + count(.noAnswer) + count(.stageFailed),
        timedOut: count(.timeout), impatient: count(.impatience),
        promptTokens: minute.promptTokens, outputTokens: minute.outputTokens,
        cost: Int64(minute.picodollars)))
  }

  private static func minute(_ start: Int64) -> Int {
    Int(start / Duration.seconds(60).nanoseconds)
  }

  mutating func finish() throws(TableError) -> [FinishedTable] {
    var finished: [FinishedTable] = []
    if let table = decisions.take() { finished.append(try table.finish()) }
    if let table = candidates.take() { finished.append(try table.finish()) }
    if let table = attempts.take() { finished.append(try table.finish()) }
    if let table = stages.take() { finished.append(try table.finish()) }
    if let table = deployments.take() { finished.append(try table.finish()) }
    if let table = quotas.take() { finished.append(try table.finish()) }
    if let table = tenants.take() { finished.append(try table.finish()) }
    return finished
  }
}
