import Multicloud
import ServingEngine
import SimulationKernel
import Tables

/// Takes a simulation down into CSV tables.
///
/// The first error stops it for good: later rows are dropped, the simulation sees ``hasFailed`` and
/// ends, and whoever runs it finds the error in ``failure``.
final class TableRecorder: Recorder {
  private let world: World
  private let sample: UInt64
  private var requests: RequestsTable?
  private var minutes: PoolsMinuteTable?
  private var gateway: GatewayTables?
  private var capacity: CapacityTables?
  private let trace: PerfettoTrace?
  let books: Books?
  private(set) var worstMinutes: WorstMinutes
  private(set) var use: UseOverTime
  /// Kept where something goes wrong, for what would be left then.
  private(set) var peak: PeakMinute?
  private(set) var failure: TableError?

  let wantsRequests: Bool
  let wantsPoolMinutes: Bool
  let wantsDecisions: Bool
  let wantsCandidates: Bool
  let wantsCapacity: Bool
  var traceWindow: TraceWindow? { trace?.window }
  var hasFailed: Bool { failure != nil || trace?.failure != nil }

  /// Starts the tables of a level in a run directory.
  ///
  /// - Parameter sample: One request in this many has a row, chosen by its hash, so that the same
  ///   requests are kept whatever the policies.
  init(
    _ world: World, level: TableLevel, sample: Int, in directory: RunDirectory?,
    trace: PerfettoTrace? = nil
  ) throws(TableError) {
    precondition(sample >= 1)
    self.trace = trace
    self.world = world
    self.sample = UInt64(sample)
    worstMinutes = WorstMinutes(world)
    use = UseOverTime(world)
    peak = world.plansForFailure ? PeakMinute(world) : nil
    let wantsRows = directory != nil && level >= .requests
    wantsRequests = wantsRows || trace != nil
    wantsPoolMinutes = directory != nil && level >= .summary
    wantsDecisions = directory != nil && level >= .audit
    wantsCandidates = directory != nil && level >= .full
    wantsCapacity = directory != nil && level >= .summary
    let moneyDirectory = level >= .summary ? directory : nil
    books = try world.billing.map { (billing) throws(TableError) in
      try Books(world, billing, in: moneyDirectory)
    }
    guard let directory else { return }
    gateway = try GatewayTables(world, level: level, in: directory)
    capacity = try CapacityTables(world, level: level, in: directory)
    if wantsRows {
      requests = try directory.requests(
        names: RequestsTable.Names(
          workloads: world.workloadNames, origins: world.origins.map(\.name),
          models: world.models, deployments: world.deploymentNames,
          reasons: RequestRecord.Reason.allCases.map(\.word), tenants: world.tenantNames))
    }
    if wantsPoolMinutes {
      minutes = try directory.poolsMinute(pools: world.pools.map(world.poolNames))
    }
  }

  func record(_ request: borrowing RequestRecord) {
    trace?.record(
      request,
      isSampled: isSampled(
        request.workload, request.index, oneIn: PerfettoTrace.requestSample))
    guard failure == nil, requests != nil, isSampled(request.workload, request.index) else {
      return
    }
    let workload = world.workloads[Int(request.workload)]
    var row = RequestsTable.Row(
      requestID: request.number, workload: Int(request.workload), origin: Int(request.origin),
      model: world.servedModel(request),
      deployment: Int(request.deployment), replica: Int(request.replica),
      status: status(request.status), attempts: Int(request.attempts),
      arrival: SimTime(nanoseconds: request.arrival), promptTokens: Int(request.promptTokens),
      cachedTokens: Int(request.cachedTokens), picodollars: request.picodollars)
    if request.reason != .none { row.reason = Int(request.reason.rawValue) }
    row.outputTokens = Int(request.deliveredTokens)
    row.estimatedOutputTokens = Int(request.estimatedOutputTokens)
    row.network = Duration(nanoseconds: request.network)
    row.queue = Duration(nanoseconds: request.queueing)
    row.timeToFirstToken = Duration(nanoseconds: request.timeToFirstToken)
    row.timePerOutputToken = Duration(nanoseconds: request.timePerOutputToken)
    row.endToEnd = Duration(nanoseconds: request.endToEnd)
    row.serverTimeToFirstToken = Duration(nanoseconds: request.serverTimeToFirstToken)
    row.serverEndToEnd = Duration(nanoseconds: request.serverEndToEnd)
    row.preemptions = Int(request.preemptions)
    if workload.objective != Objective(), request.status != .inFlight {
      row.metObjective = workload.objective.isMet(by: request)
    }
    do {
      try requests?.append(row)
    } catch {
      failure = error
    }
  }

  /// Whether a request's rows are kept, in whatever table.
  private func isSampled(_ workload: Int32, _ index: UInt64) -> Bool {
    isSampled(workload, index, oneIn: sample)
  }

  private func isSampled(_ workload: Int32, _ index: UInt64, oneIn count: UInt64) -> Bool {
    if count == 1 { return true }
    var hash = Fingerprint()
    hash.combine(UInt64(UInt32(bitPattern: workload)), index)
    return hash.value % count == 0
  }

  func record(_ span: borrowing ReplicaSpan) { trace?.record(span) }

  func record(_ level: borrowing LevelRecord) { trace?.record(level) }

