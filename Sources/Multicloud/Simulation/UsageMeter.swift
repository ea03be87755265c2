import Money

/// Counts what will be billed, between two closings.
struct UsageMeter: ~Copyable {
  /// By workload × deployments + deployment; requests with long prompts in the second half. Raw
  /// memory, because a request touches it when it ends.
  let tokens: UnsafeMutablePointer<TokenUse>
  let cells: Int
  var joules: [Double]
  /// Work of each pool up to the last reading: busy replica-nanoseconds, running request-nanoseconds.
  var lastBusy: [Int128]
  var lastRunning: [Int128]
  var transfers: [Int64]
  var stageRuns: [[Int64]]
  var start: Int64 = 0
  private let deployments: Int
  /// What all closed periods came to, by deployment.
  private var closed: [Sum]

  /// Requests and tokens that were metered.
  struct Sum: Hashable, Sendable {
    /// Requests that were answered, in part at least.
    var requests: Int64
    /// Prompt tokens, cached ones included.
    var input: Int64 = 0
    /// Output tokens.
    var output: Int64 = 0

    /// Counts a request by what its record says.
    @inline(__always)
    mutating func add(_ record: borrowing RequestRecord) {
      requests += 1
      input += Int64(record.promptTokens)
      output += Int64(record.deliveredTokens)
    }
  }

  init(_ world: World) {
    deployments = world.deploymentCount
    closed = [Sum](repeating: Sum(requests: 0), count: deployments)
    cells = world.billing == nil ? 0 : world.workloads.count * world.deploymentCount
    tokens = .allocate(capacity: max(1, 2 * cells))
    tokens.initialize(repeating: TokenUse(), count: max(1, 2 * cells))
    let regions = world.regions.count
    joules = [Double](repeating: 0, count: world.pools.count)
    lastBusy = [Int128](repeating: 0, count: world.pools.count)
    lastRunning = [Int128](repeating: 0, count: world.pools.count)
    let hasChains = cells > 0 && world.workloads.contains { $0.chain != nil }
    transfers = [Int64](
      repeating: 0, count: hasChains ? world.workloads.count * regions * regions : 0)
    stageRuns = world.workloads.map { [Int64](repeating: 0, count: $0.chain?.stages.count ?? 0) }
  }

  deinit { tokens.deallocate() }

  /// Counts a request.
  @inline(__always)
  func add(_ cell: Int, isLong: Bool, prompt: Int64, cached: Int64, written: Int64, output: Int64) {
    let use = tokens + (isLong ? cells + cell : cell)
    use.pointee.requests += 1
    use.pointee.input += prompt - cached - written
    use.pointee.cached += cached
    use.pointee.written += written
    use.pointee.output += output
  }

  /// Takes a pool's work since the last reading into its energy.
  ///
  /// Between two readings the batch is taken as its mean while steps ran; readings are a minute apart.
  mutating func takeWork(
    pool: Int, busy: Int128, running: Int128, replicaTime: Int128, accelerators: Int,
    _ curve: PowerCurve
  ) {
    let busyTime = Double(busy - lastBusy[pool])
    let runningTime = Double(running - lastRunning[pool])
    lastBusy[pool] = busy
    lastRunning[pool] = running
    let idleTime = max(0, Double(replicaTime) - busyTime)
    let batch = busyTime > 0 ? runningTime / busyTime : 0
    let watts = curve.watts(batch: 0) * idleTime + curve.watts(batch: batch) * busyTime
    joules[pool] += watts * Double(accelerators) / 1e9
  }

  /// Everything counted since the last closing; counting starts anew.
  mutating func close(at now: Int64) -> UsagePeriod {
    let period = UsagePeriod(
      start: start, end: now,
      tokens: Array(UnsafeBufferPointer(start: tokens, count: cells)),
      longTokens: Array(UnsafeBufferPointer(start: tokens + cells, count: cells)),
      joules: joules, transfers: transfers, stageRuns: stageRuns)
    for cell in 0..<(2 * cells) {
      closed[cell % deployments].requests += tokens[cell].requests
      closed[cell % deployments].input +=
        tokens[cell].input + tokens[cell].cached + tokens[cell].written
      closed[cell % deployments].output += tokens[cell].output
    }
    tokens.update(repeating: TokenUse(), count: 2 * cells)
    for pool in joules.indices { joules[pool] = 0 }
    for i in transfers.indices { transfers[i] = 0 }
    for workload in stageRuns.indices {
      for stage in stageRuns[workload].indices { stageRuns[workload][stage] = 0 }
    }
    start = now
    return period
  }

  /// Where what periods were closed with is not what requests used; `nil` where it is.
  func discrepancy(with used: [Sum]) -> String? {
    for (id, sum) in used.enumerated() {
      let metered = closed[id]
      if metered != sum {
        return
          "at deployment \(id) \(metered.requests) requests, \(metered.input) prompt and "
          + "\(metered.output) output tokens are metered; there were \(sum.requests), "
          + "\(sum.input) and \(sum.output)"
      }
    }
    return nil
  }
}
