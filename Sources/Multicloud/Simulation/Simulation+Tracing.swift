import ServingEngine
import SimulationKernel

/// What the simulation keeps to tell of spans and levels; empty where nobody asked.
struct TraceState {
  /// A replica's span in progress and the levels told last.
  struct Open {
    /// -1 where no span is in progress.
    var start: Int64 = -1
    var batch = 0
    var waiting = 0
    var steps: Int64 = 0
    var prefillTokens: Int64 = 0
    var outputTokens: Int64 = 0
    var toldWaiting: Int64 = -1
    var toldBlocks: Int64 = -1
    var pool: Int32 = 0
    var replica: Int32 = 0
  }

  let window: TraceWindow
  var replicas: [Open] = []
  var toldInFlight: [Int64] = []
  var toldUsed: [Int64] = []
  /// By pool.
  var toldReady: [Int64] = []
  var lookedAt: Int64 = -1

  init(_ window: TraceWindow?, _ world: World) {
    // Never looked at where there is no window.
    self.window = window ?? TraceWindow(from: 0, until: 1)
    guard window != nil else { return }
    for (id, pool) in world.pools.enumerated() {
      for replica in 0..<pool.places {
        replicas.append(
          Open(
            pool: Int32(truncatingIfNeeded: id), replica: Int32(truncatingIfNeeded: replica)))
      }
    }
    toldInFlight = [Int64](repeating: -1, count: world.endpoints.count)
    toldUsed = [Int64](repeating: -1, count: world.quotas.count)
    toldReady = [Int64](repeating: -1, count: world.pools.count)
  }

  /// Endpoints and quotas are looked at this often at most, nanoseconds of simulated time.
  static let levelStep: Int64 = 10_000_000
}

/// Telling of spans and levels. Nothing here changes what happens: it reads, at moments that are there
/// anyway.
extension Simulation {
  /// A replica is past its boundary, and its next batch is formed, or it is idle, or the batch is formed
  /// later in this instant.
  mutating func traceBoundary(_ replica: Int, next key: UInt64) {
    if now >= trace.window.until { return endTrace(at: trace.window.until) }
    if trace.replicas[replica].start >= 0 { closeSpan(replica, at: now, isWhole: true) }
    let isPlanned =
      key != WinnerTree.idle && key & 7 == UInt64(EventPhase.completion.rawValue)
    if isPlanned {
      let totals = fleet.totals(replica)
      trace.replicas[replica].start = now
      trace.replicas[replica].batch = fleet.running(replica)
      trace.replicas[replica].waiting = fleet.waiting(replica)
      trace.replicas[replica].steps = totals.steps
      trace.replicas[replica].prefillTokens = totals.prefillTokens
      trace.replicas[replica].outputTokens = totals.outputTokens
    }
    if isPlanned || key == WinnerTree.idle { traceReplica(replica) }
  }

  /// A request came to a replica.
  mutating func traceReplica(_ replica: Int) {
    guard now >= trace.window.from, now < trace.window.until else { return }
    let open = trace.replicas[replica]
    let waiting = Int64(fleet.waiting(replica))
    if waiting != open.toldWaiting {
      trace.replicas[replica].toldWaiting = waiting
      recorder?.record(
        LevelRecord(
          .waiting(pool: open.pool, replica: open.replica), time: now, value: waiting))
    }
    let blocks = world.pools[Int(open.pool)].scheduler.kvBlocks - fleet.freeBlocks(replica)
    if Int64(blocks) != open.toldBlocks {
      trace.replicas[replica].toldBlocks = Int64(blocks)
      recorder?.record(
        LevelRecord(
          .blocks(pool: open.pool, replica: open.replica), time: now, value: Int64(blocks)))
    }
  }

  /// Replicas of an elastic pool came or went.
  mutating func traceReady(_ pool: Int) {
    guard now >= trace.window.from, now < trace.window.until else { return }
    let ready = Int64(elastic[pool].ready)
    guard ready != trace.toldReady[pool] else { return }
    trace.toldReady[pool] = ready
    recorder?.record(
      LevelRecord(.ready(pool: Int32(truncatingIfNeeded: pool)), time: now, value: ready))
  }

  /// Looks at elastic pools, endpoints and quotas, where it is time to. O(deployments + quotas).
  mutating func traceLevels() {
    if now >= trace.window.until { return endTrace(at: trace.window.until) }
    guard now >= trace.window.from,
      trace.lookedAt < 0 || now - trace.lookedAt >= TraceState.levelStep
    else { return }
    trace.lookedAt = now
    for id in elastic.indices where world.pools[id].elastic != nil { traceReady(id) }
    for id in world.endpoints.indices {
      let inFlight = Int64(deployments[poolCount + id].inFlight)
      guard inFlight != trace.toldInFlight[id] else { continue }
      trace.toldInFlight[id] = inFlight
      recorder?.record(
        LevelRecord(
          .inFlight(endpoint: Int32(truncatingIfNeeded: id)), time: now, value: inFlight))
    }
    for id in world.quotas.indices {
      let used = quotas.reading(id, at: now).used
      guard used != trace.toldUsed[id] else { continue }
      trace.toldUsed[id] = used
      recorder?.record(
        LevelRecord(.quota(Int32(truncatingIfNeeded: id)), time: now, value: used))
    }
  }

  /// The window, or the run, is over: what is in progress is cut there.
  mutating func endTrace(at time: Int64) {
    guard isTracing else { return }
    isTracing = false
    for replica in trace.replicas.indices where trace.replicas[replica].start >= 0 {
      closeSpan(replica, at: time, isWhole: false)
    }
  }

  private mutating func closeSpan(_ replica: Int, at end: Int64, isWhole: Bool) {
    let open = trace.replicas[replica]
    trace.replicas[replica].start = -1
    guard end > trace.window.from, end > open.start else { return }
    var span = ReplicaSpan()
    span.pool = open.pool
    span.replica = open.replica
    span.start = max(open.start, trace.window.from)
    span.end = end
    span.batch = open.batch
    span.waiting = open.waiting
    if isWhole, open.start >= trace.window.from {
      let totals = fleet.totals(replica)
      span.work = ReplicaSpan.Work(
        steps: totals.steps - open.steps,
        prefillTokens: totals.prefillTokens - open.prefillTokens,
        outputTokens: totals.outputTokens - open.outputTokens)
    }
    recorder?.record(span)
  }
}