  private func status(_ status: RequestRecord.Status) -> RequestsTable.Status {
    switch status {
    case .completed: .completed
    case .rejected: .rejected
    case .cancelled: .cancelled
    case .failed: .failed
    case .inFlight: .inFlight
    }
  }

  func record(_ minute: borrowing PoolMinute) {
    guard failure == nil else { return }
    use.look(at: minute)
    let pool = world.pools[minute.pool]
    let length = Int128(minute.length)
    let replicaTime = minute.capacity?.sums.servingTime ?? length * Int128(pool.replicas)
    let blockTime = replicaTime * Int128(pool.scheduler.kvBlocks)
    var row = PoolsMinuteTable.Row(
      minute: Int(minute.start / Duration.seconds(60).nanoseconds), pool: minute.pool)
    row.replicas = minute.capacity?.ready ?? pool.replicas
    row.wanted = minute.capacity?.wanted ?? pool.replicas
    row.readyMean = Ratio(
      minute.capacity?.sums.readyTime ?? length * Int128(pool.replicas), over: length)
    if let capacity = minute.capacity {
      row.starting = capacity.starting
      row.draining = capacity.draining
      row.failed = capacity.failed
      row.spot = capacity.spot
    }
    row.arrivals = Int(minute.arrivals)
    row.completions = Int(minute.completions)
    row.rejections = Int(minute.rejections)
    row.cancellations = Int(minute.cancellations)
    row.preemptions = Int(minute.preemptions)
    row.promptTokens = Int(minute.prefillTokens)
    row.outputTokens = Int(minute.outputTokens)
    row.busyFraction = Ratio(minute.busy, over: replicaTime)
    row.runningMean = Ratio(minute.runningIntegral, over: length)
    row.waitingMean = Ratio(minute.waitingIntegral, over: length)
    row.waitingMax = minute.peakWaiting
    row.kvUsedFractionMean = Ratio(minute.doubledBlockIntegral, over: 2 * blockTime)
    row.kvUsedFractionMax = Ratio(minute.peakBlocks, over: pool.scheduler.kvBlocks)
    row.timeToFirstTokenP50 = quantile(minute.latencies.timeToFirstToken, 0.5)
    row.timeToFirstTokenP95 = quantile(minute.latencies.timeToFirstToken, 0.95)
    row.timeToFirstTokenP99 = quantile(minute.latencies.timeToFirstToken, 0.99)
    row.timePerOutputTokenP95 = quantile(minute.latencies.timePerOutputToken, 0.95)
    row.endToEndP95 = quantile(minute.latencies.endToEnd, 0.95)
    do {
      try minutes?.append(row)
    } catch {
      failure = error
    }
  }

  private func quantile(_ histogram: LogLinearHistogram, _ q: Double) -> Duration {
    histogram.quantile(q).map { Duration(nanoseconds: $0) } ?? RequestsTable.empty
  }

  func record(_ event: borrowing CapacityEvent) {
    guard failure == nil, capacity != nil else { return }
    do {
      try capacity!.append(event)
    } catch {
      failure = error
    }
  }

  func record(_ minute: borrowing DeploymentMinute) {
    use.look(at: minute)
    let row = copy minute
    keep { (tables: inout GatewayTables) throws(TableError) in try tables.append(row) }
  }

  func record(_ minute: borrowing QuotaMinute) {
    use.look(at: minute)
    let row = copy minute
    keep { (tables: inout GatewayTables) throws(TableError) in try tables.append(row) }
  }

  func record(_ minute: borrowing TenantMinute) {
    worstMinutes.look(at: minute)
    peak?.look(at: minute)
    let row = copy minute
    keep { (tables: inout GatewayTables) throws(TableError) in try tables.append(row) }
  }

  func record(_ decision: borrowing DecisionRecord) {
    let row = copy decision
    guard isSampled(row.workload, row.index) else { return }
    keep { (tables: inout GatewayTables) throws(TableError) in try tables.append(row) }
  }

  func record(_ candidate: borrowing CandidateRecord) {
    let row = copy candidate
    guard isSampled(row.workload, row.index) else { return }
    keep { (tables: inout GatewayTables) throws(TableError) in try tables.append(row) }
  }

  func record(_ attempt: borrowing AttemptRecord) {
    let row = copy attempt
    guard isSampled(row.workload, row.index) else { return }
    keep { (tables: inout GatewayTables) throws(TableError) in try tables.append(row) }
  }

  func record(_ stage: borrowing StageRecord) {
    let row = copy stage
    guard isSampled(row.workload, row.index) else { return }
    keep { (tables: inout GatewayTables) throws(TableError) in try tables.append(row) }
  }

  func record(_ period: borrowing UsagePeriod) {
    guard let books, failure == nil else { return }
    books.take(period)
    failure = books.failure
  }

  private func keep(_ append: (inout GatewayTables) throws(TableError) -> Void) {
    guard failure == nil, gateway != nil else { return }
    do {
      try append(&gateway!)
    } catch {
      failure = error
    }
  }

  /// Closes the tables that were started.
  func finish() throws(TableError) -> [FinishedTable] {
    if let failure { throw failure }
    var finished: [FinishedTable] = []
    if let table = requests.take() { finished.append(try table.finish()) }
    if let table = minutes.take() { finished.append(try table.finish()) }
    if gateway != nil { finished += try gateway!.finish() }
    if capacity != nil { finished += try capacity!.finish() }
    return finished
  }
}
